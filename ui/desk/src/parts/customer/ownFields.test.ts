import type { OwnField } from "@huying/api";
import dayjs from "dayjs";
import { expect, it } from "vitest";
import { bySection, fromForm, shown, toForm } from "./ownFields";

const field = (code: string, kind: OwnField["kind"], section = ""): OwnField => ({
  id: code,
  subject: "customer",
  code,
  name: { en: code },
  kind,
  required: false,
  choices: [
    { code: "a", name: { "zh-CN": "甲", en: "A" } },
    { code: "b", name: { "zh-CN": "乙", en: "B" } },
  ],
  section,
  position: 0,
  active: true,
});
const WORDS = { local: (name: Readonly<Record<string, string>>) => name.en ?? "", yes: "yes", no: "no" };

it("keeps fields under their headings", () => {
  expect(bySection([field("x", "text", "1"), field("y", "text"), field("z", "text", "1")]).map(([name, fields]) => [name, fields.map((it) => it.code)])).toEqual([
    ["1", ["x", "z"]],
    ["", ["y"]],
  ]);
});

it("passes values through the form and back", () => {
  const fields = [field("born", "date"), field("size", "number"), field("kinds", "multi"), field("empty", "text")];
  const values = { born: "2026-05-01", size: 3, kinds: ["a"] };
  const inputs = toForm(fields, values);
  expect(dayjs.isDayjs(inputs.born)).toBe(true);
  expect(fromForm(fields, inputs)).toEqual({ ...values, empty: null });
  expect(fromForm(fields, { kinds: [], empty: "" })).toEqual({ born: null, size: null, kinds: null, empty: null });
});

it("reads values to people", () => {
  expect(shown(field("k", "multi"), ["a", "gone"], WORDS)).toBe("A, gone");
  expect(shown(field("k", "choice"), "b", WORDS)).toBe("B");
  expect(shown(field("k", "yes_no"), false, WORDS)).toBe("no");
  expect(shown(field("k", "text"), undefined, WORDS)).toBe("");
});
