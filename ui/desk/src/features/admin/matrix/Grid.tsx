/** The sheet on the screen: only what is in view is drawn; head and names stay; one element has the focus for all cells. */
import { useEffect, useId, type ClipboardEvent, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import css from "./Grid.module.css";
import { boxOf, one, type Place, type Selection } from "./selection";
import type { Sheet } from "./sheet";
import { columnsInView, COLUMN, HEAD, NAME, pageOf, ROW, rowsInView, scrolledTo, useViewport } from "./viewport";
import type { Pending } from "./draft";

interface GridProps {
  readonly sheet: Sheet;
  readonly changes: ReadonlyMap<string, Pending>;
  readonly contested: ReadonlySet<string>;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly onKey: (event: KeyboardEvent, page: number) => void;
  readonly onCopy: (event: ClipboardEvent, cut: boolean) => void;
  readonly onPaste: (event: ClipboardEvent) => void;
}

/** The cell under the pointer, out of the attributes that cells carry. */
function placeOf(target: EventTarget): Place | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-column]") : null;
  return cell ? { row: Number(cell.dataset.row), column: Number(cell.dataset.column) } : null;
}

export function Grid(props: GridProps): ReactNode {
  const { t } = useTexts();
  const { sheet, selection, onSelect } = props;
  const id = useId();
  const { ref, element, view } = useViewport();
  const size = { rows: sheet.rows.length, columns: sheet.columns.length };
  const rows = rowsInView(view, size);
  const columns = columnsInView(view, size);
  const { head } = selection;
  const { row: headRow, column: headColumn } = head;
  const still = selection.still === true;
  useEffect(() => {
    const found = element.current;
    if (!found || still) return;
    const now = { top: found.scrollTop, left: found.scrollLeft, width: found.clientWidth, height: found.clientHeight };
    found.scrollTo(scrolledTo({ row: headRow, column: headColumn }, now));
  }, [element, headRow, headColumn, still]);
  const select = (place: Place, extend: boolean): void => onSelect(extend ? { anchor: selection.anchor, head: place } : one(place));
  const onPointer = (event: PointerEvent): void => {
    if (event.buttons !== 1) return;
    const place = placeOf(event.target);
    if (!place) return;
    if (event.type === "pointerdown") event.currentTarget.releasePointerCapture(event.pointerId);
    if (place.row < 0) {
      if (event.type === "pointerdown") onSelect({ anchor: { row: 0, column: place.column }, head: { row: size.rows - 1, column: place.column }, still: true });
    } else if (event.type === "pointerdown" || place.row !== headRow || place.column !== headColumn) select(place, event.shiftKey || event.type === "pointermove");
  };
  const box = boxOf(selection);
  return (
    <div
      ref={ref}
      className={css.grid}
      role="grid"
      tabIndex={0}
      aria-label={t("admin_area.skills")}
      aria-rowcount={size.rows + 1}
      aria-colcount={size.columns + 1}
      aria-multiselectable
      aria-activedescendant={`${id}-${headRow}-${headColumn}`}
      data-testid="matrix"
      onKeyDown={(event) => props.onKey(event, pageOf(view))}
      onCopy={(event) => props.onCopy(event, false)}
      onCut={(event) => props.onCopy(event, true)}
      onPaste={props.onPaste}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
    >
      <div className={css.sheet} style={{ width: NAME + size.columns * COLUMN, height: HEAD + size.rows * ROW }}>
        <GridHead columns={sheet.columns} span={columns} from={box.left} to={box.right} count={size.rows} />
        {sheet.rows.slice(rows.from, rows.to).map((row, index) => (
          <GridRow
            key={row.agent_id}
            id={id}
            row={row}
            index={rows.from + index}
            columns={sheet.columns}
            span={columns}
            changes={props.changes}
            contested={props.contested}
            chosen={rows.from + index >= box.top && rows.from + index <= box.bottom}
          />
        ))}
        {size.rows > 0 && size.columns > 0 && (
          <div
            className={css.selection}
            style={{ top: HEAD + box.top * ROW, left: NAME + box.left * COLUMN, width: (box.right - box.left + 1) * COLUMN, height: (box.bottom - box.top + 1) * ROW }}
          >
            <i style={{ top: (headRow - box.top) * ROW, left: (headColumn - box.left) * COLUMN, width: COLUMN, height: ROW }} />
          </div>
        )}
      </div>
    </div>
  );
}
