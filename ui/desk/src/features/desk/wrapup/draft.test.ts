import { describe, expect, it } from "vitest";
import { dropDraft, dropSaved, keepDraft, readDraft } from "./draft";

function memory(): Storage {
  const map = new Map<string, string>();
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    clear: () => map.clear(),
    key: (index) => [...map.keys()][index] ?? null,
    get length() {
      return map.size;
    },
  };
}

describe("drafts", () => {
  it("are kept until they are dropped", () => {
    const store = memory();
    expect(readDraft(store, "c")).toBeNull();
    keepDraft(store, "c", { disposition: "solved", note: "洗衣机" }, 1);
    expect(readDraft(store, "c")).toEqual({ disposition: "solved", note: "洗衣机" });
    keepDraft(store, "c", { disposition: "", note: "", followUp: false }, 2);
    expect(readDraft(store, "c")).toEqual({ disposition: "", note: "", followUp: false });
    dropDraft(store, "c");
    expect(readDraft(store, "c")).toBeNull();
  });

  it("stay when more was written while they were saved", () => {
    const store = memory();
    const saved = { disposition: "solved", note: "a" };
    keepDraft(store, "c", { disposition: "solved", note: "ab" }, 1);
    dropSaved(store, "c", saved);
    expect(readDraft(store, "c")?.note).toBe("ab");
    keepDraft(store, "c", saved, 2);
    dropSaved(store, "c", saved);
    expect(readDraft(store, "c")).toBeNull();
  });

  it("survive a broken value", () => {
    const store = memory();
    store.setItem("huying.draft.c", "{");
    expect(readDraft(store, "c")).toBeNull();
  });

  it("are limited in number: the oldest go", () => {
    const store = memory();
    for (let i = 0; i < 60; i++) keepDraft(store, `c${i}`, { disposition: "", note: "n" }, i);
    expect(store.length).toBe(50);
    expect(readDraft(store, "c9")).toBeNull();
    expect(readDraft(store, "c10")).not.toBeNull();
  });
});
