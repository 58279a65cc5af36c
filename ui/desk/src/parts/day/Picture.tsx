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

/** What the colours mean; a break by its reason where that has a colour of its own. */
function Legend(props: { readonly bars: readonly Bar[]; readonly colour: (bar: Bar) => string; readonly day: AgentDay }): ReactNode {
  const { t, code } = useTexts();
  const names = useNames();
  const shown = new Map(props.bars.map((bar) => [props.colour(bar) ? bar.reason : bar.word, bar]));
  return (
    <div className={css.legend}>
      {[...shown].map(([key, bar]) => (
        <span key={key}>
          <i className={css.bar} data-word={bar.word} style={props.colour(bar) ? { background: props.colour(bar) } : {}} />
          {props.colour(bar) ? names.breakReason(bar.reason) : code("agent_state", bar.word)}
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
      <Legend bars={bars} colour={colour} day={day} />
    </div>
  );
}
