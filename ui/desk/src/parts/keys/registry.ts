/** What can be done now, with or without a key: whoever is on the screen adds its actions; keys, help and palette read them. */
import { keysFor, rowOf, type ChangedKeys, type KeyGroup } from "./table";

export interface Action {
  /** Key of the catalogue. */
  readonly label: string;
  /** What stands for {{…}} in the label. */
  readonly values: Readonly<Record<string, string>> | undefined;
  /** The keys it asks for where the table does not know it; empty for none. */
  readonly own: string;
  readonly group: KeyGroup;
  readonly run: () => void;
}

export interface ShownAction extends Action {
  readonly keys: string;
}

const CHORD_MS = 1500;

export class ActionRegistry {
  private actions: readonly Action[] = [];
  private shown: readonly ShownAction[] = [];
  private changed: ChangedKeys = {};
  private readonly listeners = new Set<() => void>();
  private pending = "";
  private pendingAt = 0;

  add(action: Action): () => void {
    this.actions = [...this.actions, action];
    this.tell();
    return () => {
      this.actions = this.actions.filter((it) => it !== action);
      this.tell();
    };
  }

  /** Use a person's own keys from now on. */
  change(changed: ChangedKeys): void {
    this.changed = changed;
    this.tell();
  }

  readonly list = (): readonly ShownAction[] => this.shown;

  readonly changedKeys = (): ChangedKeys => this.changed;

  readonly listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** True when the key belongs to an action and was used. */
  press(key: string, at: number): boolean {
    const chord = at - this.pendingAt < CHORD_MS && this.pending ? `${this.pending} ${key}` : key;
    this.pending = "";
    const found = this.shown.findLast((it) => it.keys === chord);
    if (found) {
      found.run();
      return true;
    }
    if (this.shown.some((it) => it.keys.startsWith(`${key} `))) {
      this.pending = key;
      this.pendingAt = at;
    }
    return false;
  }

  private tell(): void {
    this.shown = this.actions.map((it) => ({ ...it, keys: keysFor(this.changed, it.label, it.own) }));
    for (const listener of this.listeners) listener();
  }
}

export const groupOf = (label: string): KeyGroup => rowOf(label)?.group ?? "page";
