import { describe, expect, it } from "vitest";
import { differences, readable, same, textLines } from "./differences";

describe("differences", () => {
  it("are found field by field, and inside of objects", () => {
    const before = { name: { en: "Repair" }, offer_seconds: 20, door: { most_waiting: 0, actions: {} }, id: "1" };
    const after = { name: { en: "Repairs" }, offer_seconds: 20, door: { most_waiting: 5, actions: { full: { do: "voicemail", target: "" } } }, id: "2" };
    expect(differences(before, after, ["id"])).toEqual([
      { path: ["name", "en"], before: "Repair", after: "Repairs" },
      { path: ["door", "most_waiting"], before: 0, after: 5 },
      { path: ["door", "actions", "full"], before: undefined, after: { do: "voicemail", target: "" } },
    ]);
  });

  it("take a deed as one thing", () => {
    const deed = (key: string, target: string) => ({ keys: { "1": { do: key, target } } });
    expect(differences(deed("overflow", "q"), deed("voicemail", ""))).toHaveLength(1);
  });

  it("tell what came to a list and what went", () => {
    expect(differences({ groups: ["a", "b"] }, { groups: ["b", "c"] })[0]).toMatchObject({ added: ["c"], removed: ["a"] });
  });

  it("of what was made or removed are all its fields", () => {
    expect(differences(null, { a: 1, b: { c: 2 } }).map((it) => it.path.join("."))).toEqual(["a", "b.c"]);
    expect(differences({ a: 1 }, null)).toEqual([{ path: ["a"], before: 1, after: undefined }]);
    expect(differences({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toEqual([]);
  });

  it("tell the groups of a queue as a list, those of an agent with their levels", () => {
    expect(readable("queue", { groups: { a: 1 } })).toEqual({ groups: ["a"] });
    expect(readable("agent", { groups: { a: 1 } })).toEqual({ groups: { a: 1 } });
    expect(readable("queue", null)).toBeNull();
  });

  it("compares by content, whatever the order of keys", () => {
    expect(same({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(same([1], { 0: 1 })).toBe(false);
    expect(same(null, {})).toBe(false);
  });
});

describe("texts", () => {
  it("differ by lines", () => {
    expect(textLines("a\nb\nc", "a\nx\nc\nd").map((it) => `${it.sign[0] ?? ""}${it.text}`)).toEqual(["sa", "rb", "ax", "sc", "ad"]);
    expect(textLines("", "a")).toEqual([{ sign: "added", text: "a" }]);
    expect(textLines("a", "")).toEqual([{ sign: "removed", text: "a" }]);
  });
});
