/** A week of hours, drawn: pull on an empty place to make hours, pull them or their ends to change them; or with the keys. */
import { CopyOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useRef, useState, type PointerEvent, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import css from "./Hours.module.css";
import { SpanBar, type Grip } from "./SpanBar";
import { clockOf, copied, DAY, DAYS, free, ofDay, put, reaching, STEP, without, type Span } from "./week";

const percent = (minutes: number): string => `${(Math.min(minutes, DAY) / DAY) * 100}%`;
const snap = (minutes: number): number => Math.round(minutes / STEP) * STEP;

interface WeekProps {
  readonly spans: readonly Span[];
  readonly fixed: boolean;
  readonly onChange: (spans: Span[]) => void;
}

/** What a finger or mouse is doing: drawing new hours, or pulling some at a grip. */
interface Pull {
  readonly from: number;
  readonly old: Span | null;
  readonly grip: Grip;
}

function pulled(pull: Pull, day: number, at: number): Span {
  const { old, from } = pull;
  if (!old) return { day, start: Math.min(from, at), end: Math.max(from, at) };
  const by = at - from;
  if (pull.grip === "start") return { ...old, start: Math.min(Math.max(0, old.start + by), old.end - STEP) };
  if (pull.grip === "end") return { ...old, end: Math.max(old.start + STEP, Math.min(DAY, old.end + by)) };
  const moved = Math.max(-old.start, Math.min(by, Math.max(DAY, old.end) - old.end));
  return { ...old, start: old.start + moved, end: old.end + moved };
}

function Track(props: WeekProps & { readonly day: number }): ReactNode {
  const { day, spans, fixed, onChange } = props;
  const { t } = useTexts();
  const track = useRef<HTMLDivElement>(null);
  const [pull, setPull] = useState<Pull | null>(null);
  const [drawn, setDrawn] = useState<Span | null>(null);
  const minuteAt = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    return box ? Math.max(0, Math.min(DAY, snap(((event.clientX - box.left) / box.width) * DAY))) : 0;
  };
  const begin = (event: PointerEvent, old: Span | null, grip: Grip): void => {
    if (fixed || event.button !== 0) return;
    event.stopPropagation();
    setPull({ from: minuteAt(event), old, grip });
  };
  const move = (event: PointerEvent): void => {
    if (!pull) return;
    // Only now: a press that does not move is a click on the hours, which opens their exact times.
    if (!drawn) track.current?.setPointerCapture(event.pointerId);
    const next = pulled(pull, day, minuteAt(event));
    if (drawn || next.end - next.start !== (pull.old ? pull.old.end - pull.old.start : 0) || next.start !== (pull.old?.start ?? next.start)) setDrawn(next);
  };
  const end = (): void => {
    if (pull && drawn && drawn.end - drawn.start >= STEP) onChange(put(spans, pull.old, drawn));
    setPull(null);
    setDrawn(null);
  };
  const ghost = reaching(spans, day);
  return (
    <div
      ref={track}
      className={`${css.track} ${fixed ? "" : css.editable}`}
      role="group"
      aria-label={t(`hours.day_${day}`)}
      onPointerDown={(event) => begin(event, null, "middle")}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={() => {
        setPull(null);
        setDrawn(null);
      }}
      data-testid={`track-${day}`}
    >
      {ghost > 0 && <div className={css.ghost} style={{ width: percent(ghost) }} title={t("hours.from_yesterday", { time: clockOf(ghost) })} />}
      {ofDay(spans, day).map((span, index) => (
        <SpanBar
          key={`${day}-${index}`}
          span={span}
          fixed={fixed}
          hidden={pull?.old === span && drawn !== null}
          left={percent(span.start)}
          width={percent(Math.min(span.end, DAY) - span.start)}
          onGrip={(event, grip) => begin(event, span, grip)}
          onPut={(changed) => onChange(put(spans, span, changed))}
          onRemove={() => onChange(without(spans, span))}
        />
      ))}
      {drawn && drawn.end > drawn.start && (
        <div className={css.drawn} style={{ left: percent(drawn.start), width: percent(Math.min(drawn.end, DAY) - drawn.start) }}>
          {clockOf(drawn.start)}–{clockOf(drawn.end)}
        </div>
      )}
    </div>
  );
}

function DayTools(props: WeekProps & { readonly day: number }): ReactNode {
  const { t } = useTexts();
  const { day, spans, onChange } = props;
  const place = free(spans, day);
  const name = t(`hours.day_${day}`);
  const copies = [
    { key: "weekdays", label: t("hours.copy_weekdays"), onClick: () => onChange(copied(spans, day, [1, 2, 3, 4, 5])) },
    { key: "all", label: t("hours.copy_all"), onClick: () => onChange(copied(spans, day, DAYS)) },
    { key: "clear", label: t("hours.clear_day"), onClick: () => onChange(spans.filter((it) => it.day !== day)) },
  ];
  return (
    <div className={css.tools}>
      <Button
        size="small"
        type="text"
        icon={<PlusOutlined />}
        aria-label={t("hours.add_to", { day: name })}
        title={t("hours.add_to", { day: name })}
        disabled={!place}
        onClick={() => place && onChange(put(spans, null, place))}
        data-testid={`add-${day}`}
      />
      <Dropdown menu={{ items: copies }} trigger={["click"]}>
        <Button size="small" type="text" icon={<CopyOutlined />} aria-label={t("hours.copy_of", { day: name })} title={t("hours.copy_of", { day: name })} />
      </Dropdown>
    </div>
  );
}

export function WeekGrid(props: WeekProps): ReactNode {
  const { t } = useTexts();
  return (
    <div>
      <div className={css.week}>
        <span />
        <div className={css.scale} aria-hidden="true">
          {[0, 3, 6, 9, 12, 15, 18, 21, 24].map((hour) => (
            <span key={hour} style={{ left: percent(hour * 60) }}>
              {hour}
            </span>
          ))}
        </div>
        <span />
        {DAYS.map((day) => (
          <div key={day} style={{ display: "contents" }}>
            <b>{t(`hours.day_${day}`)}</b>
            <Track {...props} day={day} />
            {props.fixed ? <span /> : <DayTools {...props} day={day} />}
          </div>
        ))}
      </div>
      {!props.fixed && (
        <p className="quiet" style={{ margin: "6px 0 0", fontSize: 12 }}>
          {t("hours.week_hint")}
        </p>
      )}
    </div>
  );
}
