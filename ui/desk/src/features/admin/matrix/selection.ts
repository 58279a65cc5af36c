/** Which cells are chosen, and how the keyboard moves that. Pure. */

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** A box of cells between `anchor` (where it began) and `head` (the cell in hand). */
export interface Selection {
  readonly anchor: Place;
  readonly head: Place;
  /** Whole columns or rows are chosen where one stands: what is in view stays. */
  readonly still?: boolean;
}

export interface Size {
  readonly rows: number;
  readonly columns: number;
}

export interface Box {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export const START: Selection = { anchor: { row: 0, column: 0 }, head: { row: 0, column: 0 } };

export function boxOf({ anchor, head }: Selection): Box {
  return {
    top: Math.min(anchor.row, head.row),
    bottom: Math.max(anchor.row, head.row),
    left: Math.min(anchor.column, head.column),
    right: Math.max(anchor.column, head.column),
  };
}

export function placesIn(box: Box): Place[] {
  const places: Place[] = [];
  for (let row = box.top; row <= box.bottom; row++) for (let column = box.left; column <= box.right; column++) places.push({ row, column });
  return places;
}

export const one = (place: Place): Selection => ({ anchor: place, head: place });

const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

export const clamp = (place: Place, size: Size): Place => ({ row: within(place.row, size.rows), column: within(place.column, size.columns) });

export const clamped = (selection: Selection, size: Size): Selection => ({ ...selection, anchor: clamp(selection.anchor, size), head: clamp(selection.head, size) });

export interface Press {
  readonly key: string;
  readonly shift: boolean;
  /** Ctrl, or Command on a Mac. */
  readonly control: boolean;
}

function target(head: Place, press: Press, size: Size, page: number): Place | null {
  const far = press.control;
  const { row, column } = head;
  switch (press.key) {
    case "ArrowUp":
      return { row: far ? 0 : row - 1, column };
    case "ArrowDown":
      return { row: far ? size.rows - 1 : row + 1, column };
    case "ArrowLeft":
      return { row, column: far ? 0 : column - 1 };
    case "ArrowRight":
      return { row, column: far ? size.columns - 1 : column + 1 };
    case "Home":
      return { row: far ? 0 : row, column: 0 };
    case "End":
      return { row: far ? size.rows - 1 : row, column: size.columns - 1 };
    case "PageUp":
      return { row: row - page, column };
    case "PageDown":
      return { row: row + page, column };
    default:
      return null;
  }
}

/** The selection after a key; null when the key does not move it. `page`: rows of a screenful. */
export function moved(selection: Selection, press: Press, size: Size, page: number): Selection | null {
  if (size.rows === 0 || size.columns === 0) return null;
  const bottom = { row: size.rows - 1, column: size.columns - 1 };
  if (press.control && press.key.toLowerCase() === "a") return { anchor: { row: 0, column: 0 }, head: bottom, still: true };
  const { anchor, head } = selection;
  if (press.key === " " && press.control) return { anchor: { row: 0, column: anchor.column }, head: { row: bottom.row, column: head.column }, still: true };
  if (press.key === " " && press.shift) return { anchor: { row: anchor.row, column: 0 }, head: { row: head.row, column: bottom.column }, still: true };
  if (press.key === "Enter") return one(clamp({ row: head.row + (press.shift ? -1 : 1), column: head.column }, size));
  const to = target(head, press, size, page);
  if (!to) return null;
  const place = clamp(to, size);
  return press.shift ? { anchor, head: place } : one(place);
}
