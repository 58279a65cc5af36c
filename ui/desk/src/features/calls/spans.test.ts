import { describe, expect, it } from "vitest";
import { rangeOf } from "./spans";

const NOW = Date.parse("2026-03-01T02:00:00Z"); // the first of March, 10 o'clock in Shanghai
const ZONE = "Asia/Shanghai";

describe("spans", () => {
  it("are days where the business is", () => {
    expect(rangeOf("today", NOW, ZONE)).toEqual({ from: "2026-02-28T16:00:00.000Z" });
    expect(rangeOf("yesterday", NOW, ZONE)).toEqual({ from: "2026-02-27T16:00:00.000Z", to: "2026-02-28T16:00:00.000Z" });
    expect(rangeOf("week", NOW, ZONE)).toEqual({ from: "2026-02-21T16:00:00.000Z", to: "2026-02-28T16:00:00.000Z" });
  });

  it("take the calendar's month before this one, over the turn of a year, too", () => {
    expect(rangeOf("month", NOW, ZONE)).toEqual({ from: "2026-01-31T16:00:00.000Z", to: "2026-02-28T16:00:00.000Z" });
    expect(rangeOf("month", Date.parse("2026-01-15T00:00:00Z"), ZONE)).toEqual({ from: "2025-11-30T16:00:00.000Z", to: "2025-12-31T16:00:00.000Z" });
  });
});
