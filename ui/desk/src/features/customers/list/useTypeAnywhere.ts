/** Letters typed while nothing has the focus go on into the search field; what a shortcut takes does not. */
import { useEffect, useRef, type RefObject } from "react";

const isField = (it: Element | null): boolean => it instanceof HTMLElement && (it.isContentEditable || /^(INPUT|TEXTAREA|SELECT|BUTTON|A)$/.test(it.tagName));

export function useTypeAnywhere(input: RefObject<{ focus: () => void } | null>, onLetter: (letter: string) => void, active: boolean): void {
  const latest = useRef(onLetter);
  useEffect(() => {
    latest.current = onLetter;
  });
  useEffect(() => {
    if (!active) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing && event.key.length === 1 && event.key !== " ";
      if (!plain || isField(document.activeElement)) return;
      // Shortcuts are heard by the same event, perhaps after this: they go first.
      setTimeout(() => {
        if (event.defaultPrevented) return;
        input.current?.focus();
        latest.current(event.key);
      }, 0);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [input, active]);
}
