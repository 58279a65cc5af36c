/** The width of an element, followed as the window changes. */
import { useCallback, useState } from "react";

export function useWidth(first: number): { readonly ref: (element: HTMLElement | null) => (() => void) | undefined; readonly width: number } {
  const [width, setWidth] = useState(first);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(200, Math.round(entry?.contentRect.width ?? 0))));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}
