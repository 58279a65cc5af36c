/** The one way to the server; tells the app when the session is over. */
import { createApi } from "@huying/api";
import { learnOffset } from "./clock";

const listeners = new Set<() => void>();

export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const api = createApi({
  onClock: learnOffset,
  onSignedOut: () => {
    for (const listener of listeners) listener();
  },
});
