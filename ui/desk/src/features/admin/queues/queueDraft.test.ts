import type { Queue } from "@huying/api";
import { describe, expect, it } from "vitest";
import { draftOf, missingIn, NEW_QUEUE, patchOf, withDeed } from "./queueDraft";

const QUEUE: Queue = { ...NEW_QUEUE, id: "q", problems: [], code: "repair", name: { "zh-CN": "维修", en: "Repair" } };

describe("a queue being edited", () => {
  it("sends what differs, and its code never", () => {
    const base = draftOf(QUEUE);
    expect(base).not.toHaveProperty("id");
    expect(patchOf(base, { ...base, offer_seconds: 33, code: "other", keys: {} })).toEqual({ offer_seconds: 33 });
    expect(patchOf(base, { ...base, schedule_id: "s" })).toEqual({ schedule_id: "s" });
  });

  it("says what is missing, and in which tab", () => {
    const base = draftOf(QUEUE);
    expect(missingIn(base)).toEqual([]);
    expect(missingIn(NEW_QUEUE).map((it) => it.tab)).toEqual(["basics", "basics"]);
    const nowhere = { ...base, keys: { "1": { do: "overflow" as const, target: "" } } };
    expect(missingIn(nowhere).map((it) => it.tab)).toEqual(["waiting"]);
    expect(missingIn({ ...base, keys: { "1": { do: "voicemail" as const, target: "" } } })).toEqual([]);
  });

  it("puts deeds in and takes them out", () => {
    const deed = { do: "callback" as const, target: "" };
    expect(withDeed<"1" | "2">({ "1": deed }, "2", deed)).toEqual({ "1": deed, "2": deed });
    expect(withDeed<"1" | "2">({ "1": deed }, "1", null)).toEqual({});
  });
});
