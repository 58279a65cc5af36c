/** A queue as it is being edited, and what of it is to be sent. Pure. */
import type { Queue, QueueChange } from "@huying/api";
import { same } from "../changes/differences";
import { CODE } from "../names";

export type QueueDraft = Omit<Queue, "id" | "problems">;
export type Deed = Queue["keys"][string];
export type Occasion = "closed" | "full" | "blocked" | "nobody" | "timeout";

export const STRATEGIES = ["longest_idle", "ring_all", "round_robin", "fewest_contacts", "least_talk", "highest_level", "weighted_random"] as const;
export const OCCASIONS: readonly Occasion[] = ["closed", "full", "blocked", "nobody", "timeout"];
export const DEEDS = ["overflow", "voicemail", "callback", "forward", "menu", "goodbye"] as const;
export const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "*", "#"] as const;
/** Deeds that need to be told where to. */
export const NEEDS_TARGET: ReadonlySet<string> = new Set(["overflow", "forward", "menu"]);

/** A new queue, with what the server would take where nothing is said. */
export const NEW_QUEUE: QueueDraft = {
  code: "",
  name: {},
  position: 0,
  active: true,
  strategy: "longest_idle",
  idle_from: "handled",
  groups: [],
  requirements: "",
  priority: 0,
  offer_seconds: 20,
  after_call_seconds: 30,
  after_call_most_seconds: 600,
  short_abandon_seconds: 5,
  service_level_seconds: 20,
  target_percent: 80,
  service_level_kind: "SL1",
  announcements: { every_seconds: 30, place: true, people: false, estimate: true, own_wait: false },
  consequence: { misses: 1, refusals: 1, rest_seconds: 5 },
  door: { most_waiting: 0, most_seconds: 0, refuse_when_nobody: false, actions: {} },
  keys: {},
  schedule_id: null,
  overflow_keeps_wait: true,
  last_agent_days: 0,
  last_agent_wait_seconds: 0,
  language_level: 0,
  record: true,
  internal_number: "",
};

export function draftOf(queue: Queue): QueueDraft {
  const own: readonly string[] = ["id", "problems"];
  return Object.fromEntries(Object.entries(queue).filter(([name]) => !own.includes(name))) as QueueDraft;
}

/** The fields that differ, as the server takes them. The code of a queue is given once. */
export function patchOf(base: QueueDraft, draft: QueueDraft): QueueChange {
  const names = (Object.keys(draft) as (keyof QueueDraft)[]).filter((name) => name !== "code" && !same(base[name], draft[name]));
  return Object.fromEntries(names.map((name) => [name, draft[name]]));
}

/** A deed's part in a set of deeds; null takes it away. */
export function withDeed<Key extends string>(deeds: Readonly<Partial<Record<Key, Deed>>>, key: Key, deed: Deed | null): Partial<Record<Key, Deed>> {
  const others = Object.entries(deeds).filter(([name]) => name !== key);
  return Object.fromEntries(deed ? [...others, [key, deed]] : others) as Partial<Record<Key, Deed>>;
}

export type Tab = "basics" | "offers" | "waiting" | "rules" | "targets" | "last_agent";

export interface Missing {
  readonly tab: Tab;
  /** Key of the catalogue. */
  readonly text: string;
}

/** What must be filled in before this can be saved. */
export function missingIn(draft: QueueDraft): Missing[] {
  const found: Missing[] = [];
  if (!draft.name["zh-CN"]?.trim() || !draft.name.en?.trim()) found.push({ tab: "basics", text: "queues.missing_name" });
  if (!CODE.test(draft.code)) found.push({ tab: "basics", text: "queue.code_hint" });
  const deeds = [...Object.values(draft.keys), ...Object.values(draft.door.actions ?? {})];
  if (deeds.some((it) => NEEDS_TARGET.has(it.do) && !it.target)) found.push({ tab: "waiting", text: "queues.missing_target" });
  return found;
}
