/** The desk's keys as they come: one row a key, for all actions that never stand side by side. A person may change them. Pure. */

export type KeyGroup = "call" | "desk" | "go" | "page";

export interface KeyRow {
  readonly id: string;
  /** As `keyName` gives it: "F2", "?", "Shift+F6", "Ctrl+k", "g d" for two keys one after the other. */
  readonly keys: string;
  readonly group: KeyGroup;
  /** The catalogue keys of the actions that this key does, each in its own state of the call. */
  readonly labels: readonly string[];
}

const row = (group: KeyGroup, id: string, keys: string, ...labels: string[]): KeyRow => ({ id, keys, group, labels });

export const KEY_TABLE: readonly KeyRow[] = [
  row("call", "answer", "F2", "call.answer", "call.take_second", "call.to_second"),
  row("call", "end", "F4", "call.hang_up", "call.refuse", "call.end_consult", "call.leave", "call.withdraw"),
  row("call", "refuse_why", "Shift+F4", "call.refuse_why", "call.refuse_second"),
  row("call", "hold", "F8", "call.hold", "call.resume"),
  row("call", "mute", "F9", "call.mute", "call.unmute"),
  row("call", "consult", "F6", "call.consult", "call.swap"),
  row("call", "transfer", "F7", "call.transfer", "call.complete", "call.extend"),
  row("call", "merge", "Shift+F6", "call.merge"),
  row("call", "recording", "F10", "call.pause_recording", "call.resume_recording"),
  row("call", "finish", "F3", "call.finish", "wrap_up.finish"),
  row("call", "keypad", "k", "call.keypad"),
  row("call", "park", "p", "call.park"),
  row("call", "play", "o", "call.play", "call.stop_playing"),
  row("call", "ask_help", "h", "call.ask_help"),
  row("desk", "dial", "d", "dial.focus"),
  row("desk", "redial", "Shift+F2", "dial.redial"),
  row("desk", "pick_up", "u", "parked.open"),
  row("desk", "pick_up_any", "U", "parked.take_any"),
  row("desk", "knowledge", "s", "articles_key.search"),
  row("desk", "disposition", "e", "closing.choose"),
  row("desk", "note", "w", "wrap_up.note"),
  row("desk", "new", "n", "customer.new", "article_edit.new"),
  row("desk", "book", "b", "bookings.book"),
  row("desk", "accept_work", "a", "work.accept"),
  row("desk", "refuse_work", "A", "work.refuse"),
  row("desk", "new_task", "t", "work.new_task"),
  row("desk", "new_room", "N", "colleagues.new_room"),
  row("desk", "ready", "r", "status.ready"),
  row("go", "go_desk", "g d", "nav.desk"),
  row("go", "go_live", "g l", "nav.live"),
  row("go", "go_later", "g m", "nav.later"),
  row("go", "go_calls", "g o", "nav.calls"),
  row("go", "go_book", "g b", "nav.book"),
  row("go", "go_colleagues", "g t", "nav.colleagues"),
  row("go", "go_history", "g h", "nav.history"),
  row("go", "go_customers", "g c", "nav.customers"),
  row("go", "go_knowledge", "g k", "nav.knowledge"),
  row("go", "go_reports", "g r", "nav.reports"),
  row("go", "go_admin", "g a", "nav.admin"),
  row("page", "palette", "Ctrl+k", "palette.open"),
  row("page", "help", "?", "help.open"),
  row("page", "search", "/", "common.search"),
];

/** Keys that nobody changes: speed dial is one and a digit, and digits choose among several customers. */
const FIXED: readonly KeyRow[] = [
  row("call", "speed_dial", "q 0", "help.speed_dial"),
  ...Array.from({ length: 9 }, (_, at) => row("desk", `match_${at + 1}`, `${at + 1}`, "desk.choose_match")),
];

const byLabel = new Map(KEY_TABLE.flatMap((it) => it.labels.map((label) => [label, it] as const)));
const byKeys = new Map(KEY_TABLE.map((it) => [it.keys, it]));

export const rowOf = (label: string): KeyRow | undefined => byLabel.get(label);

/** What a person has changed: the id of a row to its keys; empty for none. */
export type ChangedKeys = Readonly<Record<string, string>>;

/** The keys in force for an action; `own` where the table does not know it. */
export function keysFor(changed: ChangedKeys, label: string, own: string): string {
  const found = byLabel.get(label) ?? byKeys.get(own);
  return found ? (changed[found.id] ?? found.keys) : own;
}

/** The row, changeable or not, that has these keys already, or begins with them, or whose beginning they are. */
export function takenBy(changed: ChangedKeys, id: string, keys: string): KeyRow | null {
  if (!keys) return null;
  const clash = (it: KeyRow): boolean => {
    const others = changed[it.id] ?? it.keys;
    return others !== "" && (others === keys || others.startsWith(`${keys} `) || keys.startsWith(`${others} `));
  };
  return [...KEY_TABLE, ...FIXED].find((it) => it.id !== id && clash(it)) ?? null;
}
