/** The one way to the server; tells the app when the session is over. */
import { createRequester } from "@huying/api";
import { learnOffset } from "./clock";

const listeners = new Set<() => void>();

export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellSignedOut(): void {
  for (const listener of listeners) listener();
}

export const request = createRequester({ onClock: learnOffset, onSignedOut: tellSignedOut });

/** `?a=1&b=2` of what is set; empty texts and undefined are left out. */
export function query(values: Readonly<Record<string, string | number | undefined>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== "") params.set(name, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}
