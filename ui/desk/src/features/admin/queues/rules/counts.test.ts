import { describe, expect, it } from "vitest";
import { countsOf } from "./counts";

describe("counts", () => {
  it("part those who are free from those who are held, most first", () => {
    expect(countsOf({ counts: { free: 2, talking: 1, on_break: 4 } })).toEqual({
      free: 2,
      held: [
        { obstacle: "on_break", count: 4 },
        { obstacle: "talking", count: 1 },
      ],
      total: 7,
    });
    expect(countsOf({ counts: {} })).toEqual({ free: 0, held: [], total: 0 });
  });
});
