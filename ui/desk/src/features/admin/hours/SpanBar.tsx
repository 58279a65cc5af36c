/** Hours of a day as a bar: pulled with the mouse, moved with the keys, set exactly in a small form. */
import { DeleteOutlined } from "@ant-design/icons";
import { Button, Input, Popover } from "antd";
import { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import css from "./Hours.module.css";
import { clockOf, DAY, spanOf, STEP, type Span } from "./week";

export type Grip = "start" | "end" | "middle";

interface SpanBarProps {
  readonly span: Span;
  readonly fixed: boolean;
  readonly hidden: boolean;
  readonly left: string;
  readonly width: string;
  readonly onGrip: (event: PointerEvent, grip: Grip) => void;
  readonly onPut: (span: Span) => void;
  readonly onRemove: () => void;
}

/** The exact times; the end may lie in the next day. */
function Exact(props: { readonly span: Span; readonly onPut: (span: Span) => void; readonly onRemove: () => void }): ReactNode {
  const { t } = useTexts();
  const [start, setStart] = useState(clockOf(props.span.start));
  const [end, setEnd] = useState(clockOf(props.span.end));
  const changed = spanOf(props.span.day, start, end);
  const store = (): void => {
    if (changed) props.onPut(changed);
  };
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        store();
      }}
    >
      <Input autoFocus value={start} style={{ width: 64 }} aria-label={t("hours.from")} onChange={(event) => setStart(event.target.value)} data-testid="span-start" />
      –
      <Input value={end} style={{ width: 64 }} aria-label={t("hours.to")} onChange={(event) => setEnd(event.target.value)} data-testid="span-end" />
      {changed && changed.end > DAY && <span className="quiet">{t("hours.next_day")}</span>}
      <Button htmlType="submit" type="primary" size="small" disabled={!changed} data-testid="span-put">
        {t("hours.put")}
      </Button>
      <Button size="small" danger icon={<DeleteOutlined />} aria-label={t("common.remove")} onClick={props.onRemove} />
    </form>
  );
}

export function SpanBar(props: SpanBarProps): ReactNode {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const { span, fixed, onGrip } = props;
  const put = (changed: Span): void => {
    setOpen(false);
    props.onPut(changed);
  };
  const keys = (event: KeyboardEvent): void => {
    const by = event.key === "ArrowRight" ? STEP : event.key === "ArrowLeft" ? -STEP : 0;
    if (fixed || (!by && event.key !== "Delete" && event.key !== "Backspace")) return;
    event.preventDefault();
    if (!by) props.onRemove();
    else if (event.shiftKey) put({ ...span, end: span.end + by });
    else if (event.altKey) put({ ...span, start: span.start + by });
    else put({ ...span, start: span.start + by, end: span.end + by });
  };
  const words = `${clockOf(span.start)}–${clockOf(span.end)}`;
  const bar = (
    <button
      type="button"
      className={`${css.bar} ${span.end > DAY ? css.tonight : ""}`}
      style={{ left: props.left, width: props.width, visibility: props.hidden ? "hidden" : "visible" }}
      aria-label={`${t(`hours.day_${span.day}`)} ${words}${span.end > DAY ? ` ${t("hours.next_day")}` : ""}`}
      title={words}
      onKeyDown={keys}
      onPointerDown={(event) => onGrip(event, "middle")}
      data-testid="span"
    >
      {!fixed && <span className={css.edge} onPointerDown={(event) => onGrip(event, "start")} />}
      {words}
      {span.end > DAY && " →"}
      {!fixed && span.end <= DAY && <span className={css.edge} onPointerDown={(event) => onGrip(event, "end")} />}
    </button>
  );
  if (fixed) return bar;
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" destroyOnHidden content={<Exact span={span} onPut={put} onRemove={props.onRemove} />}>
      {bar}
    </Popover>
  );
}
