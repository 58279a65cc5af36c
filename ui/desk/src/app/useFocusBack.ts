/** Whoever closes a dialog by key or button is where he was before, not at the page's beginning. */
import { useEffect } from "react";

const ABOVE = "[role=dialog], [role=menu], .ant-popover, .ant-dropdown, .ant-select-dropdown, .ant-picker-dropdown";
/** A dialog goes when its motion is over; more than one look, for slow machines. */
const LOOKS_MS = [60, 350, 900] as const;

const openDialog = (): boolean => [...document.querySelectorAll("[role=dialog]")].some((it) => it.checkVisibility());
const nowhere = (): boolean => document.activeElement === null || document.activeElement === document.body;

export function useFocusBack(): void {
  useEffect(() => {
    let last: HTMLElement | null = null;
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const remember = (event: FocusEvent): void => {
      if (event.target instanceof HTMLElement && !event.target.closest(ABOVE)) last = event.target;
    };
    const look = (): void => {
      if (nowhere() && !openDialog() && last?.isConnected) last.focus({ preventScroll: true });
    };
    const after = (event: Event): void => {
      const leaves = !(event instanceof KeyboardEvent) || event.key === "Escape" || event.key === "Enter";
      if (!leaves || !openDialog()) return;
      for (const ms of LOOKS_MS) {
        const timer = setTimeout(() => {
          timers.delete(timer);
          look();
        }, ms);
        timers.add(timer);
      }
    };
    document.addEventListener("focusin", remember);
    document.addEventListener("keydown", after, true);
    document.addEventListener("click", after, true);
    return () => {
      document.removeEventListener("focusin", remember);
      document.removeEventListener("keydown", after, true);
      document.removeEventListener("click", after, true);
      for (const timer of timers) clearTimeout(timer);
    };
  }, []);
}
