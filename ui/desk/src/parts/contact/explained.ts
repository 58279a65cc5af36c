/** What the journal says of a decision, with types: the explanation of an offer, and what a queue entry was given. Pure. */

export type Data = Readonly<Record<string, unknown>>;

export const text = (data: Data, name: string): string => {
  const value = data[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
};

const record = (value: unknown): Data => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Data) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const number = (value: unknown): number | null => (typeof value === "number" ? value : null);

const LONGEST_IDLE_SECONDS = 31 * 86_400;
/** An idle time that counts from the last offer has no beginning before the first one. */
const idle = (value: unknown): number | null => {
  const seconds = number(value);
  return seconds !== null && seconds <= LONGEST_IDLE_SECONDS ? seconds : null;
};

export interface Explained {
  readonly rule: string;
  readonly idleSeconds: number | null;
  /** Why the work waited for this person; empty where it did not. */
  readonly wanted: string;
  readonly step: { readonly afterSeconds: number; readonly groups: readonly string[]; readonly need: readonly (readonly [string, number])[] } | null;
  readonly passedOver: readonly (readonly [string, number])[];
  readonly nearest: readonly { readonly agentId: string; readonly idleSeconds: number | null }[];
}

/** The explanation of an offer; null where there is none. */
export function explained(data: Data): Explained | null {
  const told = record(data.explanation);
  if (Object.keys(told).length === 0) return null;
  const step = record(told.step);
  const counts = (value: unknown): [string, number][] => Object.entries(record(value)).flatMap(([key, count]) => (typeof count === "number" ? [[key, count]] : []));
  return {
    rule: text(told, "rule"),
    idleSeconds: idle(told.idle_seconds),
    wanted: text(told, "wanted"),
    step: told.step ? { afterSeconds: number(step.after_seconds) ?? 0, groups: list(step.groups).map(String), need: counts(step.need) } : null,
    passedOver: counts(told.passed_over).sort((a, b) => b[1] - a[1]),
    nearest: list(told.nearest).map((it) => ({ agentId: text(record(it), "agent_id"), idleSeconds: idle(record(it).idle_seconds) })),
  };
}

export interface Entered {
  /** What decided how the contact is treated; a failed hook has its reason behind a colon. */
  readonly notes: readonly { readonly code: string; readonly detail: string }[];
  readonly wanted: readonly { readonly agentId: string; readonly seconds: number; readonly why: string }[];
  readonly headStart: number;
  readonly rank: number;
  readonly needs: readonly (readonly [string, number])[];
}

/** What a queue entry was given. */
export function entered(data: Data): Entered {
  return {
    notes: list(data.notes).map((it) => {
      const [code = "", ...detail] = String(it).split(":");
      return { code, detail: detail.join(":") };
    }),
    wanted: list(data.wanted).map((it) => ({ agentId: text(record(it), "agent_id"), seconds: number(record(it).seconds) ?? 0, why: text(record(it), "why") })),
    headStart: number(data.head_start_seconds) ?? 0,
    rank: number(data.rank) ?? 0,
    needs: Object.entries(record(data.needs)).flatMap(([skill, level]) => (typeof level === "number" ? [[skill, level] as const] : [])),
  };
}
