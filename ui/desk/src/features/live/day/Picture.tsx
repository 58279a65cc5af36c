/** The day as a bar of states over its hours, with marks for missed calls and for what a lead did. */
import type { AgentDay } from "@huying/api";
import { Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { clock } from "@/parts/format";
import { useTimes } from "@/parts/times";
import { useNames } from "@/server/names";
import { useDeskSettings } from "@/server/session";
import css from "./Day.module.css";
import { barsOf, placeOf, type Axis, type Bar } from "./picture";

interface PictureProps {
  readonly day: AgentDay;
  readonly axis: Axis;
  readonly onOpen: (contactId: string) => void;
}

function StateBar(props: { readonly bar: Bar; readonly colour: string; readonly onOpen: (contactId: string) => void }): ReactNode {
  const { code, t } = useTexts();
  const times = useTimes();
  const names = useNames();
  const { bar, colour } = props;
  const detail = bar.word === "break" ? (bar.reason ? names.breakReason(bar.reason) : t("day.no_break_reason")) : bar.queueId ? names.queue(bar.queueId) : "";
  const length = clock((Date.parse(bar.until) - Date.parse(bar.since)) / 1000);
  const text = [`${times.timeOfDay(bar.since)}–${times.timeOfDay(bar.until)}`, code("agent_state", bar.word), detail, length].filter(Boolean).join(" · ");
  const place = { left: `${bar.left}%`, width: `${bar.width}%`, ...(colour && { background: colour }) };
  return (
    <Tooltip title={text} mouseEnterDelay={0.05}>
      {bar.contactId ? (
        <button type="button" className={css.bar} data-word={bar.word} data-contact={bar.contactId} style={place} aria-label={text} onClick={() => props.onOpen(bar.contactId)} />
      ) : (
        <span className={css.bar} data-word={bar.word} style={place} aria-label={text} role="img" />
      )}
    </Tooltip>
  );
}

function Marks({ day, axis, onOpen }: PictureProps): ReactNode {
  const { t, code } = useTexts();
  const times = useTimes();
  const led = day.changes.filter((it) => it.by === "lead");
  return (
    <div className={css.marks}>
      {day.missed.map((it) => (
        <Tooltip key={`${it.contact_id}${it.at}`} title={`${times.timeOfDay(it.at)} · ${t("day_mark.missed")} · ${code("missed_result", it.result)}`}>
          <button type="button" className={css.mark} data-kind="missed" style={{ left: `${placeOf(axis, Date.parse(it.at))}%` }} onClick={() => onOpen(it.contact_id)} aria-label={t("day_mark.missed")}>
            ▼
          </button>
        </Tooltip>
      ))}
      {led.map((it) => (
        <Tooltip key={`${it.kind}${it.at}`} title={`${times.timeOfDay(it.at)} · ${code("agent_event", it.kind)} · ${it.by_name}`}>
          <span className={css.mark} data-kind="lead" style={{ left: `${placeOf(axis, Date.parse(it.at))}%` }} role="img" aria-label={t("day_mark.lead")}>
            ◆
          </span>
        </Tooltip>
      ))}
    </div>
  );
}

function Legend(props: { readonly words: readonly string[]; readonly day: AgentDay }): ReactNode {
  const { t, code } = useTexts();
  return (
    <div className={css.legend}>
      {props.words.map((word) => (
        <span key={word}>
          <i className={css.bar} data-word={word} />
          {code("agent_state", word)}
        </span>
      ))}
      {props.day.missed.length > 0 && <span style={{ color: "var(--bad)" }}>▼ {t("day_mark.missed")}</span>}
      {props.day.changes.some((it) => it.by === "lead") && <span style={{ color: "var(--accent)" }}>◆ {t("day_mark.lead")}</span>}
    </div>
  );
}

export function Picture(props: PictureProps): ReactNode {
  const times = useTimes();
  const settings = useDeskSettings();
  const { day, axis, onOpen } = props;
  const bars = barsOf(axis, day.intervals);
  const colour = (bar: Bar): string => (bar.word === "break" ? (settings.data?.break_reasons.find((it) => it.code === bar.reason)?.colour ?? "") : "");
  return (
    <div className={css.picture} data-testid="day-picture">
      <Marks {...props} />
      <div className={css.lane}>
        {bars.map((bar) => (
          <StateBar key={bar.since + bar.word} bar={bar} colour={colour(bar)} onOpen={onOpen} />
        ))}
      </div>
      <div className={css.axis}>
        {axis.hours.map((hour) => (
          <span key={hour} style={{ left: `${placeOf(axis, hour)}%` }}>
            {times.timeOfDay(new Date(hour).toISOString())}
          </span>
        ))}
      </div>
      <Legend words={[...new Set(bars.map((it) => it.word))]} day={day} />
    </div>
  );
}
