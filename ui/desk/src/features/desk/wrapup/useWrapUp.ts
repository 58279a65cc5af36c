/** Note and disposition of a contact: the draft, saving it as it is written, and ending the after-call work. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useCommand } from "@/parts/useCommand";
import { commandCall, saveWrapUp } from "@/server/desk";
import type { ClosingInput } from "@/server/work";
import { Autosave } from "./autosave";
import { screenPopKey } from "../pop/useScreenPop";
import { dropSaved, keepDraft, readDraft, type Draft } from "./draft";

export interface WrapUpActions {
  readonly busy: boolean;
  readonly save: () => Promise<boolean>;
  /** Save what is not saved, then end the after-call work. */
  readonly finish: () => void;
}

export const closingOf = (draft: Draft): ClosingInput => ({
  disposition: draft.disposition,
  note: draft.note,
  follow_up: draft.followUp ?? null,
});

export function useWrapUp(contactId: string): WrapUpActions {
  const { run, busy } = useCommand();
  const client = useQueryClient();
  const saveDraft = async (): Promise<void> => {
    const draft = readDraft(localStorage, contactId);
    if (!draft) return;
    await saveWrapUp(contactId, closingOf(draft));
    dropSaved(localStorage, contactId, draft);
    await client.invalidateQueries({ queryKey: screenPopKey(contactId) });
    void client.invalidateQueries({ queryKey: ["contacts"] });
  };
  const finish = async (): Promise<void> => {
    await saveDraft();
    await commandCall(contactId, "finish");
  };
  return { busy, save: () => run(saveDraft, "save"), finish: () => void run(finish, "finish") };
}

const autosave = new Autosave({
  read: (contactId) => readDraft(localStorage, contactId),
  save: (contactId, draft) => saveWrapUp(contactId, closingOf(draft)),
  onSaved: (contactId, draft) => {
    dropSaved(localStorage, contactId, draft);
    for (const listener of listeners) listener();
  },
});
const listeners = new Set<() => void>();
window.addEventListener("online", () => autosave.hurry());

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export interface DraftInHand {
  readonly draft: Draft;
  readonly edit: (change: Partial<Draft>) => void;
  /** Whether the server has what was written. */
  readonly kept: boolean;
  /** The box says again what the server has. */
  readonly forgetFollowUp: () => void;
}

/** The draft as the panel edits it; `saved` is what the server has. What is written is saved by itself, also after the panel has gone. */
export function useDraft(contactId: string, saved: Draft): DraftInHand {
  const [edited, setEdited] = useState<Draft | null>(() => readDraft(localStorage, contactId));
  const kept = useSyncExternalStore(listen, () => readDraft(localStorage, contactId) === null);
  const draft = edited ?? saved;
  // What an earlier page had no time to save.
  useEffect(() => {
    if (readDraft(localStorage, contactId)) autosave.written(contactId);
  }, [contactId]);
  const edit = (change: Partial<Draft>): void => {
    const next = { ...draft, ...change };
    setEdited(next);
    keepDraft(localStorage, contactId, next, Date.now());
    autosave.written(contactId);
  };
  const forgetFollowUp = (): void => setEdited((it) => it && { disposition: it.disposition, note: it.note });
  return { draft, edit, kept, forgetFollowUp };
}
