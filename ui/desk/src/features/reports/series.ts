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

/** A round number at or above the highest value, for the top of the scale. */
export function niceTop(highest: number): number {
  if (highest <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 4, 5, 8, 10].map((it) => it * power).find((it) => it >= highest) ?? highest;
}
