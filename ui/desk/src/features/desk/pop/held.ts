/** Keeps a contact on the page while something is being written of it, also when the caller has gone. */
import { useEffect, useSyncExternalStore } from "react";

let held: string | null = null;
const listeners = new Set<() => void>();

function hold(contactId: string | null): void {
  held = contactId;
  for (const listener of listeners) listener();
}

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The contact to show: the present one, else the one that something is still being written of. */
export function useHeldContact(present: string | null): string | null {
  const kept = useSyncExternalStore(listen, () => held);
  return present ?? kept;
}

/** Hold this contact on the page while `writing`. */
export function useHold(contactId: string, writing: boolean): void {
  useEffect(() => {
    if (!writing) return undefined;
    hold(contactId);
    return () => {
      if (held === contactId) hold(null);
    };
  }, [contactId, writing]);
}
