/** An agent's day as a picture: which hours it shows, and where on them a stretch of time lies. Pure. */
import type { AgentDay, DayInterval } from "@huying/api";

const HOUR = 3_600_000;

/** The hours that are shown, in milliseconds: all that the agent worked, at least two, whole. */
export interface Axis {
  readonly start: number;
  readonly end: number;
  readonly hours: readonly number[];
}

type Day = Pick<AgentDay, "since" | "until" | "intervals">;

export function axisOf(day: Day): Axis | null {
  const [first, last] = [day.intervals[0], day.intervals.at(-1)];
  if (!first || !last) return null;
  const [begins, ends] = [Date.parse(day.since), Date.parse(day.until)];
  const down = (ms: number): number => begins + Math.floor((ms - begins) / HOUR) * HOUR;
  const start = down(Date.parse(first.since));
  const end = Math.min(ends, Math.max(start + 2 * HOUR, down(Date.parse(last.until) - 1) + HOUR));
  const step = Math.max(1, Math.ceil((end - start) / HOUR / 12)) * HOUR;
  const hours = Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, n) => start + n * step);
  return { start, end, hours };
}

/** Where a moment lies, in per cent of the picture's width. */
export const placeOf = (axis: Axis, ms: number): number => (100 * (Math.min(axis.end, Math.max(axis.start, ms)) - axis.start)) / (axis.end - axis.start);

/** One word for what the agent did: work goes before the chosen status. */
export const wordOf = (one: Pick<DayInterval, "state" | "status">): string => (one.state !== "idle" ? one.state : one.status === "ready" ? "ready" : "break");

export interface Bar {
  readonly word: string;
  readonly reason: string;
  readonly contactId: string;
  readonly queueId: string;
  readonly since: string;
  readonly until: string;
  readonly left: number;
  readonly width: number;
}

/** The stretches as bars; those that look the same and touch are one. */
export function barsOf(axis: Axis, intervals: readonly DayInterval[]): readonly Bar[] {
  const bars: Bar[] = [];
  for (const one of intervals) {
    const word = wordOf(one);
    const reason = word === "break" ? one.reason : "";
    const last = bars.at(-1);
    const left = placeOf(axis, Date.parse(one.since));
    const right = placeOf(axis, Date.parse(one.until));
    if (last && last.word === word && last.reason === reason && last.contactId === one.contact_id && last.until === one.since) {
      bars[bars.length - 1] = { ...last, until: one.until, width: right - last.left };
    } else {
      bars.push({ word, reason, contactId: one.contact_id, queueId: one.queue_id, since: one.since, until: one.until, left, width: right - left });
    }
  }
  return bars;
}
