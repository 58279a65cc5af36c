import type { DispositionChoice } from "@huying/api";
import { describe, expect, it } from "vitest";
import { leavesOf, matches, pathOf } from "./dispositionTree";

const choice = (id: string, parent_id: string | null, branch: boolean, search: string): DispositionChoice => ({
  id, parent_id, branch, search, code: id, name: { en: id }, queue_ids: [], note_required: false, follow_up_required: false, date_required: false,
}); // prettier-ignore

const ALL = [choice("repair", null, true, "维修 wx"), choice("booked", "repair", false, "维修 wx 已预约 yyy"), choice("solved", null, false, "已解决 yjj")];

describe("dispositions", () => {
  it("are chosen as leaves with their path", () => {
    expect(leavesOf(ALL, (name) => name.en ?? "").map((it) => it.path)).toEqual([["repair", "booked"], ["solved"]]);
  });

  it("are found by the words of their path, and by initials", () => {
    const booked = leavesOf(ALL, (name) => name.en ?? "")[0];
    expect(booked && ["wx", "yyy wx", "维修 已", ""].every((typed) => matches(booked, typed))).toBe(true);
    expect(booked && matches(booked, "yjj")).toBe(false);
  });

  it("do not run round in a circle", () => {
    const circle = [choice("a", "b", true, ""), choice("b", "a", true, "")];
    expect(circle[0] && pathOf(circle, circle[0]).map((it) => it.id)).toEqual(["b", "a"]);
  });
});
