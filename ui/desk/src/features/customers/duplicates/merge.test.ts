import type { Customer } from "@huying/api";
import { describe, expect, it } from "vitest";
import { mergeInput, mergeRows, oldest, usualChoice } from "./merge";

const customer = (id: string, part: Partial<Customer>): Customer =>
  ({ id, name: id, code: "", class: "normal", company: null, language: "", note: "", fields: {}, created_at: "2026-01-02T00:00:00Z", ...part }) as Customer;
const WORDS = { classOf: (it: string) => it, languageOf: (it: string) => it, own: (_: unknown, value: unknown) => (typeof value === "string" ? value : "") };
const a = customer("a", { code: "C1" });
const b = customer("b", { name: "B", note: "late", class: "vip", created_at: "2026-01-01T00:00:00Z" });

describe("a merge", () => {
  it("compares what anybody has, and says where they differ", () => {
    expect(mergeRows([a, b], [], WORDS)).toEqual([
      { key: "name", values: ["a", "B"], differs: true },
      { key: "code", values: ["C1", ""], differs: true },
      { key: "class", values: ["normal", "vip"], differs: true },
      { key: "note", values: ["", "late"], differs: true },
    ]);
    expect(mergeRows([a, { ...a, id: "c" }], [], WORDS).every((it) => !it.differs)).toBe(true);
  });

  it("keeps the survivor's values, and the others' where he has none", () => {
    const rows = mergeRows([a, b], [], WORDS);
    expect(rows.map((row) => usualChoice(row, [a, b], "b"))).toEqual(["b", "a", "b", "b"]);
    expect(oldest([a, b])).toBe("b");
  });

  it("names who becomes whom and whose values are kept", () => {
    expect(mergeInput([a, b], "b", { name: "a", code: "gone" })).toEqual({ into: "b", from: ["a"], values: { name: "a" } });
  });
});
