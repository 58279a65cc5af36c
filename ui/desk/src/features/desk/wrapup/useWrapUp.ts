/** Note and disposition of a contact: the draft, saving it as it is written, and ending the after-call work. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useCommand } from "@/parts/useCommand";
import { commandCall, saveWrapUp } from "@/server/desk";
import type { ClosingInput } from "@/server/work";
import { screenPopKey } from "../pop/useScreenPop";
import { dropSaved, keepDraft, readDraft, type Draft } from "./draft";

/** After this long without a key what was written is saved. */
const QUIET_MS = 1500;

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

/** Save the draft once nothing was written for a while. What cannot be saved stays in this browser and is tried again with the next key. */
export function useAutosave(contactId: string, draft: Draft, kept: boolean, onKept: () => void): void {
  const text = JSON.stringify(draft);
  useEffect(() => {
    if (kept) return undefined;
    const timer = setTimeout(() => {
      const saved = JSON.parse(text) as Draft;
      saveWrapUp(contactId, closingOf(saved)).then(
        () => {
          dropSaved(localStorage, contactId, saved);
          onKept();
        },
        () => undefined,
      );
    }, QUIET_MS);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what to do afterwards is no reason to save again
  }, [contactId, text, kept]);
}

export interface DraftInHand {
  readonly draft: Draft;
  readonly edit: (change: Partial<Draft>) => void;
  /** The box says again what the server has. */
  readonly forgetFollowUp: () => void;
}

/** The draft as the panel edits it; `saved` is what the server has. */
export function useDraft(contactId: string, saved: Draft): DraftInHand {
  const [edited, setEdited] = useState<Draft | null>(() => readDraft(localStorage, contactId));
  const draft = edited ?? saved;
  const edit = (change: Partial<Draft>): void => {
    const next = { ...draft, ...change };
    setEdited(next);
    keepDraft(localStorage, contactId, next, Date.now());
  };
  const forgetFollowUp = (): void => setEdited((it) => it && { disposition: it.disposition, note: it.note });
  return { draft, edit, forgetFollowUp };
}
