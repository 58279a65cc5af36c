/** Ready-made texts with what they stand for filled in. Pure. */

export interface Filling {
  readonly customer: string;
  readonly agent: string;
  readonly date: string;
  readonly time: string;
  readonly number: string;
  readonly queue: string;
}

/** The text with its placeholders filled; those that nothing is known of stay empty, unknown ones stay as they are. */
export function filled(text: string, filling: Filling): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in filling ? filling[name as keyof Filling] : whole));
}

/** What is typed after the last slash before the cursor, when it may be the key of a ready-made text. */
export function typedKey(text: string, cursor: number): string | null {
  const found = /(?:^|\s)\/([a-z0-9-]{0,20})$/.exec(text.slice(0, cursor));
  return found ? (found[1] ?? "") : null;
}

export interface Inserted {
  readonly text: string;
  readonly cursor: number;
}

/** The ready-made text in place of the key that was typed, or at the cursor. */
export function inserted(text: string, cursor: number, ready: string): Inserted {
  const key = typedKey(text, cursor);
  const start = key === null ? cursor : cursor - key.length - 1;
  return { text: text.slice(0, start) + ready + text.slice(cursor), cursor: start + ready.length };
}
