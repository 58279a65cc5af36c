/** Note and disposition of a contact: the draft, saving it, and ending the after-call work. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useCommand } from "@/parts/useCommand";
import { commandCall, saveWrapUp } from "@/server/desk";
import { screenPopKey } from "../pop/useScreenPop";
import { dropDraft, keepDraft, readDraft, type Draft } from "./draft";

export interface WrapUpActions {
  readonly busy: boolean;
  readonly save: () => Promise<boolean>;
  /** Save what is not saved, then end the after-call work. */
  readonly finish: () => void;
}

export function useWrapUp(contactId: string): WrapUpActions {
  const { run, busy } = useCommand();
  const client = useQueryClient();
  const saveDraft = async (): Promise<void> => {
    const draft = readDraft(localStorage, contactId);
    if (!draft) return;
    await saveWrapUp(contactId, draft.disposition, draft.note, draft.followUp ?? null);
    dropDraft(localStorage, contactId);
    await client.invalidateQueries({ queryKey: screenPopKey(contactId) });
    void client.invalidateQueries({ queryKey: ["contacts"] });
  };
  const finish = async (): Promise<void> => {
    await saveDraft();
    await commandCall(contactId, "finish");
  };
  return { busy, save: () => run(saveDraft), finish: () => void run(finish) };
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
