import { describe, expect, it } from "vitest";
import { proposal, wallTime } from "./wall";

const AT = Date.parse("2026-11-24T02:07:00Z");

describe("times of the business's clocks", () => {
  it.each([
    ["Asia/Shanghai", "2026-11-24T10:07"],
    ["America/New_York", "2026-11-23T21:07"],
    ["Europe/Berlin", "2026-11-24T03:07"],
  ])("in %s it is %s", (zone, shown) => expect(wallTime(AT, zone)).toBe(shown));

  it("proposes a full quarter in about an hour", () => expect(proposal(AT, "Asia/Shanghai")).toBe("2026-11-24T11:15"));
});
