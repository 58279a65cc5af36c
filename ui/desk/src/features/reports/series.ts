/** The report's rows as one series over all queues, for the chart. Pure. */
import type { ReportRow } from "@huying/api";

export interface Point {
  readonly from: string;
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly other: number;
}

/** Sums the queues of each interval, in the order of time. `other` is what neither was answered nor abandoned. */
export function byInterval(rows: readonly ReportRow[]): readonly Point[] {
  const points = new Map<string, Point>();
  for (const row of rows) {
    const before = points.get(row.from) ?? { from: row.from, offered: 0, answered: 0, abandoned: 0, other: 0 };
    const value = (code: string): number => row.values[code] ?? 0;
    const offered = before.offered + value("offered");
    const answered = before.answered + value("answered");
    const abandoned = before.abandoned + value("abandoned") + value("short_abandoned");
    points.set(row.from, { from: row.from, offered, answered, abandoned, other: Math.max(0, offered - answered - abandoned) });
  }
  return [...points.values()].sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
}

/** A round number at or above the highest value, for the top of the scale. */
export function niceTop(highest: number): number {
  if (highest <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 4, 5, 8, 10].map((it) => it * power).find((it) => it >= highest) ?? highest;
}
