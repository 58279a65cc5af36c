import type { AgentRow, ConsultRow, ContactRow, PartyRow } from "@huying/api";
import { describe, expect, it } from "vitest";
import { callView, customerHears, isConference, limitSeconds, secondCall } from "./callView";
import { AGAIN_MS, isLeftOver, rejoinDelay, SETTLE_MS, type RejoinFacts } from "./rejoin";

const agent = (change: Partial<AgentRow>): AgentRow => ({
  agent_id: "a1",
  name: "Li",
  extension: "8001",
  signed_in: true,
  status: "ready",
  reason: "",
  status_by: "self",
  status_by_name: "",
  state: "idle",
  since: "2026-01-01T00:00:00Z",
  status_since: null,
  contact_id: null,
  queue_id: null,
  ends_at: null,
  reachable: true,
  not_disturbed: false,
  account: "x",
  groups: [],
  left: [],
  left_by_name: "",
  moved_by_name: "",
  moved_at: null,
  works: [],
  missed: [],
  rests_until: null,
  queues: [],
  ...change,
});
const contact = (change: Partial<ContactRow>): ContactRow => ({
  contact_id: "c1",
  channel: "phone",
  direction: "inbound",
  entry_point: "4008",
  customer_id: null,
  language: "zh-CN",
  state: "waiting",
  entered_at: "2026-01-01T00:00:00Z",
  since: "2026-01-01T00:00:00Z",
  node: "",
  queue_id: "q1",
  entry_id: "e1",
  waiting_since: "2026-01-01T00:00:05Z",
  place: 1,
  agent_id: null,
  segment_id: null,
  talk_since: null,
  offer: null,
  muted: false,
  recording: null,
  ...change,
});

describe("the caller of a colleague", () => {
  const dial = { agent_id: "a1", called_id: "a2", stage: "over" } as const;
  const party = (id: string, agentId: string, state: PartyRow["state"], muted = false): PartyRow => ({ party_id: id, kind: "agent", agent_id: agentId, state, since: "2026-01-01T00:00:09Z", muted });
  const me = agent({ state: "talking", contact_id: "c1" });
  it("dials while it rings there", () => {
    const row = contact({ direction: "internal", state: "ringing", agent_id: "a1", dial, parties: [party("r1", "a2", "ringing")] });
    expect(callView(me, [row]).phase).toBe("dialling");
    expect(callView(agent({ agent_id: "a2", state: "ringing", contact_id: "c1" }), [row]).phase).toBe("ringing");
  });
  it("holds, is muted and is lost as every agent", () => {
    const row = (state: PartyRow["state"], muted = false): ContactRow =>
      contact({ direction: "internal", state: "talking", agent_id: "a2", segment_id: "s1", dial, parties: [party("customer", "a1", state, muted), party("s1", "a2", "talking")] });
    expect(callView(me, [row("held")])).toMatchObject({ phase: "holding", muted: false });
    expect(customerHears(callView(me, [row("held")]))).toBe("music");
    expect(callView(me, [row("talking", true)])).toMatchObject({ phase: "talking", muted: true });
    expect(callView(me, [row("lost")]).phase).toBe("lost");
    expect(isConference(callView(me, [row("talking")]))).toBe(false);
  });
});

describe("a lead who hears a call", () => {
  const lead = agent({ agent_id: "a2", state: "talking", contact_id: "c1" });
  const heard = (state: "ringing" | "talking"): ContactRow =>
    contact({
      state: "talking",
      agent_id: "a1",
      segment_id: "s1",
      parties: [{ party_id: "customer", kind: "customer", agent_id: null, state: "talking", since: "2026-01-01T00:00:09Z" }],
      monitors: [{ monitor_id: "m", agent_id: "a2", target_id: "a1", mode: "listen", state, since: "2026-01-01T00:00:10Z" }],
    });
  it("is connected without ringing, and has nobody with him", () => {
    expect(callView(agent({ agent_id: "a2" }), [heard("ringing")]).phase).toBe("dialling");
    expect(callView(lead, [heard("talking")])).toMatchObject({ phase: "talking", contactId: "c1", others: [], since: "2026-01-01T00:00:10Z", monitor: { mode: "listen" } });
  });
  it("is no part of the agent's call", () => {
    const view = callView(agent({ state: "talking", contact_id: "c1" }), [heard("talking")]);
    expect(view).toMatchObject({ phase: "talking", monitor: null });
    expect(isConference(view)).toBe(false);
  });
});

