/** The skills matrix as a sheet: agents down, groups and skills across, a level 1-10 in each cell, 0 for none. Pure. */
import type { SkillsMatrix } from "@huying/api";

export type ColumnKind = "group" | "language" | "skill" | "product";

export interface Column {
  /** Unique among groups and skills together. */
  readonly key: string;
  readonly id: string;
  readonly kind: ColumnKind;
  readonly code: string;
  readonly name: Readonly<Record<string, string>>;
}

export interface SheetRow {
  readonly agent_id: string;
  readonly name: string;
  readonly extension: string;
  readonly levels: Readonly<Record<string, number>>;
}

export interface Sheet {
  readonly columns: readonly Column[];
  readonly rows: readonly SheetRow[];
}

export const MOST = 10;
const KINDS: readonly ColumnKind[] = ["group", "language", "skill", "product"];

const keyOf = (kind: ColumnKind, id: string): string => `${kind === "group" ? "group" : "skill"}:${id}`;

/** Groups first, then languages, skills and products, each in the order the server gives. */
export function sheetOf(matrix: SkillsMatrix): Sheet {
  const columns = [...matrix.groups, ...matrix.skills]
    .map(({ id, kind, code, name }) => ({ key: keyOf(kind, id), id, kind, code, name }))
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
  const rows = matrix.agents.map((it) => ({
    agent_id: it.agent_id,
    name: it.name,
    extension: it.extension,
    levels: Object.fromEntries([
      ...Object.entries(it.groups).map(([id, level]) => [keyOf("group", id), level] as const),
      ...Object.entries(it.levels).map(([id, level]) => [keyOf("skill", id), level] as const),
    ]),
  }));
  return { columns, rows };
}

export interface Filter {
  readonly search: string;
  readonly group: string | null;
  readonly kinds: readonly ColumnKind[];
  /** Key of the column whose highest levels come first; null for the server's order. */
  readonly sort: string | null;
}

/** What of a sheet is shown. `levelOf` knows the levels with the changes that are not saved yet. */
export function filtered(sheet: Sheet, filter: Filter, levelOf: (row: SheetRow, key: string) => number): Sheet {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  const { group, sort } = filter;
  const rows = sheet.rows.filter((row) => {
    const text = `${row.name} ${row.extension}`.toLowerCase();
    return words.every((word) => text.includes(word)) && (group === null || levelOf(row, group) > 0);
  });
  const columns = filter.kinds.length === 0 ? sheet.columns : sheet.columns.filter((it) => filter.kinds.includes(it.kind));
  return { columns, rows: sort === null ? rows : rows.toSorted((a, b) => levelOf(b, sort) - levelOf(a, sort)) };
}

/** A level as people write it: empty, 0 and a dash are none; null where it is no level. */
export function levelFrom(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed === "-" || trimmed === "–") return 0;
  if (!/^\d{1,2}(?:[.,]0+)?$/.test(trimmed)) return null;
  const level = Number.parseInt(trimmed, 10);
  return level <= MOST ? level : null;
}

/** The level that a key sets: 1-9 themselves, 0 the highest; null for other keys. */
export const levelOfKey = (key: string): number | null => (/^\d$/.test(key) ? Number(key) || MOST : null);
