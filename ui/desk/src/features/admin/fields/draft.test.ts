import type { OwnField } from "@huying/api";
import { describe, expect, it } from "vitest";
import { choicesOf, codeFrom, lastPlace, moved } from "./draft";

const field = (id: string, position: number): OwnField => ({ id, subject: "customer", code: id, name: {}, kind: "text", required: false, choices: [], section: "", position, active: true });

describe("a field while it is designed", () => {
  it("gets its code from its English name", () => {
    expect(["Date of birth", "2nd phone", "E-mail!", "\u751f\u65e5"].map(codeFrom)).toEqual(["date_of_birth", "nd_phone", "e_mail", ""]);
  });

  it("keeps the codes of choices, and makes new ones that are free", () => {
    expect(choicesOf([{ code: "a", name_zh: "\u7532", name_en: "A" }, { name_en: "A" }, { name_zh: "\u4e59" }, { name_zh: " " }])).toEqual([
      { code: "a", name: { "zh-CN": "\u7532", en: "A" } },
      { code: "a_2", name: { en: "A" } },
      { code: "c", name: { "zh-CN": "\u4e59" } },
    ]);
  });

  it("moves by one place, and numbers anew where places were the same", () => {
    const fields = [field("a", 0), field("b", 1), field("c", 2)];
    expect(moved(fields, "c", -1)).toEqual([
      { id: "c", position: 1 },
      { id: "b", position: 2 },
    ]);
    expect(moved(fields, "a", -1)).toEqual([]);
    expect(moved([field("a", 0), field("b", 0)], "b", -1)).toEqual([{ id: "a", position: 1 }]);
    expect([lastPlace(fields), lastPlace([])]).toEqual([3, 0]);
  });
});
