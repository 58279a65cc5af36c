import { describe, expect, it } from "vitest";
import { keyName, refusedKey, worksWhileTyping } from "./names";
import { ActionRegistry } from "./registry";
import { KEY_TABLE, keysFor, takenBy } from "./table";

const bare = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe("the table of keys", () => {
  it("gives no key twice, and no action two keys", () => {
    for (const row of KEY_TABLE) expect(takenBy({}, row.id, row.keys), row.id).toBeNull();
    const labels = KEY_TABLE.flatMap((it) => it.labels);
    expect(new Set(labels).size).toBe(labels.length);
    expect(new Set(KEY_TABLE.map((it) => it.id)).size).toBe(KEY_TABLE.length);
  });

  it("names keys as they are pressed: a letter with Shift is the capital", () => {
    for (const row of KEY_TABLE) expect(row.keys, row.id).not.toMatch(/Shift\+[^F]/);
  });

  it("makes a record and writes a note by keys of their own: both are on the screen when nobody is known by the number", () => {
    expect(keysFor({}, "customer.new", "")).not.toBe(keysFor({}, "wrap_up.note", ""));
  });

  it("takes no key of the browser", () => {
    for (const row of KEY_TABLE) for (const key of row.keys.split(" ")) expect(refusedKey(key), row.id).toBeNull();
  });

  it("has keys that work while one types for what a running call needs at once", () => {
    for (const id of ["answer", "end", "hold", "mute", "consult", "transfer", "merge", "finish"]) {
      expect(worksWhileTyping(KEY_TABLE.find((it) => it.id === id)?.keys ?? ""), id).toBe(true);
    }
  });

  it("knows a clash with a chord's first key", () => {
    expect(takenBy({}, "park", "g")?.group).toBe("go");
    expect(takenBy({ park: "x" }, "note", "x")?.id).toBe("park");
    expect(takenBy({ park: "" }, "note", "p")).toBeNull();
  });
});

describe("keys that stay as they are", () => {
  it.each([
    ["q", "help.speed_dial"],
    ["3", "desk.choose_match"],
  ])("%s is given to no other action", (key, label) => expect(takenBy({}, "note", key)?.labels).toEqual([label]));

  it("are given by the table to nobody", () => {
    for (const row of KEY_TABLE) expect(row.keys).not.toMatch(/^(q|[1-9])( |$)/);
  });
});

describe("names of keys", () => {
  it.each([
    [{ ...bare, key: "k" }, "k"],
    [{ ...bare, key: "?", shiftKey: true }, "?"],
    [{ ...bare, key: "F6", shiftKey: true }, "Shift+F6"],
    [{ ...bare, key: "K", metaKey: true }, "Ctrl+k"],
    [{ ...bare, key: "Shift", shiftKey: true }, ""],
  ])("%o is %s", (press, name) => expect(keyName(press)).toBe(name));
});

describe("the registry", () => {
  const action = (label: string, own: string, run: () => void) => ({ label, own, run, values: undefined, group: "page" as const });

  it("runs the newest of a key, chords, and a person's own keys", () => {
    const done: string[] = [];
    const registry = new ActionRegistry();
    registry.add(action("call.hold", "", () => done.push("hold")));
    const remove = registry.add(action("call.resume", "", () => done.push("resume")));
    registry.add(action("nav.live", "", () => done.push("live")));
    expect(registry.press("F8", 0)).toBe(true);
    remove();
    registry.press("F8", 1);
    expect(registry.press("g", 2)).toBe(false);
    registry.press("l", 3);
    registry.change({ hold: "Alt+h" });
    expect(registry.press("F8", 4)).toBe(false);
    registry.press("Alt+h", 5);
    expect(done).toEqual(["resume", "hold", "live", "hold"]);
    expect(keysFor({ hold: "" }, "call.resume", "")).toBe("");
  });
});
