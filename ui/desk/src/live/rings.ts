/** Marks the moment at which a contact came to this agent, so that it can be measured how soon its customer is on the screen. */
import type { Rows } from "@huying/api";

const PREFIX = "contact:";

/** The contacts that a change brought. Pure. */
export function newContacts(before: Rows, after: Rows): readonly string[] {
  return Object.keys(after)
    .filter((key) => key.startsWith(PREFIX) && !(key in before))
    .map((key) => key.slice(PREFIX.length));
}

export function markRings(before: Rows, after: Rows): void {
  for (const contactId of newContacts(before, after)) performance.mark(`huying:ring:${contactId}`);
}
