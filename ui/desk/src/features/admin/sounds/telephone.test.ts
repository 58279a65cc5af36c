import { describe, expect, it } from "vitest";
import { levelled, wavOf } from "./telephone";

describe("sounds for telephones", () => {
  it("are WAV files of 8000 Hz, mono, 16 bits", () => {
    const view = new DataView(wavOf(new Float32Array([0, 1, -1, 2])));
    expect(view.byteLength).toBe(52);
    expect([view.getUint32(24, true), view.getUint16(22, true), view.getUint16(34, true), view.getUint32(40, true)]).toEqual([8000, 1, 16, 8]);
    expect([44, 46, 48, 50].map((at) => view.getInt16(at, true))).toEqual([0, 32767, -32767, 32767]);
  });

  it("are all of one loudness, and silence is not made noise", () => {
    expect(Math.max(...levelled(new Float32Array([0.1, -0.05])))).toBeCloseTo(0.708);
    expect([...levelled(new Float32Array([0, 0.0001]))].every((it) => it < 0.001)).toBe(true);
  });
});
