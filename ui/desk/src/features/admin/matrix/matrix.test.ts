import { describe, expect, it } from "vitest";
import { copied, filledFrom, parseTsv, pasted } from "./clipboard";
import { cellKey, contested, edited, EMPTY, levelIn, rebased, redone, toSave, undone } from "./draft";
import { boxOf, clamped, moved, one, START, type Selection } from "./selection";
import { filtered, levelFrom, levelOfKey, sheetOf, type Sheet, type SheetRow } from "./sheet";

const name = (text: string) => ({ "zh-CN": text, en: text });
const matrix = {
  groups: [{ id: "g1", code: "repair", name: name("Repair"), kind: "group" as const }],
  skills: [
    { id: "s1", code: "washer", name: name("Washer"), kind: "product" as const },
    { id: "s2", code: "zh", name: name("Chinese"), kind: "language" as const },
    { id: "s3", code: "patience", name: name("Patience"), kind: "skill" as const },
  ],
  agents: [
    { agent_id: "a", name: "Ada", extension: "8001", groups: { g1: 5 }, levels: { s1: 3 } },
    { agent_id: "b", name: "Bo", extension: "8002", groups: {}, levels: { s2: 10 } },
    { agent_id: "c", name: "Cy", extension: "8103", groups: { g1: 1 }, levels: {} },
  ],
};
const sheet = sheetOf(matrix);
const SIZE = { rows: 3, columns: 4 };
const box = (top: number, left: number, bottom: number, right: number): Selection => ({ anchor: { row: top, column: left }, head: { row: bottom, column: right } });
const saved = (row: SheetRow, key: string): number => row.levels[key] ?? 0;
const at = (of: Sheet, index: number): SheetRow => of.rows[index] ?? ({} as SheetRow);

describe("the sheet", () => {
  it("has groups, languages, skills and products, in this order", () => {
    expect(sheet.columns.map((it) => it.key)).toEqual(["group:g1", "skill:s2", "skill:s3", "skill:s1"]);
    expect(sheet.rows[0]?.levels).toEqual({ "group:g1": 5, "skill:s1": 3 });
  });

  it("is filtered by words, group and kind, and sorted by a column", () => {
    const all = { search: "", group: null, kinds: [], sort: null };
    expect(filtered(sheet, { ...all, search: "bo 80" }, saved).rows.map((it) => it.agent_id)).toEqual(["b"]);
    expect(filtered(sheet, { ...all, group: "group:g1" }, saved).rows.map((it) => it.agent_id)).toEqual(["a", "c"]);
    expect(filtered(sheet, { ...all, kinds: ["product"] }, saved).columns.map((it) => it.code)).toEqual(["washer"]);
    expect(filtered(sheet, { ...all, sort: "skill:s2" }, saved).rows.map((it) => it.agent_id)).toEqual(["b", "a", "c"]);
  });

  it("reads levels as people write them", () => {
    expect(["", " - ", "0", "7", "10", "10.0", "11", "x", "1.5"].map(levelFrom)).toEqual([0, 0, 0, 7, 10, 10, null, null, null]);
    expect(["1", "9", "0", "a", "F1"].map(levelOfKey)).toEqual([1, 9, 10, null, null]);
  });
});

describe("the keyboard", () => {
  const press = (key: string, shift = false, control = false) => ({ key, shift, control });

  it("moves the cell and stops at the edges", () => {
    expect(moved(START, press("ArrowDown"), SIZE, 10)?.head).toEqual({ row: 1, column: 0 });
    expect(moved(START, press("ArrowUp"), SIZE, 10)?.head).toEqual({ row: 0, column: 0 });
    expect(moved(START, press("ArrowRight", false, true), SIZE, 10)?.head).toEqual({ row: 0, column: 3 });
    expect(moved(START, press("PageDown"), SIZE, 10)?.head).toEqual({ row: 2, column: 0 });
    expect(moved(START, press("End", false, true), SIZE, 10)?.head).toEqual({ row: 2, column: 3 });
    expect(moved(START, press("x"), SIZE, 10)).toBeNull();
    expect(moved(START, press("ArrowDown"), { rows: 0, columns: 4 }, 10)).toBeNull();
  });

  it("extends with Shift, and takes columns, rows and everything", () => {
    const wide = moved(one({ row: 1, column: 1 }), press("ArrowRight", true), SIZE, 10);
    expect(wide && boxOf(wide)).toEqual({ top: 1, left: 1, bottom: 1, right: 2 });
    const column = moved(one({ row: 1, column: 1 }), press(" ", false, true), SIZE, 10);
    expect(column && boxOf(column)).toEqual({ top: 0, left: 1, bottom: 2, right: 1 });
    expect(column?.still).toBe(true);
    const all = moved(START, press("a", false, true), SIZE, 10);
    expect(all && boxOf(all)).toEqual({ top: 0, left: 0, bottom: 2, right: 3 });
    expect(clamped(box(0, 0, 9, 9), { rows: 2, columns: 1 }).head).toEqual({ row: 1, column: 0 });
  });
});

