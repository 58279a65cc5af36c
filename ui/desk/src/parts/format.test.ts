import { describe, expect, it } from "vitest";
import { clock, dateTime, percent, phoneNumber, shortTime, startOfDay, timeOfDay, zonedToUtc } from "./format";

const shanghai = { language: "zh-CN", timeZone: "Asia/Shanghai" };

describe("format", () => {
  it("shows clocks", () => {
    expect([0, 9.9, 75, 3700, -4].map(clock)).toEqual(["0:00", "0:09", "1:15", "1:01:40", "0:00"]);
  });

  it("shows shares, and nothing for no value", () => {
    expect([0, 0.123, 1, null].map(percent)).toEqual(["0 %", "12.3 %", "100 %", "–"]);
  });

  it("shows times in the business's time zone", () => {
    const now = Date.parse("2026-11-21T12:00:00Z");
    expect(dateTime("2026-11-21T16:30:05Z", shanghai, now)).toBe("11-22 00:30:05");
    expect(dateTime("2025-12-31T15:59:59Z", shanghai, now)).toBe("2025-12-31 23:59:59");
    expect(shortTime("2026-11-21T01:02:03Z", shanghai, now)).toBe("09:02");
    expect(shortTime("2026-11-19T01:02:03Z", shanghai, now)).toBe("11-19 09:02");
    expect(timeOfDay("2026-11-21T16:30:05Z", shanghai)).toBe("00:30");
  });

  it("finds the start of a day", () => {
    expect(startOfDay(Date.parse("2026-11-21T20:00:00Z"), "Asia/Shanghai")).toBe("2026-11-21T16:00:00.000Z");
    expect(startOfDay(Date.parse("2026-11-21T20:00:00Z"), "Asia/Shanghai", 1)).toBe("2026-11-20T16:00:00.000Z");
    expect(startOfDay(Date.parse("2026-03-29T20:00:00Z"), "Europe/Berlin")).toBe("2026-03-28T23:00:00.000Z");
    expect(zonedToUtc(Date.UTC(2026, 6, 1, 12), "America/New_York")).toBe(Date.UTC(2026, 6, 1, 16));
  });

  it("groups Chinese mobile numbers", () => {
    expect(phoneNumber("+8613812345678")).toBe("+86 138 1234 5678");
    expect(phoneNumber("+862158761234")).toBe("+86 21 5876 1234");
    expect(phoneNumber("+864008001234")).toBe("+86 400 800 1234");
    expect(phoneNumber("+8675512345678")).toBe("+86 755 1234 5678");
    expect(phoneNumber("+4930123456")).toBe("+4930123456");
  });
});
