/** Saves drafts as they are written, whatever page is open by then: after a pause, and again until the server has them or refuses them. */
import { ApiError } from "@huying/api";
import type { Draft } from "./draft";

/** After this long without a key what was written is saved. */
export const QUIET_MS = 1500;
/** After this long it is tried again, where the server could not be reached. */
export const AGAIN_MS = 4000;

interface AutosaveOptions {
  /** The draft as it is now; null when somebody else saved or dropped it. */
  readonly read: (contactId: string) => Draft | null;
  readonly save: (contactId: string, draft: Draft) => Promise<unknown>;
  readonly onSaved: (contactId: string, draft: Draft) => void;
}

/** Another try would be refused too. Whoever has to log in again finds his draft at the contact. */
const refused = (reason: unknown): boolean => reason instanceof ApiError && reason.status >= 400 && reason.status < 500 && reason.status !== 429;

export class Autosave {
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(private readonly options: AutosaveOptions) {}

  /** The draft of this contact was changed. */
  written(contactId: string): void {
    this.after(QUIET_MS, contactId);
  }

  /** Try what waits at once: the browser is online again. */
  hurry(): void {
    for (const contactId of [...this.timers.keys()]) this.after(0, contactId);
  }

  private after(pause: number, contactId: string): void {
    clearTimeout(this.timers.get(contactId));
    const timer = setTimeout(() => void this.save(contactId, timer), pause);
    this.timers.set(contactId, timer);
  }

  private async save(contactId: string, timer: ReturnType<typeof setTimeout>): Promise<void> {
    const draft = this.options.read(contactId);
    let again = false;
    if (draft) {
      try {
        await this.options.save(contactId, draft);
        this.options.onSaved(contactId, draft);
      } catch (reason) {
        again = !refused(reason);
      }
    }
    // More was written meanwhile: its own turn comes.
    if (this.timers.get(contactId) !== timer) return;
    if (again) this.after(AGAIN_MS, contactId);
    else this.timers.delete(contactId);
  }
}
