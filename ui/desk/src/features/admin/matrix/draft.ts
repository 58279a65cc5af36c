/** Changes of levels that are not saved yet, with the way back. Pure. */
import type { Column, Sheet, SheetRow } from "./sheet";
import type { MatrixCell } from "@huying/api";

export interface Edit {
  readonly agent_id: string;
  readonly column: string;
  readonly level: number;
}

export interface Pending extends Edit {
  /** What stood there when it was changed. */
  readonly was: number;
}

type Changes = ReadonlyMap<string, Pending>;

export interface Draft {
  readonly changes: Changes;
  readonly past: readonly Changes[];
  readonly future: readonly Changes[];
}

const NONE: Changes = new Map();
export const EMPTY: Draft = { changes: NONE, past: [], future: [] };
const STEPS = 100;

export const cellKey = (agentId: string, column: string): string => `${agentId} ${column}`;

export function levelIn(draft: Draft, row: SheetRow, column: string): number {
  return draft.changes.get(cellKey(row.agent_id, column))?.level ?? row.levels[column] ?? 0;
}

/** The draft with these edits; what is as it was saved is no change. The same draft when nothing differs. */
export function edited(draft: Draft, edits: readonly Edit[], sheet: Sheet): Draft {
  const rows = new Map(sheet.rows.map((row) => [row.agent_id, row]));
  const changes = new Map(draft.changes);
  let differs = false;
  for (const edit of edits) {
    const row = rows.get(edit.agent_id);
    if (!row || levelIn({ ...draft, changes }, row, edit.column) === edit.level) continue;
    differs = true;
    const key = cellKey(edit.agent_id, edit.column);
    const saved = row.levels[edit.column] ?? 0;
    if (saved === edit.level) changes.delete(key);
    else changes.set(key, { ...edit, was: saved });
  }
  return differs ? { changes, past: [...draft.past.slice(1 - STEPS), draft.changes], future: [] } : draft;
}

export function undone(draft: Draft): Draft {
  const last = draft.past.at(-1);
  return last ? { changes: last, past: draft.past.slice(0, -1), future: [...draft.future, draft.changes] } : draft;
}

export function redone(draft: Draft): Draft {
  const next = draft.future.at(-1);
  return next ? { changes: next, past: [...draft.past, draft.changes], future: draft.future.slice(0, -1) } : draft;
}

/** The changes that still change something, now that the server has this sheet; the way back ends here. */
export function rebased(draft: Draft, sheet: Sheet): Draft {
  const rows = new Map(sheet.rows.map((row) => [row.agent_id, row]));
  const kept = [...draft.changes].filter(([, it]) => {
    const row = rows.get(it.agent_id);
    return row !== undefined && (row.levels[it.column] ?? 0) !== it.level;
  });
  return kept.length === draft.changes.size ? draft : { ...EMPTY, changes: new Map(kept) };
}

/** Changes of cells that somebody else has saved with another level meanwhile. */
export function contested(draft: Draft, sheet: Sheet): ReadonlySet<string> {
  const rows = new Map(sheet.rows.map((row) => [row.agent_id, row]));
  return new Set([...draft.changes].filter(([, it]) => (rows.get(it.agent_id)?.levels[it.column] ?? 0) !== it.was).map(([key]) => key));
}

/** The changes as the server takes them. */
export function toSave(draft: Draft, columns: readonly Column[]): MatrixCell[] {
  const known = new Map(columns.map((it) => [it.key, it]));
  return [...draft.changes.values()].flatMap(({ agent_id, column, level }) => {
    const found = known.get(column);
    if (!found) return [];
    return [found.kind === "group" ? { agent_id, group_id: found.id, level } : { agent_id, skill_id: found.id, level }];
  });
}
