import { describe, expect, it } from "vitest";
import { asName, indexOf, inserted, piecesOf } from "./marks";

const problem = (line: number, column: number, severity: "error" | "warning" = "error") => ({ line, column, severity });

describe("places", () => {
  it("count characters, not halves of them", () => {
    expect(indexOf("ab\ncd", 2, 2)).toBe(4);
    expect(indexOf("😀a", 1, 2)).toBe(2);
    expect(indexOf("a", 9, 9)).toBe(1);
  });
});

describe("pieces", () => {
  it("mark from the problem to the end of its rule", () => {
    const text = "English >= 7; Englsh >= 4\nvoicemail";
    expect(piecesOf(text, [problem(1, 15)])).toEqual([
      { text: "English >= 7; ", severity: null },
      { text: "Englsh >= 4", severity: "error" },
      { text: "\nvoicemail", severity: null },
    ]);
  });

  it("are the whole text again, whatever the problems are", () => {
    const text = "英语 >= 7；20 秒后 x\n\ny";
    const all = [problem(1, 1, "warning"), problem(1, 3), problem(2, 1), problem(3, 1), problem(7, 7)];
    expect(piecesOf(text, all).map((it) => it.text).join("")).toBe(text);
    expect(piecesOf("", all)).toEqual([]);
    expect(piecesOf(text, all).filter((it) => it.severity).map((it) => it.text)).toEqual(["英语 >= 7", "y"]);
  });
});

describe("inserting", () => {
  it("puts a rule on a line of its own after the cursor's line", () => {
    expect(inserted("", 0, "r")).toEqual({ text: "r", at: 1 });
    expect(inserted("a\nb", 0, "r")).toEqual({ text: "a\nr\nb", at: 3 });
    expect(inserted("a\n", 2, "r")).toEqual({ text: "a\nr", at: 3 });
  });

  it("quotes names that are more than a word", () => {
    expect(["英语", "Level2", "Product questions", 'a"b'].map(asName)).toEqual(["英语", "Level2", '"Product questions"', '"a\\"b"']);
  });
});
