/** Which targets a typed text finds, in which order, and what a typed number belongs to. Pure. */
import type { AddressEntry, Customer, Directory, DirectoryRow, OwnTarget, QueueRow } from "@huying/api";

export type TargetKind = "agent" | "queue" | "flow" | "number" | "mailbox";

/** Where a call goes: an id for all kinds but a number. `label` is what people call it. */
export interface CallTarget {
  readonly kind: TargetKind;
  readonly id: string | null;
  readonly number: string | null;
  readonly label: string;
}

export interface TargetRow {
  readonly target: CallTarget;
  /** Extension, number, firm. */
  readonly detail: string;
  readonly agent: DirectoryRow | null;
  readonly queue: Pick<QueueRow, "waiting" | "ready" | "signed_in"> | null;
  readonly favourite: boolean;
  readonly key: number | null;
}

export type SectionName = "dial" | "keys" | "favourites" | "recent" | "queues" | "colleagues" | "entries" | "customers" | "flows";
export interface Section {
  readonly name: SectionName;
  readonly rows: readonly TargetRow[];
}

export interface Known {
  readonly directory: Directory;
  readonly agents: readonly DirectoryRow[];
  readonly queues: readonly QueueRow[];
  readonly own: readonly OwnTarget[];
  readonly entries: readonly AddressEntry[];
  readonly customers: readonly Customer[];
  /** A name in the reader's language. */
  readonly local: (name: Readonly<Record<string, string>>) => string;
  /** The reader himself, who is no target. */
  readonly me: string;
}

const MOST = 50;

