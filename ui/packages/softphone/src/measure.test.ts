import { describe, expect, it } from "vitest";

import { meter, noStats, readStats } from "./measure";

describe("readStats", () => {
  it("gives zeros for nothing", () => {
    expect(readStats([])).toEqual(noStats);
  });

  it("finds sound, codec and path", () => {
    const stats = readStats([
      { type: "inbound-rtp", kind: "audio", packetsReceived: 50, totalAudioEnergy: 0.25, audioLevel: 0.1, codecId: "C1" },
      { type: "media-source", kind: "audio", audioLevel: 0.5 },
      { type: "codec", id: "C1", mimeType: "audio/opus" },
      { type: "transport", selectedCandidatePairId: "P1" },
      { type: "candidate-pair", id: "P0", currentRoundTripTime: 9, localCandidateId: "L0" },
      { type: "candidate-pair", id: "P1", currentRoundTripTime: 0.02, localCandidateId: "L1" },
      { type: "local-candidate", id: "L1", candidateType: "relay" },
    ]);
    expect(stats).toMatchObject({
      packetsReceived: 50,
      energyReceived: 0.25,
      speakerLevel: 0.1,
      microphoneLevel: 0.5,
      codec: "audio/opus",
      path: "relay",
      roundTripSeconds: 0.02,
    });
  });
});

describe("meter", () => {
  it("runs from 0 to 1", () => {
    expect(meter(0)).toBe(0);
    expect(meter(1)).toBe(1);
    expect(meter(0.001)).toBeCloseTo(0);
    expect(meter(0.1)).toBeCloseTo(2 / 3);
  });
});
