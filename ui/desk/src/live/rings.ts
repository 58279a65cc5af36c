/** Which contacts have come to this agent; the moment is marked, so that it can be measured how soon the customer is on the screen. */
import type { Rows } from "@huying/api";

const PREFIX = "contact:";

/** The contacts that a change brought, with their rows. Pure. */
export function newContacts(before: Rows, after: Rows): readonly (readonly [string, unknown])[] {
  return Object.entries(after)
    .filter(([key]) => key.startsWith(PREFIX) && !(key in before))
    .map(([key, row]) => [key.slice(PREFIX.length), row]);
}

export const markRing = (contactId: string): unknown => performance.mark(`huying:ring:${contactId}`);
