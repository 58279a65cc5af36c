import { describe, expect, it } from "vitest";
import { noStats } from "./measure";
import { grade, opinionScore, qualityBetween } from "./quality";

describe("opinionScore", () => {
  it.each([
    [0, 0, 0, 4.4],
    [1, 5, 40, 4.31],
    [5, 10, 100, 3.83],
    [20, 40, 300, 1.92],
    [100, 0, 0, 1.16],
  ])("of %d %% loss, %d ms jitter, %d ms round trip is what the server says", (loss, jitter, trip, wanted) => {
    expect(Math.abs(opinionScore(loss, jitter, trip) - wanted)).toBeLessThan(0.06);
  });

  it("stays in its range and never rises with loss or delay", () => {
    for (let loss = 0; loss <= 100; loss += 5)
      for (let trip = 0; trip <= 2000; trip += 250) {
        const here = opinionScore(loss, 5, trip);
        expect(here).toBeGreaterThanOrEqual(1);
        expect(here).toBeLessThanOrEqual(4.5);
        expect(opinionScore(loss + 5, 5, trip)).toBeLessThanOrEqual(here + 0.01);
        expect(opinionScore(loss, 5, trip + 250)).toBeLessThanOrEqual(here + 0.01);
      }
  });
});

describe("qualityBetween", () => {
  it("counts the time between two measurements alone, and the worse direction", () => {
    const before = { ...noStats, packetsReceived: 1000, packetsLost: 100 };
    const now = { ...noStats, packetsReceived: 1098, packetsLost: 102, jitterSeconds: 0.004, jitterOutSeconds: 0.009, codec: "audio/opus" };
    expect(qualityBetween(before, now)).toMatchObject({ lossPercent: 2, jitterMs: 9, roundTripMs: null, codec: "opus" });
  });

  it("knows nothing where nothing came, or where the counters began anew", () => {
    expect(qualityBetween(noStats, noStats)).toBeNull();
    expect(qualityBetween({ ...noStats, packetsReceived: 50 }, noStats)).toBeNull();
  });
});

it("has a word for it", () => {
  expect([4.3, 3.9, 3.5, 2].map(grade)).toEqual(["good", "good", "fair", "poor"]);
});
