/** A week of hours as it is drawn and edited: spans in minutes of the day they begin on. Pure. */
import type { DayHours, Hours } from "@huying/api";

export const DAY = 1440;
export const STEP = 15;
export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** `end` lies after `start`, at most a day; beyond 1440 it is in the next day. */
export interface Span {
  readonly day: number;
  readonly start: number;
  readonly end: number;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** 540 -> "09:00"; 1440 -> "24:00"; 1800 -> "06:00" (of the next day). */
export function clockOf(minutes: number): string {
  const shown = minutes > DAY ? minutes - DAY : minutes;
  return `${two(Math.floor(shown / 60))}:${two(shown % 60)}`;
}

/** "9:00" -> 540; null when it is no time of a day. */
export function minutesOf(text: string): number | null {
  const found = /^(\d{1,2})[:：.]?(\d{2})$/.exec(text.trim());
  if (!found) return null;
  const minutes = Number(found[1]) * 60 + Number(found[2]);
  return minutes <= DAY && Number(found[2]) < 60 ? minutes : null;
}

/** The span between two texts; an end that is not after the start is in the next day. Null when there is none. */
export function spanOf(day: number, startText: string, endText: string): Span | null {
  const [start, end] = [minutesOf(startText), minutesOf(endText)];
  if (start === null || end === null || start === DAY || start === end) return null;
  return { day, start, end: end > start ? end : end + DAY };
}

const inOrder = (spans: readonly Span[]): Span[] => [...spans].sort((a, b) => a.day - b.day || a.start - b.start);

export const fromServer = (weekly: readonly DayHours[]): Span[] =>
  inOrder(weekly.map((it) => spanOf(it.day, it.start, it.end)).filter((it) => it !== null));

export const toServer = (spans: readonly Span[]): DayHours[] => inOrder(spans).map((it) => ({ day: it.day, start: clockOf(it.start), end: clockOf(it.end) }));

export const same = (a: readonly Span[], b: readonly Span[]): boolean => JSON.stringify(toServer(a)) === JSON.stringify(toServer(b));

export const ofDay = (spans: readonly Span[], day: number): Span[] => spans.filter((it) => it.day === day);

/** How far the night of the day before reaches into a day, in minutes; 0: not at all. */
export function reaching(spans: readonly Span[], day: number): number {
  const before = day === 1 ? 7 : day - 1;
  return Math.max(0, ...ofDay(spans, before).map((it) => it.end - DAY));
}

export function fits(spans: readonly Span[], span: Span): boolean {
  if (span.start < 0 || span.start >= DAY || span.end <= span.start || span.end - span.start > DAY) return false;
  return ofDay(spans, span.day).every((it) => it.end <= span.start || span.end <= it.start);
}

/** The week with `span` in place of `old` (null: added); the week as it was, when that does not fit. */
export function put(spans: readonly Span[], old: Span | null, span: Span): Span[] {
  const others = spans.filter((it) => it !== old);
  return fits(others, span) ? inOrder([...others, span]) : [...spans];
}

export const without = (spans: readonly Span[], span: Span): Span[] => spans.filter((it) => it !== span);

/** The hours of one day on other days too, in place of theirs. */
export function copied(spans: readonly Span[], from: number, to: readonly number[]): Span[] {
  const kept = spans.filter((it) => it.day === from || !to.includes(it.day));
  const made = to.filter((day) => day !== from).flatMap((day) => ofDay(spans, from).map((it) => ({ ...it, day })));
  return inOrder([...kept, ...made]);
}

/** A place for a new span on a day: office hours, else the first free hour; null when the day is full. */
export function free(spans: readonly Span[], day: number): Span | null {
  const office = { day, start: 540, end: 1080 };
  if (fits(spans, office)) return office;
  for (let start = 0; start + 60 <= DAY; start += STEP) {
    const span = { day, start, end: start + 60 };
    if (fits(spans, span)) return span;
  }
  return null;
}

export const hoursText = (hours: readonly Hours[]): string => hours.map((it) => `${it.start}–${it.end}`).join(" ");

/** "9:00-12:00 13:00-18:00" as hours; null when it cannot be read. */
export function hoursOf(text: string): Hours[] | null {
  const words = text.trim().split(/[\s,;，；、]+/).filter(Boolean);
  const spans = words.map((word) => {
    const [start = "", end = "", ...more] = word.replaceAll("：", ":").split(/[-\u2013\u2014~\u81f3]/);
    return more.length ? null : spanOf(1, start, end);
  });
  if (words.length === 0 || spans.some((it) => it === null)) return null;
  const found = inOrder(spans.filter((it) => it !== null));
  if (!found.every((it, index) => index === 0 || (found[index - 1]?.end ?? 0) <= it.start)) return null;
  return found.map((it) => ({ start: clockOf(it.start), end: clockOf(it.end) }));
}
