import type { DayInterval } from "@huying/api";
import { describe, expect, it } from "vitest";
import { axisOf, barsOf, placeOf, wordOf } from "./picture";

const at = (hour: number): string => new Date(Date.UTC(2026, 4, 1) + hour * 3_600_000).toISOString();
const stretch = (from: number, to: number, change: Partial<DayInterval> = {}): DayInterval => ({
  since: at(from), until: at(to), going_on: false, status: "ready", reason: "", state: "idle", contact_id: "", queue_id: "", ...change,
});
const day = (...intervals: DayInterval[]) => ({ since: at(0), until: at(24), intervals });

describe("the picture of a day", () => {
  it("shows the hours of work", () => {
    expect(axisOf(day())).toBeNull();
    const axis = axisOf(day(stretch(8.5, 9), stretch(9, 17.2)));
    expect([axis?.start, axis?.end].map((ms) => new Date(ms ?? 0).getUTCHours())).toEqual([8, 18]);
    expect(axis?.hours.length).toBe(11);
    const short = axisOf(day(stretch(23.5, 24)));
    expect(short && short.end - short.start).toBe(3_600_000);
    const whole = axisOf(day(stretch(0, 24)));
    expect(whole?.hours.length).toBe(13);
  });
  it("puts stretches where they were and joins those that look alike", () => {
    const talk = { state: "talking", contact_id: "c", queue_id: "q" };
    const intervals = [stretch(8, 9), stretch(9, 9.5, talk), stretch(9.5, 10, { ...talk, status: "break" }), stretch(10, 12, { status: "break", reason: "meal" })];
    const axis = axisOf(day(...intervals));
    const bars = axis ? barsOf(axis, intervals) : [];
    expect(bars.map((it) => [it.word, it.left, it.width])).toEqual([["ready", 0, 25], ["talking", 25, 25], ["break", 50, 50]]);
    expect(axis && [placeOf(axis, 0), placeOf(axis, Date.parse(at(30)))]).toEqual([0, 100]);
    expect(wordOf({ state: "idle", status: "" })).toBe("break");
  });
});
