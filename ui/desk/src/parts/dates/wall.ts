/** Date and time as the business's clocks show them: what fields hold. Pure. */
import { dayParts, zonedToUtc } from "@/parts/format";

/** `2026-11-24 10:00` of a moment. */
export function wallTime(ms: number, timeZone: string): string {
  const it = dayParts(ms, timeZone);
  return `${it.year}-${it.month}-${it.day} ${it.hour}:${it.minute}`;
}

/** The moment, in UTC, at which the business's clocks show `2026-11-24 10:00`. */
export function momentOf(wall: string, timeZone: string): string {
  return new Date(zonedToUtc(Date.parse(`${wall.replace(" ", "T")}:00Z`), timeZone)).toISOString();
}

/** A first proposal: in an hour, at the full quarter. */
export function proposal(nowMs: number, timeZone: string): string {
  const quarter = 900_000;
  return wallTime(Math.ceil((nowMs + 3_600_000) / quarter) * quarter, timeZone);
}

const WAY = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[ T]+(\d{1,2})[:.\uff1a](\d{2})$/u;

/** What somebody typed as `2026-11-24 10:00`; null when it is no date and time. Also takes `2026/11/24 9:05` and the colon of Chinese keyboards. */
export function typedTime(text: string): string | null {
  const [, year = "", ...rest] = WAY.exec(text.trim()) ?? [];
  if (!year) return null;
  const [month, day, hour, minute] = rest.map((it) => it.padStart(2, "0"));
  const wall = `${year}-${month}-${day} ${hour}:${minute}`;
  const [date, time] = wall.split(" ");
  const at = new Date(`${date}T${time}:00Z`);
  // The 31st of a month with 30 days is no date.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${date}T${time}`) ? wall : null;
}
