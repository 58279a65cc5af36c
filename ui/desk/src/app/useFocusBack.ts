/** Whoever closes a dialog by key or button is where he was before, not at the page's beginning. */
import { useEffect } from "react";

const ABOVE = "[role=dialog], [role=menu], .ant-popover, .ant-dropdown, .ant-select-dropdown, .ant-picker-dropdown";
/** A dialog goes when its motion is over: how often one looks, and how long: a busy machine takes seconds for it. */
const LOOK_MS = 50;
const MOST_MS = 10_000;

const openDialog = (): boolean => [...document.querySelectorAll("[role=dialog]")].some((it) => it.checkVisibility());
/** What has just been hidden still has the focus for a moment. */
const nowhere = (): boolean => document.activeElement === null || document.activeElement === document.body || !document.activeElement.checkVisibility();

export function useFocusBack(): void {
  useEffect(() => {
    let last: HTMLElement | null = null;
    let until = 0;
    let timer: ReturnType<typeof setInterval> | undefined;
    const remember = (event: FocusEvent): void => {
      if (event.target instanceof HTMLElement && !event.target.closest(ABOVE)) last = event.target;
    };
    const look = (): void => {
      if (openDialog() && performance.now() < until) return;
      clearInterval(timer);
      timer = undefined;
      if (nowhere() && !openDialog() && last?.isConnected) last.focus({ preventScroll: true });
    };
    const after = (event: Event): void => {
      const leaves = !(event instanceof KeyboardEvent) || event.key === "Escape" || event.key === "Enter";
      if (!leaves || !openDialog()) return;
      until = performance.now() + MOST_MS;
      timer ??= setInterval(look, LOOK_MS);
    };
    document.addEventListener("focusin", remember);
    document.addEventListener("keydown", after, true);
    document.addEventListener("click", after, true);
    return () => {
      document.removeEventListener("focusin", remember);
      document.removeEventListener("keydown", after, true);
      document.removeEventListener("click", after, true);
      clearInterval(timer);
    };
  }, []);
}
