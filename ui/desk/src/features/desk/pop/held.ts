/**
 * What is being written of a customer, by contact: it stays on the page when the caller has gone, and is there again when another call
 * or another page came between. Each person's is his own, whoever logs in after him in this window.
 */
import { useSyncExternalStore } from "react";
import type { ShortFields } from "@/parts/customer/input";

export type Writing = "edit" | "new";

export interface Held {
  readonly person: string;
  readonly contactId: string;
  readonly writing: Writing;
  /** As far as it is written. */
  readonly fields: ShortFields | null;
}

let all: readonly Held[] = [];
const listeners = new Set<() => void>();

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The contact to show: the present one, else the one that something is still being written of. */
export const contactToShow = (present: string | null, person: string, held: readonly Held[]): string | null =>
  present ?? held.findLast((it) => it.person === person)?.contactId ?? null;

export const heldOf = (person: string, contactId: string): Held | null => all.find((it) => it.person === person && it.contactId === contactId) ?? null;

/** Begin or end to write; what is written is told by `keepFields`. */
export function write(person: string, contactId: string, writing: Writing | null): void {
  const others = all.filter((it) => it.person !== person || it.contactId !== contactId);
  all = writing ? [...others, { person, contactId, writing, fields: null }] : others;
  for (const listener of listeners) listener();
}

export function keepFields(person: string, contactId: string, fields: ShortFields): void {
  all = all.map((it) => (it.person === person && it.contactId === contactId ? { ...it, fields } : it));
}

export const useHeldContact = (present: string | null, person: string): string | null => useSyncExternalStore(listen, () => contactToShow(present, person, all));

export const useWriting = (person: string, contactId: string): Writing | null => useSyncExternalStore(listen, () => heldOf(person, contactId)?.writing ?? null);