describe("two calls", () => {
  const party = (state: PartyRow["state"]): PartyRow => ({ party_id: "p", kind: "agent", agent_id: "a1", state, since: "2026-01-01T00:00:09Z" });
  const first = (state: ContactRow["state"]): ContactRow => contact({ contact_id: "c1", state, agent_id: "a1", segment_id: "s1" });
  const second = (state: PartyRow["state"]): ContactRow =>
    contact({ contact_id: "c2", direction: "internal", state: state === "ringing" ? "ringing" : "talking", agent_id: state === "ringing" ? "a2" : "a1", segment_id: state === "ringing" ? null : "s2", parties: [party(state)] });
  const me = agent({ state: "talking", contact_id: "c1" });
  it("shows the one that is heard, and the one that rings beside it", () => {
    const rows = [second("ringing"), first("talking")];
    expect(callView(me, rows)).toMatchObject({ contactId: "c1", phase: "talking" });
    expect(secondCall(me, rows)).toMatchObject({ contactId: "c2", phase: "ringing" });
    expect(secondCall(me, [first("talking")])).toBeNull();
  });
  it("shows the held one as the second", () => {
    const rows = [first("holding"), second("talking")];
    expect(callView(me, rows)).toMatchObject({ contactId: "c2", phase: "talking" });
    expect(secondCall(me, rows)).toMatchObject({ contactId: "c1", phase: "holding" });
  });
});

describe("callView", () => {
  it("shows nothing when there is no call", () => {
    expect(callView(null, []).phase).toBe("none");
    expect(callView(agent({}), []).phase).toBe("none");
  });

  it("rings with the offer's end", () => {
    const offer = { offer_id: "o", agent_id: "a1", expires_at: "2026-01-01T00:00:25Z" };
    const view = callView(agent({ state: "ringing", contact_id: "c1" }), [contact({ state: "ringing", offer })]);
    expect(view).toMatchObject({ phase: "ringing", contactId: "c1", endsAt: offer.expires_at, since: "2026-01-01T00:00:05Z" });
  });

  it("does not ring for an offer to somebody else", () => {
    const offer = { offer_id: "o", agent_id: "a2", expires_at: "2026-01-01T00:00:25Z" };
    expect(callView(agent({}), [contact({ state: "ringing", offer })]).phase).toBe("none");
  });

  it("talks, holds, is lost; knows mute and recording", () => {
    const talking = { state: "talking", agent_id: "a1", segment_id: "s", talk_since: "2026-01-01T00:01:00Z" } as const;
    const on = callView(agent({ state: "talking" }), [contact({ ...talking, muted: true, recording: { recording_id: "r", paused: true } })]);
    expect(on).toMatchObject({ phase: "talking", muted: true, recording: "paused", since: "2026-01-01T00:01:00Z" });
    expect(callView(agent({ state: "holding" }), [contact({ ...talking, state: "holding" })]).phase).toBe("holding");
    expect(callView(agent({ state: "talking" }), [contact({ ...talking, state: "lost_agent" })]).phase).toBe("lost");
  });

  it("keeps the contact in after-call work although its row is gone", () => {
    const view = callView(agent({ state: "after_call", contact_id: "c9", ends_at: "2026-01-01T00:03:00Z" }), []);
    expect(view).toMatchObject({ phase: "after_call", contactId: "c9", contact: null, endsAt: "2026-01-01T00:03:00Z" });
  });
});

