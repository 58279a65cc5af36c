/** The border between two columns: drag it, or move it with the arrow keys; double click or Home puts it back. */
import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import css from "./Splitter.module.css";

interface SplitterProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly usual: number;
  /** The column whose width it is lies right of the border. */
  readonly right?: boolean;
  readonly onChange: (value: number) => void;
}

const STEP = 16;

export function Splitter(props: SplitterProps): ReactNode {
  const { value, least, most, right = false } = props;
  const put = (next: number): void => props.onChange(Math.round(Math.min(most, Math.max(least, next))));
  const sign = right ? -1 : 1;
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -STEP, ArrowRight: STEP };
    const step = steps[event.key];
    if (event.key === "Home") put(props.usual);
    else if (step) put(value + sign * step);
    else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    const target = event.currentTarget;
    const from = event.clientX;
    target.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent): void => put(value + sign * (moved.clientX - from));
    const end = (): void => {
      target.removeEventListener("pointermove", move);
      target.removeEventListener("pointerup", end);
    };
    target.addEventListener("pointermove", move);
    target.addEventListener("pointerup", end);
  };
  return (
    <div
      className={css.splitter}
      role="separator"
      aria-orientation="vertical"
      aria-label={props.label}
      aria-valuenow={value}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onDoubleClick={() => put(props.usual)}
    />
  );
}
