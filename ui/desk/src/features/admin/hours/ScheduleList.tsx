/** The schedules with their state now. */
import type { Schedule, ScheduleState } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useTimes } from "@/parts/times";
import css from "./Hours.module.css";

/** Open or closed, why, and until when. */
export function StateWords(props: { readonly state: ScheduleState }): ReactNode {
  const { t } = useTexts();
  const { shortTime } = useTimes();
  const { state } = props;
  const kind = state.open ? "good" : state.why === "emergency" ? "bad" : state.why === "holiday" ? "warn" : "";
  const words = state.open ? (state.override ? t("hours.open_over") : t("hours.open")) : t(`hours.closed_${state.why}`);
  return (
    <span className={css.state}>
      <span className={`pill ${kind}`} data-testid="hours-state" data-open={state.open}>
        {words}
      </span>
      {!state.override && state.day_name && <span>{state.day_name}</span>}
      {state.reason && <span>{state.reason}</span>}
      <span className="quiet">{state.changes_at ? t("hours.until", { time: shortTime(state.changes_at) }) : t("hours.for_ever")}</span>
    </span>
  );
}

interface ScheduleListProps {
  readonly schedules: readonly Schedule[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

export function ScheduleList(props: ScheduleListProps): ReactNode {
  const { t, local } = useTexts();
  const ordered = [...props.schedules].sort((a, b) => Number(b.active) - Number(a.active));
  return (
    <>
      {ordered.map((it) => (
        <button
          key={it.id}
          type="button"
          className={`${css.schedule} ${it.active ? "" : css.retired}`}
          aria-current={it.id === props.chosen}
          onClick={() => props.onChoose(it.id)}
          data-testid={`schedule-${it.code}`}
        >
          <b>{local(it.name)}</b>
          {it.active ? <StateWords state={it.state} /> : <span className="pill plain">{t("hours.retired")}</span>}
        </button>
      ))}
    </>
  );
}
