import { describe, expect, it } from "vitest";
import { filled, inserted, typedKey } from "./placeholders";

const FILLING = { customer: "李明", agent: "Anna", date: "2026-03-02", time: "10:00", number: "138", queue: "Repair" };

describe("ready-made texts", () => {
  it("are filled in", () => {
    expect(filled("{customer} / {agent} {unknown}", FILLING)).toBe("李明 / Anna {unknown}");
  });

  it("are found by what is typed after a slash", () => {
    expect([typedKey("/hi", 3), typedKey("a /", 3), typedKey("1/2", 3), typedKey("a", 1)]).toEqual(["hi", "", null, null]);
  });

  it("take the place of their key", () => {
    expect(inserted("a /hi b", 5, "Hello")).toEqual({ text: "a Hello b", cursor: 7 });
    expect(inserted("ab", 1, "-")).toEqual({ text: "a-b", cursor: 2 });
  });
});