describe("callView with several people", () => {
  const since = "2026-01-01T00:02:00Z";
  const party = (party_id: string, agent_id: string | null, state: PartyRow["state"]): PartyRow => ({ party_id, kind: agent_id ? "agent" : "customer", agent_id, state, since });
  const consult: ConsultRow = { consult_id: "x", agent_id: "a1", kind: "agent", target_id: "a2", party_agent_id: "a2", state: "talking", focus: "consult", since };
  const talking = { state: "talking", agent_id: "a1", segment_id: "s" } as const;

  it("knows whom I ask, and that the customer hears music meanwhile", () => {
    const view = callView(agent({ state: "talking" }), [contact({ ...talking, consult, parties: [party("c", null, "held"), party("s", "a1", "consulting")] })]);
    expect(view).toMatchObject({ phase: "talking", consulted: false, consult: { target_id: "a2" } });
    expect(customerHears(view)).toBe("music");
    expect(isConference(view)).toBe(false);
  });

  it("is the asked one's call, ringing and talking, without the customer", () => {
    const row = contact({ ...talking, consult: { ...consult, state: "ringing" } });
    expect(callView(agent({ agent_id: "a2", state: "ringing" }), [row])).toMatchObject({ phase: "ringing", rings: "consult" });
    const answered = callView(agent({ agent_id: "a2", state: "talking" }), [contact({ ...talking, consult })]);
    expect(answered).toMatchObject({ phase: "talking", consulted: true, consult: null });
    const waits = callView(agent({ agent_id: "a2" }), [contact({ ...talking, consult: { ...consult, focus: "customer" } })]);
    expect(waits.phase).toBe("holding");
  });

  it("is a conference for each agent in it, each with his own silence", () => {
    const parties = [party("c", null, "talking"), party("s", "a1", "talking"), { ...party("s2", "a2", "talking"), muted: true }];
    const second = callView(agent({ agent_id: "a2" }), [contact({ ...talking, parties })]);
    expect(second).toMatchObject({ phase: "talking", muted: true, since });
    expect(isConference(second)).toBe(true);
    expect(second.others.map((it) => it.party_id)).toEqual(["c", "s"]);
  });

  it("is no conference any longer for whoever left it", () => {
    const parties = [party("c", null, "talking"), party("s2", "a2", "talking")];
    const view = callView(agent({ state: "after_call", contact_id: "c1" }), [contact({ ...talking, agent_id: "a2", contact_id: "c1", parties })]);
    expect(view).toMatchObject({ phase: "after_call", others: [] });
  });

  it("warns before a limit", () => {
    const row = contact({ ...talking, limit_at: since });
    expect(limitSeconds(row, Date.parse(since) - 61_000)).toBeNull();
    expect(limitSeconds(row, Date.parse(since) - 30_000)).toBe(30);
    expect(limitSeconds(row, Date.parse(since) + 5_000)).toBe(0);
  });

  it("rings for one of several that are asked at a time", () => {
    const offers = ["a2", "a1"].map((agent_id) => ({ offer_id: agent_id, agent_id, expires_at: since }));
    expect(callView(agent({ state: "ringing" }), [contact({ state: "ringing", offers, offer: offers[0] ?? null })])).toMatchObject({ phase: "ringing", endsAt: since, rings: "offer" });
  });
});

describe("rejoin", () => {
  const facts: RejoinFacts = { phase: "talking", feedOpen: true, registered: true, hasSession: false, sessionEndedAt: 0, askedAt: 0 };

  it("asks at once after a refresh", () => expect(rejoinDelay(facts, 1000)).toBe(0));

  it("asks nothing while something is missing or all is well", () => {
    for (const change of [{ phase: "none" }, { phase: "ringing" }, { phase: "after_call" }, { feedOpen: false }, { registered: false }, { hasSession: true }] as const) {
      expect(rejoinDelay({ ...facts, ...change }, 1000)).toBeNull();
    }
  });

  it("asks although a session seems to stand when the server has lost it", () => {
    expect(rejoinDelay({ ...facts, phase: "lost", hasSession: true }, 1000)).toBe(0);
  });

  it("lets an end settle and repeats with patience", () => {
    expect(rejoinDelay({ ...facts, sessionEndedAt: 900 }, 1000)).toBe(SETTLE_MS - 100);
    expect(rejoinDelay({ ...facts, askedAt: 900 }, 1000)).toBe(AGAIN_MS - 100);
    expect(rejoinDelay({ ...facts, askedAt: 900 }, 99_000)).toBe(0);
  });

  it("knows a session that belongs to no call", () => {
    expect(isLeftOver({ phase: "none", feedOpen: true, hasSession: true })).toBe(true);
    expect(isLeftOver({ phase: "ringing", feedOpen: true, hasSession: true })).toBe(false);
    expect(isLeftOver({ phase: "none", feedOpen: false, hasSession: true })).toBe(false);
  });
});
