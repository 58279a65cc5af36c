import { describe, expect, it } from "vitest";
import { momentOf, proposal, typedTime, wallTime } from "./wall";

const AT = Date.parse("2026-11-24T02:07:00Z");

describe("times of the business's clocks", () => {
  it.each([
    ["Asia/Shanghai", "2026-11-24 10:07"],
    ["America/New_York", "2026-11-23 21:07"],
    ["Europe/Berlin", "2026-11-24 03:07"],
  ])("in %s it is %s, and back", (zone, shown) => {
    expect(wallTime(AT, zone)).toBe(shown);
    expect(momentOf(shown, zone)).toBe("2026-11-24T02:07:00.000Z");
  });

  it("proposes a full quarter in about an hour", () => expect(proposal(AT, "Asia/Shanghai")).toBe("2026-11-24 11:15"));
});

describe("typed times", () => {
  it.each(["2026-11-24 09:05", "2026-11-24T09:05", " 2026/11/24  9:05", "2026.11.24 9\uff1a05"])("%s is one", (text) =>
    expect(typedTime(text)).toBe("2026-11-24 09:05"),
  );
  it.each(["", "2026-11-24", "2026-11-31 09:05", "2026-13-01 09:05", "2026-11-24 24:05", "2026-11-24 9:5", "tomorrow"])("“%s” is none", (text) => expect(typedTime(text)).toBeNull());
});
