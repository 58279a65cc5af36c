/** Which part of a long and wide sheet is in view, and how it is scrolled so that a cell is. The arithmetic is pure. */
import { useCallback, useRef, useState } from "react";
import type { Place, Size } from "./selection";

export const ROW = 28;
export const COLUMN = 40;
export const HEAD = 124;
export const NAME = 216;
const BEYOND = 4;

export interface Viewport {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

export interface Span {
  readonly from: number;
  /** Not part of it. */
  readonly to: number;
}

const span = (start: number, length: number, step: number, count: number): Span => ({
  from: Math.max(0, Math.floor(start / step) - BEYOND),
  to: Math.min(count, Math.ceil((start + length) / step) + BEYOND),
});

export const rowsInView = (view: Viewport, size: Size): Span => span(view.top, view.height - HEAD, ROW, size.rows);
export const columnsInView = (view: Viewport, size: Size): Span => span(view.left, view.width - NAME, COLUMN, size.columns);

/** Where to scroll to so that a cell is seen whole: as near as may be. */
export function scrolledTo(place: Place, view: Viewport): { readonly top: number; readonly left: number } {
  const near = (start: number, size: number, from: number, length: number): number => Math.min(Math.max(from, start + size - length), start);
  return {
    top: near(place.row * ROW, ROW, view.top, view.height - HEAD),
    left: near(place.column * COLUMN, COLUMN, view.left, view.width - NAME),
  };
}

/** Rows of a screenful. */
export const pageOf = (view: Viewport): number => Math.max(1, Math.floor((view.height - HEAD) / ROW) - 1);

const same = (a: Viewport, b: Viewport): boolean => a.top === b.top && a.left === b.left && a.width === b.width && a.height === b.height;

export interface Watched {
  readonly ref: (element: HTMLDivElement | null) => (() => void) | undefined;
  readonly element: { readonly current: HTMLDivElement | null };
  readonly view: Viewport;
}

/** Follows an element that scrolls. */
export function useViewport(): Watched {
  const element = useRef<HTMLDivElement | null>(null);
  const [view, setView] = useState<Viewport>({ top: 0, left: 0, width: 1000, height: 600 });
  const ref = useCallback((found: HTMLDivElement | null) => {
    element.current = found;
    if (!found) return undefined;
    const look = (): void => {
      const next = { top: found.scrollTop, left: found.scrollLeft, width: found.clientWidth, height: found.clientHeight };
      setView((before) => (same(before, next) ? before : next));
    };
    const observer = new ResizeObserver(look);
    observer.observe(found);
    found.addEventListener("scroll", look, { passive: true });
    look();
    return () => {
      observer.disconnect();
      found.removeEventListener("scroll", look);
    };
  }, []);
  return { ref, element, view };
}
