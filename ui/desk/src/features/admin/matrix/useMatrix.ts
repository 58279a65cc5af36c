/** The matrix in hand: what is shown, what is chosen, what is changed but not saved, and what keys and the clipboard do to it. */
import { App } from "antd";
import { useMemo, useState, type ClipboardEvent, type KeyboardEvent } from "react";
import { useTexts } from "@/i18n";
import { copied, filledFrom, pasted } from "./clipboard";
import { contested, edited, EMPTY, levelIn, rebased, redone, undone, type Draft, type Edit } from "./draft";
import { boxOf, clamped, moved, placesIn, START, type Selection } from "./selection";
import { filtered, levelOfKey, type Filter, type Sheet, type SheetRow } from "./sheet";

export interface Matrix {
  readonly shown: Sheet;
  readonly draft: Draft;
  readonly contested: ReadonlySet<string>;
  readonly selection: Selection;
  readonly filter: Filter;
  readonly setFilter: (change: Partial<Filter>) => void;
  readonly select: (selection: Selection) => void;
  readonly setLevel: (level: number) => void;
  readonly discard: () => void;
  readonly undo: () => void;
  readonly onKey: (event: KeyboardEvent, page: number) => void;
  readonly onCopy: (event: ClipboardEvent, cut: boolean) => void;
  readonly onPaste: (event: ClipboardEvent) => void;
}

const ALL: Filter = { search: "", group: null, kinds: [], sort: null };

export function useMatrix(sheet: Sheet, mayEdit: boolean, onSave: () => void): Matrix {
  const { t } = useTexts();
  const { message } = App.useApp();
  const [kept, setDraft] = useState(EMPTY);
  const [chosen, select] = useState(START);
  const [filter, setWholeFilter] = useState(ALL);
  const [latest, setLatest] = useState(sheet);
  if (latest !== sheet) {
    setLatest(sheet);
    setDraft(rebased(kept, sheet));
  }
  const levelOf = (row: SheetRow, key: string): number => levelIn(kept, row, key);
  // What was typed must not make its row vanish or jump: the filter looks at what is saved.
  const shown = useMemo(() => filtered(sheet, filter, (row, key) => row.levels[key] ?? 0), [sheet, filter]);
  const size = { rows: shown.rows.length, columns: shown.columns.length };
  const selection = clamped(chosen, size);
  const edit = (edits: readonly Edit[]): void => {
    if (mayEdit) setDraft((draft) => edited(draft, edits, sheet));
  };
  const setLevel = (level: number): void =>
    edit(
      placesIn(boxOf(selection)).flatMap((place) => {
        const [row, column] = [shown.rows[place.row], shown.columns[place.column]];
        return row && column ? [{ agent_id: row.agent_id, column: column.key, level }] : [];
      }),
    );
  const commands: Readonly<Record<string, () => void>> = {
    d: () => edit(filledFrom(shown, boxOf(selection), levelOf)),
    r: () => edit(filledFrom(shown, boxOf(selection), levelOf, true)),
    z: () => setDraft(undone),
    y: () => setDraft(redone),
    s: onSave,
  };
  const onKey = (event: KeyboardEvent, page: number): void => {
    if (event.altKey || event.nativeEvent.isComposing) return;
    const press = { key: event.key, shift: event.shiftKey, control: event.ctrlKey || event.metaKey };
    const next = moved(selection, press, size, page);
    const command = press.control ? commands[press.shift && event.key.toLowerCase() === "z" ? "y" : event.key.toLowerCase()] : undefined;
    const level = press.control ? null : levelOfKey(event.key);
    if (next) select(next);
    else if (command) command();
    else if (level !== null) setLevel(level);
    else if (event.key === "Delete" || event.key === "Backspace") setLevel(0);
    else if (event.key === "Escape") select({ anchor: selection.head, head: selection.head });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    shown,
    draft: kept,
    contested: useMemo(() => contested(kept, sheet), [kept, sheet]),
    selection,
    filter,
    setFilter: (change) => {
      setWholeFilter({ ...filter, ...change });
      select(START);
    },
    select,
    setLevel,
    discard: () => setDraft((draft) => ({ changes: new Map(), past: [...draft.past, draft.changes], future: [] })),
    undo: () => setDraft(undone),
    onKey,
    onCopy: (event, cut) => {
      event.clipboardData.setData("text/plain", copied(shown, boxOf(selection), levelOf));
      event.preventDefault();
      if (cut) setLevel(0);
    },
    onPaste: (event) => {
      event.preventDefault();
      if (!mayEdit) return;
      const result = pasted(shown, selection, event.clipboardData.getData("text/plain"));
      edit(result.edits);
      select(result.selection);
      if (result.refused.length > 0) void message.warning(t("matrix.refused", { count: result.refused.length, example: result.refused[0] }));
      if (result.beyond > 0) void message.warning(t("matrix.beyond", { count: result.beyond }));
    },
  };
}
