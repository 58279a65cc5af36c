/** The times one's own calls are looked at by. Pure. */
import { dayParts, startOfDay, zonedToUtc } from "@/parts/format";

export const SPANS = ["today", "yesterday", "week", "month"] as const;
export type SpanName = (typeof SPANS)[number];

export interface Range {
  readonly from: string;
  readonly to?: string;
}

/** Days of the business: last week is the seven days before today, last month the calendar's month before this one. */
export function rangeOf(span: SpanName, nowMs: number, timeZone: string): Range {
  const day = (ago: number): string => startOfDay(nowMs, timeZone, ago);
  if (span === "today") return { from: day(0) };
  if (span === "yesterday") return { from: day(1), to: day(0) };
  if (span === "week") return { from: day(7), to: day(0) };
  const { year, month } = dayParts(nowMs, timeZone);
  const first = (ahead: number): string => new Date(zonedToUtc(Date.UTC(Number(year), Number(month) - 1 + ahead, 1), timeZone)).toISOString();
  return { from: first(-1), to: first(0) };
}
