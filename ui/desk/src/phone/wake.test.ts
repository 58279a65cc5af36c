import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { awakeVerdict, SETTLE_AFTER_WAKE_MS, sleptBetween, TICK_MS, watchSleep } from "./wake";

const at = (ms: number, hidden = false) => ({ at: ms, hidden });

describe("sleptBetween", () => {
  it("believes in no sleep while the ticks come, even late ones", () => {
    expect(sleptBetween(at(0), at(TICK_MS))).toBe(0);
    expect(sleptBetween(at(0), at(TICK_MS + 5_000))).toBe(0);
  });

  it("tells how long the sleep was", () => {
    expect(sleptBetween(at(0), at(600_000))).toBe(600_000 - TICK_MS);
  });

  it("lets the timers of a hidden page be slow", () => {
    expect(sleptBetween(at(0, true), at(61_000, true))).toBe(0);
    expect(sleptBetween(at(0, true), at(61_000))).toBe(0);
    expect(sleptBetween(at(0, true), at(120_000))).toBeGreaterThan(0);
  });

  it("is not troubled by a clock that was put back", () => {
    expect(sleptBetween(at(600_000), at(0))).toBe(0);
  });
});

describe("watchSleep", () => {
  beforeEach(() => {
    vi.stubGlobal("document", { visibilityState: "visible", addEventListener: () => undefined, removeEventListener: () => undefined });
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("speaks up once after a sleep", () => {
    const slept: number[] = [];
    const stop = watchSleep((ms) => slept.push(ms));
    vi.advanceTimersByTime(60_000);
    expect(slept).toEqual([]);
    vi.setSystemTime(Date.now() + 300_000);
    vi.advanceTimersByTime(10_000);
    expect(slept).toEqual([300_000]);
    stop();
  });
});

describe("awakeVerdict", () => {
  const all = { feedOpen: true, registered: true, microphone: true };
  it("is content when everything is back", () => expect(awakeVerdict(all, 10)).toBe("restored"));
  it("waits a while", () => expect(awakeVerdict({ ...all, registered: false }, 1000)).toBe("checking"));
  it("says what is missing", () => {
    expect(awakeVerdict({ ...all, microphone: false }, 10)).toBe("no_microphone");
    expect(awakeVerdict({ ...all, registered: false }, SETTLE_AFTER_WAKE_MS)).toBe("no_phone");
    expect(awakeVerdict({ feedOpen: false, registered: false, microphone: null }, SETTLE_AFTER_WAKE_MS)).toBe("no_feed");
  });
});
