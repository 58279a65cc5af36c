/** Ranges of levels to and from spreadsheets, as tab separated text. Pure. */
import type { Edit } from "./draft";
import { boxOf, type Box, type Selection } from "./selection";
import { levelFrom, type Sheet, type SheetRow } from "./sheet";

/** The cells of tab separated text; a quoted cell may hold tabs, lines and doubled quotes. */
export function parseTsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cells = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/y;
  for (;;) {
    const found = cells.exec(text);
    if (!found) break;
    rows.at(-1)?.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    if (found[3] === "" || cells.lastIndex >= text.length) {
      if (found[3] === "\t") rows.at(-1)?.push("");
      break;
    }
    if (found[3] !== "\t") rows.push([]);
  }
  return rows;
}

/** The levels of a box, empty where there is none. */
export function copied(sheet: Sheet, box: Box, levelOf: (row: SheetRow, key: string) => number): string {
  const columns = sheet.columns.slice(box.left, box.right + 1);
  return sheet.rows
    .slice(box.top, box.bottom + 1)
    .map((row) => columns.map((column) => levelOf(row, column.key) || "").join("\t"))
    .join("\r\n");
}

export interface Pasted {
  readonly edits: readonly Edit[];
  /** Texts that are no level: left as they were. */
  readonly refused: readonly string[];
  /** Cells that lie beyond the edge of the sheet. */
  readonly beyond: number;
  readonly selection: Selection;
}

/**
 * What pasting into the selection changes. One value, row or column fills a selection that is a multiple of it; anything
 * else goes from the selection's first cell on.
 */
export function pasted(sheet: Sheet, selection: Selection, text: string): Pasted {
  const source = parseTsv(text);
  const height = source.length;
  const width = Math.max(...source.map((row) => row.length));
  const box = boxOf(selection);
  const [tall, wide] = [box.bottom - box.top + 1, box.right - box.left + 1];
  const repeats = tall % height === 0 && wide % width === 0;
  const [rows, columns] = repeats ? [tall, wide] : [height, width];
  const edits: Edit[] = [];
  const refused: string[] = [];
  let beyond = 0;
  for (let down = 0; down < rows; down++) {
    for (let across = 0; across < columns; across++) {
      const value = source[down % height]?.[across % width] ?? "";
      const [row, column] = [sheet.rows[box.top + down], sheet.columns[box.left + across]];
      const level = levelFrom(value);
      if (!row || !column) beyond += 1;
      else if (level === null) refused.push(value.trim());
      else edits.push({ agent_id: row.agent_id, column: column.key, level });
    }
  }
  const last = { row: Math.min(box.top + rows, sheet.rows.length) - 1, column: Math.min(box.left + columns, sheet.columns.length) - 1 };
  return { edits, refused, beyond, selection: { anchor: { row: box.top, column: box.left }, head: last } };
}

/** The first row of the selection into all of it; with `across`, the first column. */
export function filledFrom(sheet: Sheet, box: Box, levelOf: (row: SheetRow, key: string) => number, across = false): Edit[] {
  const edits: Edit[] = [];
  for (const row of sheet.rows.slice(box.top, box.bottom + 1)) {
    for (const column of sheet.columns.slice(box.left, box.right + 1)) {
      const sourceRow = across ? row : sheet.rows[box.top];
      const sourceColumn = across ? sheet.columns[box.left] : column;
      if (sourceRow && sourceColumn) edits.push({ agent_id: row.agent_id, column: column.key, level: levelOf(sourceRow, sourceColumn.key) });
    }
  }
  return edits;
}
