/** What would be lost by leaving the page: pages tell of it, and `UnsavedGuard` holds people back. */
import { useEffect } from "react";

let unsaved = 0;

/** Whether anything on the page would be lost by leaving it. */
export const somethingUnsaved = (): boolean => unsaved > 0;

const askBrowser = (event: BeforeUnloadEvent): void => event.preventDefault();

/** Tell that something here is not saved while `dirty`: nobody leaves the page or closes the window unasked. */
export function useUnsaved(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return undefined;
    unsaved += 1;
    window.addEventListener("beforeunload", askBrowser);
    return () => {
      unsaved -= 1;
      if (unsaved === 0) window.removeEventListener("beforeunload", askBrowser);
    };
  }, [dirty]);
}
