/** Date and time as the business's clocks show them, for fields of the browser. Pure. */
import { dayParts } from "@/parts/format";

/** `2026-11-24T10:00` of a moment. */
export function wallTime(ms: number, timeZone: string): string {
  const it = dayParts(ms, timeZone);
  return `${it.year}-${it.month}-${it.day}T${it.hour}:${it.minute}`;
}

/** A first proposal: in an hour, at the full quarter. */
export function proposal(nowMs: number, timeZone: string): string {
  const quarter = 900_000;
  return wallTime(Math.ceil((nowMs + 3_600_000) / quarter) * quarter, timeZone);
}
