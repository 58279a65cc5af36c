/** The report's rows as points of the chart. Pure. */
import type { ReportRow } from "@huying/api";

export interface Point {
  readonly from: string;
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly other: number;
}

/** `other` is what neither was answered nor left: still waiting, overflowed, lost and so on. */
export function pointOf(row: ReportRow): Point {
  const value = (code: string): number => row.values[code] ?? 0;
  const offered = value("offered");
  const answered = value("answered");
  const abandoned = value("abandoned") + value("short_abandoned");
  return { from: row.from, offered, answered, abandoned, other: Math.max(0, offered - answered - abandoned) };
}

const STEP_MS: Readonly<Record<string, number>> = { "15m": 900_000, "1h": 3_600_000 };
const MOST_SLOTS = 200;

/** Points for the intervals without calls too, so that a day has its whole length. Left as they are where that would be too many. */
export function filled(points: readonly Point[], from: string, to: string, interval: string): readonly Point[] {
  const step = STEP_MS[interval];
  const [start, end] = [Date.parse(from), Date.parse(to)];
  if (!step || (end - start) / step > MOST_SLOTS) return points;
  const known = new Map(points.map((it) => [Date.parse(it.from), it]));
  const slots = Array.from({ length: Math.ceil((end - start) / step) }, (_, index) => start + index * step);
  return slots.map((at) => known.get(at) ?? { from: new Date(at).toISOString(), offered: 0, answered: 0, abandoned: 0, other: 0 });
}

/** A round number at or above the highest value whose half is whole, for the top of the scale. */
export function niceTop(highest: number): number {
  if (highest <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(highest));
  return [1.2, 1.6, 2, 3, 4, 6, 8, 10].map((it) => it * power).find((it) => it % 2 === 0 && it >= highest) ?? highest;
}
