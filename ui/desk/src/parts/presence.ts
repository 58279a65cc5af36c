/** Why an agent gets no contacts, how a break stands against its limit, and how much longer after-call work may take. Pure. */
import type { AgentRow } from "@huying/api";

export interface BreakReason {
  readonly code: string;
  readonly most_seconds: number;
}

/** What stands in the way of the next contact. `none`: nothing does. */
export type ObstacleKind = "signed_out" | "on_break" | "unreachable" | "resting" | "no_groups" | "left_all" | "busy" | "none";

export interface Obstacle {
  readonly kind: ObstacleKind;
  /** Of resting: until when, as ISO time. */
  readonly until: string | null;
}

export function obstacleOf(agent: AgentRow, nowMs: number): Obstacle {
  const plain = (kind: ObstacleKind): Obstacle => ({ kind, until: null });
  if (!agent.signed_in) return plain("signed_out");
  if (agent.state !== "idle") return plain("busy");
  if (agent.status === "break") return plain("on_break");
  if (!agent.reachable) return plain("unreachable");
  if (agent.groups.length === 0) return plain("no_groups");
  if (agent.groups.every((it) => agent.left.includes(it))) return plain("left_all");
  if (agent.rests_until && Date.parse(agent.rests_until) > nowMs) return { kind: "resting", until: agent.rests_until };
  return plain("none");
}

/** `soon`: less than a fifth of the time is left, at least half a minute. */
export type BreakTone = "free" | "within" | "soon" | "over";

export interface BreakClock {
  readonly tone: BreakTone;
  readonly seconds: number;
  /** 0 where none is set. */
  readonly limit: number;
}

/** How a break stands now; null for an agent without one. */
export function breakClock(agent: AgentRow, reasons: readonly BreakReason[], nowMs: number): BreakClock | null {
  if (!agent.signed_in || agent.status !== "break" || agent.state !== "idle") return null;
  const since = breakSince(agent);
  const seconds = since ? Math.max(0, (nowMs - Date.parse(since)) / 1000) : 0;
  const limit = reasons.find((it) => it.code === agent.reason)?.most_seconds ?? 0;
  if (limit <= 0) return { tone: "free", seconds, limit: 0 };
  const left = limit - seconds;
  const tone = left < 0 ? "over" : left < Math.max(30, limit / 5) ? "soon" : "within";
  return { tone, seconds, limit };
}

/** A break that was chosen during a contact begins when the contact is over. */
export function breakSince(agent: AgentRow): string | null {
  const [chosen, free] = [agent.status_since, agent.since];
  if (!chosen || !free) return chosen ?? free;
  return Date.parse(chosen) >= Date.parse(free) ? chosen : free;
}

/** Seconds by which after-call work can still be extended; 0 when its longest time is reached. */
export function extensionLeft(agent: AgentRow, mostSeconds: number): number {
  if (agent.state !== "after_call" || !agent.since || !agent.ends_at) return 0;
  return Math.max(0, (Date.parse(agent.since) + mostSeconds * 1000 - Date.parse(agent.ends_at)) / 1000);
}

/** What a lead has done to the agent, as one line of particulars; empty when nothing. */
export interface Steered {
  readonly kind: "status" | "sign_out" | "groups" | "moved";
  readonly by: string;
}

/** What a lead did between two states of the agent. */
export function steeredBetween(before: AgentRow, now: AgentRow): readonly Steered[] {
  const found: Steered[] = [];
  const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((it) => b.includes(it));
  if (now.status_by === "lead" && before.signed_in && !now.signed_in) found.push({ kind: "sign_out", by: now.status_by_name });
  else if (now.status_by === "lead" && (before.status !== now.status || before.reason !== now.reason)) found.push({ kind: "status", by: now.status_by_name });
  if (now.left_by_name && !same(before.left, now.left)) found.push({ kind: "groups", by: now.left_by_name });
  if (now.moved_at && before.moved_at !== now.moved_at) found.push({ kind: "moved", by: now.moved_by_name });
  return found;
}
