/** A figure's value as text, by its unit. Pure. */
import type { FigureInfo } from "@huying/api";
import { percent, seconds } from "@/parts/format";

export function shownValue(unit: FigureInfo["unit"], value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (unit === "ratio") return percent(value);
  return unit === "seconds" ? seconds(value) : String(value);
}

/** The figures that a table shows first; the rest only where they are not nought. */
const ALWAYS = [
  "offered",
  "answered",
  "abandoned",
  "short_abandoned",
  "waiting",
  "service_level",
  "asa_seconds",
  "abandonment",
  "talk_seconds",
  "hold_seconds",
  "after_call_seconds",
  "aht_seconds",
];
const NEVER = new Set(["SL1", "SL2", "SL3", "SL4", "contacts", "answered_in_time", "ring_seconds", "wait_seconds", "abandoned_wait_seconds", "hold_rate", "transfer_rate"]);

/** The figures worth a column: the usual ones, and any other of which there was some. */
export function columnsOf(figures: readonly FigureInfo[], total: Readonly<Record<string, number | null>>): readonly FigureInfo[] {
  const usual = ALWAYS.map((code) => figures.find((it) => it.code === code)).filter((it): it is FigureInfo => it !== undefined);
  const rare = figures.filter((it) => !ALWAYS.includes(it.code) && !NEVER.has(it.code) && (total[it.code] ?? 0) !== 0);
  return [...usual, ...rare];
}
