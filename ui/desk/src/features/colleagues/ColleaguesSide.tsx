/** Messages beside the desk's other work: the rooms, or the one that is open, in one narrow column. */
import { ArrowLeftOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useColleagueRows } from "@/parts/colleagues/useColleagueRows";
import { RoomList } from "./RoomList";
import { RoomView } from "./RoomView";
import css from "./Colleagues.module.css";
import "./texts";

export function ColleaguesSide(): ReactNode {
  const { t } = useTexts();
  const rows = useColleagueRows();
  const [open, setOpen] = useState<string | null>(null);
  const room = rows.rooms.find((it) => it.room_id === open);
  if (!room) return <RoomList rooms={rows.rooms} loaded={rows.loaded} chosen={null} onOpen={setOpen} narrow />;
  const back = <Button size="small" type="text" icon={<ArrowLeftOutlined />} onClick={() => setOpen(null)} aria-label={t("colleagues.back")} title={t("colleagues.back")} data-testid="rooms-back" />;
  return (
    <section className={`${css.room ?? ""} ${css.side ?? ""}`}>
      <RoomView key={room.room_id} room={room} onGone={() => setOpen(null)} before={back} />
    </section>
  );
}
