/** One's own day so far, while no call is there: the sums, the picture, and the whole day on demand. */
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Picture } from "@/parts/day/Picture";
import { axisOf } from "@/parts/day/picture";
import { Sums, type SumName } from "@/parts/day/Sums";
import { later } from "@/parts/later";
import { useNames } from "@/server/names";
import { useMyDay } from "@/server/supervision";
import css from "./DeskPage.module.css";

const DayDrawer = later(async () => (await import("@/parts/day/DayDrawer")).DayDrawer);
const SHOWN: readonly SumName[] = ["handled", "average", "ready", "after_call", "break", "missed"];

interface MyDayProps {
  readonly agentId: string;
  /** Changes whenever a stretch of the day ends. */
  readonly since: string | null;
  readonly onOpen: (contactId: string) => void;
}

export function MyDay(props: MyDayProps): ReactNode {
  const { t } = useTexts();
  const names = useNames();
  const [whole, setWhole] = useState(false);
  const { data: day } = useMyDay(props.agentId, props.since);
  const axis = day && axisOf(day);
  if (!day || !axis) return null;
  return (
    <section className={css.day} aria-label={t("day.mine")} data-testid="my-day">
      <div className="row">
        <b className="grow">{t("day.mine")}</b>
        <Button type="link" size="small" onClick={() => setWhole(true)} data-testid="my-whole-day">
          {t("day.whole")}
        </Button>
      </div>
      <Sums day={day} names={SHOWN} />
      <Picture day={day} axis={axis} onOpen={props.onOpen} />
      {whole && <DayDrawer agentId={props.agentId} name={names.agent(props.agentId)} onClose={() => setWhole(false)} />}
    </section>
  );
}
