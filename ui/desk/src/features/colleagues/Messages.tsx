/** The list of rooms beside the one that is open. The room stands in the address, so that links and the back button work. */
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";
import { useTexts } from "@/i18n";
import type { ColleagueRows } from "@/parts/colleagues/rows";
import { Nothing } from "@/parts/states";
import { RoomList } from "./RoomList";
import { RoomView } from "./RoomView";
import css from "./Colleagues.module.css";

export function Messages(props: { readonly rows: ColleagueRows & { readonly loaded: boolean } }): ReactNode {
  const { t } = useTexts();
  const [params, setParams] = useSearchParams();
  const open = (id: string): void => setParams({ room: id });
  const chosen = props.rows.rooms.find((it) => it.room_id === params.get("room"));
  return (
    <div className={css.columns}>
      <RoomList rooms={props.rows.rooms} loaded={props.rows.loaded} chosen={chosen?.room_id ?? null} onOpen={open} />
      <section className={`panel ${css.room ?? ""}`}>
        {chosen ? <RoomView key={chosen.room_id} room={chosen} onGone={() => setParams({})} /> : <Nothing title={t("colleagues.choose")} hint={t("colleagues.choose_hint")} />}
      </section>
    </div>
  );
}
