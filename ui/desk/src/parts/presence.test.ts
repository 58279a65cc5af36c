import type { AgentRow } from "@huying/api";
import { describe, expect, it } from "vitest";
import { breakClock, breakSince, extensionLeft, obstacleOf, steeredBetween } from "./presence";

const NOW = Date.parse("2026-05-01T08:00:00Z");
const at = (seconds: number): string => new Date(NOW + seconds * 1000).toISOString();
const READY: AgentRow = {
  agent_id: "a", name: "A", extension: "1", signed_in: true, status: "ready", reason: "", status_by: "self", status_by_name: "", state: "idle",
  since: at(-60), status_since: at(-60), contact_id: null, queue_id: null, ends_at: null, reachable: true, not_disturbed: false, account: "x", queues: ["q"],
  groups: ["g1", "g2"], left: [], left_by_name: "", moved_by_name: "", moved_at: null, works: [], missed: [], rests_until: null,
};
const agent = (change: Partial<AgentRow>): AgentRow => ({ ...READY, ...change });

describe("why an agent gets no contacts", () => {
  const kind = (change: Partial<AgentRow>): string => obstacleOf(agent(change), NOW).kind;
  it("says the first thing that stands in the way", () => {
    expect(kind({})).toBe("none");
    expect(kind({ signed_in: false })).toBe("signed_out");
    expect(kind({ state: "talking", status: "break" })).toBe("busy");
    expect(kind({ status: "break", reachable: false })).toBe("on_break");
    expect(kind({ reachable: false })).toBe("unreachable");
    expect(kind({ groups: [] })).toBe("no_groups");
    expect(kind({ left: ["g2", "g1"] })).toBe("left_all");
    expect(kind({ left: ["g2"] })).toBe("none");
  });
  it("rests until its time and no longer", () => {
    expect(obstacleOf(agent({ rests_until: at(5) }), NOW)).toEqual({ kind: "resting", until: at(5) });
    expect(kind({ rests_until: at(-1) })).toBe("none");
  });
});

describe("a break", () => {
  const reasons = [{ code: "rest", most_seconds: 600 }, { code: "meeting", most_seconds: 0 }];
  const tone = (seconds: number, reason = "rest"): string | undefined =>
    breakClock(agent({ status: "break", reason, status_since: at(-seconds), since: at(-9000) }), reasons, NOW)?.tone;
  it("turns to a warning and over its limit", () => {
    expect([tone(60), tone(481), tone(600), tone(601), tone(9000, "meeting"), tone(5, "unknown")]).toEqual(["within", "soon", "soon", "over", "free", "free"]);
  });
  it("begins when the contact before it is over", () => {
    expect(breakSince(agent({ status_since: at(-90), since: at(-30) }))).toBe(at(-30));
    expect(breakSince(agent({ status_since: at(-9), since: at(-30) }))).toBe(at(-9));
  });
  it("is nothing of an agent who talks or is ready", () => {
    expect(breakClock(agent({ status: "break", reason: "rest", state: "talking" }), reasons, NOW)).toBeNull();
    expect(breakClock(READY, reasons, NOW)).toBeNull();
  });
});

describe("after-call work", () => {
  const work = (ends: number): AgentRow => agent({ state: "after_call", since: at(-30), ends_at: at(ends) });
  it("can be extended up to the queue's longest time", () => {
    expect(extensionLeft(work(30), 600)).toBe(540);
    expect(extensionLeft(work(570), 600)).toBe(0);
    expect(extensionLeft(work(600), 600)).toBe(0);
    expect(extensionLeft(READY, 600)).toBe(0);
  });
});

describe("what a lead did", () => {
  const lead = { status_by: "lead", status_by_name: "Li" } as const;
  const kinds = (before: Partial<AgentRow>, now: Partial<AgentRow>): string[] => steeredBetween(agent(before), agent(now)).map((it) => `${it.kind} ${it.by}`);
  it("is told once, with the name", () => {
    expect(kinds({}, { ...lead, status: "break", reason: "rest" })).toEqual(["status Li"]);
    expect(kinds({ ...lead, status: "break", reason: "rest" }, { ...lead, status: "break", reason: "rest", reachable: false })).toEqual([]);
    expect(kinds({}, { ...lead, signed_in: false, status: "" })).toEqual(["sign_out Li"]);
    expect(kinds({}, { left: ["g1"], left_by_name: "Li" })).toEqual(["groups Li"]);
    expect(kinds({}, { moved_at: at(0), moved_by_name: "Li" })).toEqual(["moved Li"]);
  });
  it("is not what one does oneself", () => {
    expect(kinds({}, { status: "break", reason: "rest" })).toEqual([]);
    expect(kinds({}, { left: ["g1"] })).toEqual([]);
  });
});
