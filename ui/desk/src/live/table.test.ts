import { describe, expect, it } from "vitest";
import { applyMessage, EMPTY_TABLE, type Table } from "./table";

const table: Table = { epoch: "e1", number: 4, rows: { a: { v: 1 }, b: { v: 2 } } };

describe("applyMessage", () => {
  it("takes a snapshot as the truth", () => {
    const { table: next, gap } = applyMessage(table, { type: "snapshot", id: "1", epoch: "e2", number: 9, rows: { c: { v: 3 } } });
    expect(gap).toBe(false);
    expect(next).toEqual({ epoch: "e2", number: 9, rows: { c: { v: 3 } } });
  });

  it("sets and removes rows by the next change and leaves the old table alone", () => {
    const { table: next } = applyMessage(table, { type: "change", id: "1", number: 5, set: { a: { v: 7 }, c: { v: 3 } }, removed: ["b"] });
    expect(next).toEqual({ epoch: "e1", number: 5, rows: { a: { v: 7 }, c: { v: 3 } } });
    expect(table.rows).toEqual({ a: { v: 1 }, b: { v: 2 } });
  });

  it("passes over a change that it knows already", () => {
    expect(applyMessage(table, { type: "change", id: "1", number: 4, set: { a: { v: 0 } } })).toEqual({ table, gap: false });
  });

  it("reports a gap and changes nothing", () => {
    expect(applyMessage(table, { type: "change", id: "1", number: 6, set: {} })).toEqual({ table, gap: true });
  });

  it("needs a snapshot before any change", () => {
    expect(applyMessage(EMPTY_TABLE, { type: "change", id: "1", number: 1, set: {} }).gap).toBe(true);
  });
});