/** The digits of what may be a number, with + in front where it was typed; null for what no telephone can dial. */
export function typedNumber(text: string): string | null {
  const plain = text.trim().replace(/[\s().\-/\u00a0]/g, "");
  return /^\+?[\d*#]{2,32}$/.test(plain) ? plain : null;
}

/** Whether two ways to write a number may mean the same: the shorter one's last seven digits or more are the end of the other. */
export function sameNumber(one: string, other: string): boolean {
  const [a, b] = [one.replace(/\D/g, "").replace(/^0+/, ""), other.replace(/\D/g, "").replace(/^0+/, "")];
  if (a === b) return a !== "";
  return Math.min(a.length, b.length) >= 7 && (a.endsWith(b) || b.endsWith(a));
}

/** Every word is found. */
export const found = (search: string, typed: string): boolean => typed.toLowerCase().split(/\s+/).every((word) => search.includes(word));

const keyOf = (target: Pick<CallTarget, "kind" | "id" | "number">): string => `${target.kind}:${target.id || target.number || ""}`;

/** Those who can answer now first, then who is busy, then on a break, then away. */
export function readiness(agent: DirectoryRow | null): number {
  if (!agent?.signed_in) return 3;
  if (agent.state !== "idle") return 1;
  return agent.status === "ready" && agent.reachable ? 0 : 2;
}

class Rows {
  private readonly kept: ReadonlyMap<string, OwnTarget>;
  private readonly agents: ReadonlyMap<string, DirectoryRow>;
  private readonly queues: ReadonlyMap<string, QueueRow>;

  constructor(private readonly known: Known) {
    this.kept = new Map(known.own.map((it) => [keyOf(it), it]));
    this.agents = new Map(known.agents.map((it) => [it.agent_id, it]));
    this.queues = new Map(known.queues.map((it) => [it.queue_id, it]));
  }

  row(kind: TargetKind, key: string, label: string, detail = ""): TargetRow {
    const target: CallTarget = { kind, id: kind === "number" ? null : key, number: kind === "number" ? key : null, label };
    const kept = this.kept.get(keyOf(target));
    return {
      target,
      detail,
      agent: kind === "agent" ? (this.agents.get(key) ?? null) : null,
      queue: kind === "queue" ? (this.queues.get(key) ?? null) : null,
      favourite: kept?.favourite ?? false,
      key: kept?.key ?? null,
    };
  }

  colleagues(typed: string): TargetRow[] {
    const { directory, me } = this.known;
    return directory.colleagues
      .filter((it) => it.id !== me && (!typed || found(it.search, typed)))
      .map((it) => this.row("agent", it.id, it.name, it.extension))
      .sort((a, b) => Number(b.detail === typed) - Number(a.detail === typed) || readiness(a.agent) - readiness(b.agent) || a.detail.localeCompare(b.detail));
  }

  places(kind: "queue" | "flow", typed: string): TargetRow[] {
    const { directory, local } = this.known;
    return (kind === "queue" ? directory.queues : directory.flows).filter((it) => !typed || found(it.search, typed)).map((it) => this.row(kind, it.id, local(it.name), it.number));
  }

  entries(): TargetRow[] {
    return this.known.entries.flatMap((it) => [it.number, it.other_number].filter(Boolean).map((number) => this.row("number", number, it.name, it.organisation)));
  }

  customers(): TargetRow[] {
    return this.known.customers.flatMap((it) => it.numbers.map((one) => this.row("number", one.number, it.name, it.company?.name)));
  }

  /** A person's own targets under the names they have now; what is gone is left out. */
  own(chosen: readonly OwnTarget[]): TargetRow[] {
    const { directory, local } = this.known;
    return chosen.flatMap((it) => {
      if (it.kind === "number") return [this.row("number", it.number, it.label || it.number)];
      const agent = directory.colleagues.find((one) => one.id === it.id);
      const place = [...directory.queues, ...directory.flows].find((one) => one.id === it.id);
      if (!agent && !place) return [];
      return [this.row(it.kind, it.id, agent ? agent.name : place ? local(place.name) : it.label, agent?.extension ?? place?.number)];
    });
  }
}

/** What a typed number belongs to: a colleague by extension, an entry or a customer by number; empty when nobody is known. */
export function nameOfNumber(number: string, known: Pick<Known, "directory" | "entries" | "customers">): string {
  const agent = known.directory.colleagues.find((it) => it.extension === number);
  if (agent) return agent.name;
  const entry = known.entries.find((it) => sameNumber(it.number, number) || sameNumber(it.other_number, number));
  if (entry) return entry.name;
  return known.customers.find((it) => it.numbers.some((one) => sameNumber(one.number, number)))?.name ?? "";
}

/** The list under the field: without text one's own targets, queues and colleagues; with text what it finds. */
export function sectionsOf(typed: string, known: Known, kinds: ReadonlySet<TargetKind>): Section[] {
  const rows = new Rows(known);
  const text = typed.trim();
  const all: Section[] = [];
  const add = (name: SectionName, found: readonly TargetRow[]): void => {
    const wanted = found.filter((it) => kinds.has(it.target.kind)).slice(0, MOST);
    if (wanted.length > 0) all.push({ name, rows: wanted });
  };
  if (!text) {
    add("favourites", rows.own(known.own.filter((it) => it.favourite || it.key !== null)));
    add("recent", rows.own(known.own.filter((it) => it.used_at !== null && !it.favourite && it.key === null).slice(0, 8)));
    add("queues", rows.places("queue", ""));
    add("colleagues", rows.colleagues(""));
    add("flows", rows.places("flow", ""));
    return all;
  }
  const number = typedNumber(text);
  const exact = number ? known.directory.colleagues.some((it) => it.extension === number && it.id !== known.me) : false;
  const dial = number && !exact ? [rows.row("number", number, nameOfNumber(number, known) || number, "")] : [];
  if (number && exact) add("colleagues", rows.colleagues(number));
  add("dial", dial);
  if (!exact) add("colleagues", rows.colleagues(text));
  add("queues", rows.places("queue", text));
  add("entries", rows.entries());
  add("customers", rows.customers());
  add("flows", rows.places("flow", text));
  return all;
}
