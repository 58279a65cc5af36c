import { describe, expect, it } from "vitest";
import { marked, markedNumber } from "./marks";

const met = (pieces: readonly { readonly text: string; readonly met: boolean }[]): string => pieces.map((it) => (it.met ? `[${it.text}]` : it.text)).join("");

describe("marks", () => {
  it("show what the words met", () => {
    expect(met(marked("John Smith", "smi JO"))).toBe("[Jo]hn [Smi]th");
    expect(met(marked("aaa", "aa"))).toBe("[aaa]");
    expect(met(marked("John", ""))).toBe("John");
  });

  it("find digits through the blanks of a number", () => {
    expect(met(markedNumber("+86 138 0013 8000", "0138"))).toBe("+86 [138] 0013 8000");
    expect(met(markedNumber("+86 138 0013 8000", "3800138"))).toBe("+86 1[38 0013 8]000");
    expect(met(markedNumber("+86 138 0013 8000", "13"))).toBe("+86 138 0013 8000");
    expect(met(markedNumber("+86 138 0013 8000", "wang"))).toBe("+86 138 0013 8000");
  });
});
