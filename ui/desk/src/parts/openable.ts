/** A table's row that opens something: by mouse, and by the keyboard with Enter. */
import type { HTMLAttributes } from "react";

export function openable(open: () => void, testId?: string): HTMLAttributes<HTMLElement> {
  return {
    onClick: open,
    onKeyDown: (event) => {
      if (event.key !== "Enter" || event.target !== event.currentTarget) return;
      event.preventDefault();
      open();
    },
    tabIndex: 0,
    style: { cursor: "pointer" },
    ...(testId ? { "data-testid": testId } : {}),
  };
}