describe("unsaved changes", () => {
  const edit = (agent_id: string, column: string, level: number) => ({ agent_id, column, level });

  it("are kept until they are as saved", () => {
    const changed = edited(EMPTY, [edit("a", "skill:s1", 9), edit("b", "skill:s2", 10)], sheet);
    expect(changed.changes.size).toBe(1);
    expect(levelIn(changed, at(sheet, 0), "skill:s1")).toBe(9);
    expect(edited(changed, [edit("a", "skill:s1", 3)], sheet).changes.size).toBe(0);
    expect(edited(changed, [edit("a", "skill:s1", 9)], sheet)).toBe(changed);
  });

  it("go back and forth", () => {
    const first = edited(EMPTY, [edit("a", "skill:s1", 9)], sheet);
    const second = edited(first, [edit("a", "skill:s1", 0)], sheet);
    expect(undone(second).changes).toBe(first.changes);
    expect(redone(undone(second)).changes).toBe(second.changes);
    expect(undone(EMPTY)).toBe(EMPTY);
    expect(redone(second)).toBe(second);
  });

  it("tell of cells that somebody else has changed, and vanish when he has made the same", () => {
    const changed = edited(EMPTY, [edit("a", "skill:s1", 9)], sheet);
    const other = (level: number): Sheet => ({ ...sheet, rows: sheet.rows.map((row) => (row.agent_id === "a" ? { ...row, levels: { "skill:s1": level } } : row)) });
    expect([...contested(changed, other(4))]).toEqual([cellKey("a", "skill:s1")]);
    expect(contested(changed, sheet).size).toBe(0);
    expect(rebased(changed, other(9)).changes.size).toBe(0);
    expect(rebased(changed, other(4))).toBe(changed);
  });

  it("are sent by group and by skill", () => {
    const changed = edited(EMPTY, [edit("a", "skill:s1", 0), edit("b", "group:g1", 4), edit("b", "skill:gone", 4)], sheet);
    expect(toSave(changed, sheet.columns)).toEqual([
      { agent_id: "a", skill_id: "s1", level: 0 },
      { agent_id: "b", group_id: "g1", level: 4 },
    ]);
  });
});

describe("the clipboard", () => {
  it("reads what spreadsheets write", () => {
    expect(parseTsv("1\t2\r\n\t3\r\n")).toEqual([["1", "2"], ["", "3"]]);
    expect(parseTsv('"a\tb"\t"say ""x"""\n4\t')).toEqual([["a\tb", 'say "x"'], ["4", ""]]);
    expect(parseTsv("7")).toEqual([["7"]]);
  });

  it("writes levels, empty where there is none, and reads them again", () => {
    const text = copied(sheet, { top: 0, left: 0, bottom: 1, right: 3 }, saved);
    expect(text).toBe("5\t\t\t3\r\n\t10\t\t");
    const { edits } = pasted(sheet, one({ row: 0, column: 0 }), text);
    expect(edited(EMPTY, edits, sheet)).toBe(EMPTY);
  });

  it("fills a selection with one value, and goes on from one cell with many", () => {
    expect(pasted(sheet, box(0, 1, 2, 2), "6").edits).toHaveLength(6);
    const many = pasted(sheet, one({ row: 1, column: 2 }), "1\t2\t3\n4\t5\t6\n7\t8\t9");
    expect(many.edits.map((it) => it.level)).toEqual([1, 2, 4, 5]);
    expect(many.beyond).toBe(5);
    expect(many.selection.head).toEqual({ row: 2, column: 3 });
  });

  it("repeats a row down a selection", () => {
    expect(pasted(sheet, box(0, 1, 2, 2), "1\t2").edits.map((it) => it.level)).toEqual([1, 2, 1, 2, 1, 2]);
  });

  it("leaves cells alone whose text is no level, and names it", () => {
    const mixed = pasted(sheet, one({ row: 0, column: 0 }), "yes\t4\t12");
    expect(mixed.edits.map((it) => it.level)).toEqual([4]);
    expect(mixed.refused).toEqual(["yes", "12"]);
  });

  it("fills down from the first row and right from the first column", () => {
    const down = filledFrom(sheet, { top: 0, left: 0, bottom: 2, right: 0 }, saved);
    expect(down.map((it) => it.level)).toEqual([5, 5, 5]);
    const right = filledFrom(sheet, { top: 1, left: 1, bottom: 1, right: 3 }, saved, true);
    expect(right.map((it) => it.level)).toEqual([10, 10, 10]);
  });
});
