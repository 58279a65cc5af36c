/** What the agent has written of a contact and not yet saved, kept in this browser so that a refresh loses nothing. */

export interface Draft {
  readonly disposition: string;
  readonly note: string;
  /** Only where the agent changed it. */
  readonly followUp?: boolean;
}

const PREFIX = "huying.draft.";
/** Old drafts are cleared away, so that the store does not grow for ever. */
const KEPT = 50;

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

export function readDraft(store: Store, contactId: string): Draft | null {
  const text = store.getItem(PREFIX + contactId);
  if (!text) return null;
  try {
    const value = JSON.parse(text) as Partial<Draft>;
    const followUp = value.followUp === undefined ? {} : { followUp: value.followUp };
    return { disposition: value.disposition ?? "", note: value.note ?? "", ...followUp };
  } catch {
    return null;
  }
}

export function keepDraft(store: Store, contactId: string, draft: Draft, now: number): void {
  store.setItem(PREFIX + contactId, JSON.stringify({ ...draft, at: now }));
  const drafts = Array.from({ length: store.length }, (_, index) => store.key(index) ?? "").filter((key) => key.startsWith(PREFIX));
  if (drafts.length <= KEPT) return;
  const age = (key: string): number => (JSON.parse(store.getItem(key) ?? "{}") as { at?: number }).at ?? 0;
  for (const key of drafts.sort((a, b) => age(a) - age(b)).slice(0, drafts.length - KEPT)) store.removeItem(key);
}

/** Drop it when it is still what was saved; what was written meanwhile stays. */
export function dropSaved(store: Store, contactId: string, saved: Draft): void {
  if (JSON.stringify(readDraft(store, contactId)) === JSON.stringify(saved)) dropDraft(store, contactId);
}

export function dropDraft(store: Store, contactId: string): void {
  store.removeItem(PREFIX + contactId);
}
