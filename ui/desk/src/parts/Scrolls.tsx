/** Around a table that scrolls for itself: its rows can be reached by the keyboard, under a name. */
import { useEffect, useRef, type ReactNode } from "react";

export function Scrolls(props: { readonly label: string; readonly children: ReactNode }): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  // The table makes its scrolling part itself, and anew when it becomes empty.
  useEffect(() => {
    for (const it of box.current?.querySelectorAll<HTMLElement>(".ant-table-body") ?? []) {
      it.tabIndex = 0;
      it.setAttribute("role", "region");
      it.setAttribute("aria-label", props.label);
    }
  });
  return <div ref={box}>{props.children}</div>;
}
