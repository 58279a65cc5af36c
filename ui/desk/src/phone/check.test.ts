import type { EchoResult } from "@huying/softphone";
import { describe, expect, it } from "vitest";
import { judge } from "./check";

const good: EchoResult = {
  problem: "none",
  quality: { mos: 4.3, lossPercent: 0, jitterMs: 3, roundTripMs: 40, codec: "opus" },
  heard: true,
  path: "host",
  sound: null,
};
const withQuality = (change: Partial<NonNullable<EchoResult["quality"]>>): EchoResult => ({ ...good, quality: { mos: 3, lossPercent: 0, jitterMs: 3, roundTripMs: 40, codec: "opus", ...change } });

describe("judge", () => {
  it("is content", () => expect(judge(good, true)).toEqual({ state: "good", findings: [] }));
  it("says what broke", () => {
    expect(judge({ ...good, problem: "denied", quality: null }, true).findings).toEqual(["no_microphone"]);
    expect(judge({ ...good, problem: "no-link", quality: null }, true).findings).toEqual(["no_link"]);
    expect(judge({ ...good, problem: "no-sound", quality: null }, true).findings).toEqual(["no_sound"]);
  });
  it("takes silence for a fault only of one who was asked to speak", () => {
    expect(judge({ ...good, heard: false }, true)).toEqual({ state: "bad", findings: ["not_heard"] });
    expect(judge({ ...good, heard: false }, false).state).toBe("good");
  });
  it("names the worst first", () => {
    expect(judge(withQuality({ jitterMs: 40, roundTripMs: 600 }), true)).toEqual({ state: "bad", findings: ["slow", "unsteady"] });
    expect(judge(withQuality({ lossPercent: 2 }), true)).toEqual({ state: "fair", findings: ["lossy"] });
  });
});
