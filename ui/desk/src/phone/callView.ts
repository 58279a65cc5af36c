/** What the call bar shows and which buttons make sense, from what the server says. Pure. */
import type { AgentRow, ConsultRow, ContactRow, MonitorRow, PartyRow } from "@huying/api";

export type CallPhase = "none" | "ringing" | "dialling" | "talking" | "holding" | "lost" | "after_call";

export interface CallView {
  readonly phase: CallPhase;
  readonly contactId: string | null;
  readonly contact: ContactRow | null;
  /** ISO time since which the phase lasts. */
  readonly since: string | null;
  /** ISO time at which ringing or after-call work ends by itself. */
  readonly endsAt: string | null;
  readonly muted: boolean;
  readonly recording: "off" | "on" | "paused";
  /** My own question to somebody else, while the customer waits. */
  readonly consult: ConsultRow | null;
  /** I am the one who is asked: with the customer out of hearing. */
  readonly consulted: boolean;
  /** Everybody in the call but me: more than one in a conference. */
  readonly others: readonly PartyRow[];
  /** I am a lead who hears a colleague's call, and take no other part in it. */
  readonly monitor: MonitorRow | null;
  /** What rings: an offer of a queue, a colleague's question, a call handed to me. */
  readonly rings: "offer" | "consult" | "party" | null;
}

const NO_CALL: CallView = {
  phase: "none",
  contactId: null,
  contact: null,
  since: null,
  endsAt: null,
  muted: false,
  recording: "off",
  consult: null,
  consulted: false,
  others: [],
  monitor: null,
  rings: null,
};

const PARTY_PHASES: Readonly<Record<PartyRow["state"], CallPhase>> = {
  ringing: "ringing",
  talking: "talking",
  consulting: "talking",
  listening: "talking",
  held: "holding",
  lost: "lost",
};

const partyOf = (agent: AgentRow, contact: ContactRow): PartyRow | null => contact.parties?.find((it) => it.agent_id === agent.agent_id) ?? null;
const monitorOf = (agent: AgentRow, contact: ContactRow | null): MonitorRow | null => contact?.monitors?.find((it) => it.agent_id === agent.agent_id) ?? null;
const isAsked = (agent: AgentRow, contact: ContactRow): boolean => contact.consult?.party_agent_id === agent.agent_id;
const offerTo = (agent: AgentRow, contact: ContactRow) => [...(contact.offers ?? []), contact.offer].find((it) => it?.agent_id === agent.agent_id) ?? null;
const isOffered = (agent: AgentRow, contact: ContactRow): boolean => offerTo(agent, contact) !== null;

/** Of the one who is asked. */
function askedPhase(consult: ConsultRow | null | undefined): CallPhase {
  if (consult?.state === "lost") return "lost";
  if (consult?.state !== "talking") return "ringing";
  return consult.focus === "consult" ? "talking" : "holding";
}

function phaseOf(agent: AgentRow, contact: ContactRow | null): CallPhase {
  if (contact) {
    const hearing = monitorOf(agent, contact);
    // His telephone answers by itself: nothing rings at him.
    if (hearing) return hearing.state === "talking" ? "talking" : "dialling";
    const mine = contact.agent_id === agent.agent_id;
    const party = contact.state === "ended" ? null : partyOf(agent, contact);
    if (contact.state === "lost_agent" && mine) return "lost";
    if (mine && (contact.state === "talking" || contact.state === "holding")) return contact.state;
    // A colleague who is called rings as a person does; whoever called is the one who dials.
    if (mine && (contact.state === "dialling" || (contact.state === "ringing" && contact.dial?.agent_id === agent.agent_id))) return "dialling";
    if (isOffered(agent, contact)) return "ringing";
    if (party) return PARTY_PHASES[party.state];
    if (isAsked(agent, contact)) return askedPhase(contact.consult);
  }
  if (agent.state === "after_call" || agent.state === "ringing" || agent.state === "talking" || agent.state === "holding") return agent.state;
  return "none";
}

/** Of several calls the one that is heard comes first, and one that rings last. */
const ORDER: readonly CallPhase[] = ["talking", "dialling", "lost", "holding", "ringing"];

/** The contacts in hand, the one that matters most first; of equals held before asked, asked before offered. */
function inHand(agent: AgentRow, contacts: readonly ContactRow[]): readonly ContactRow[] {
  const held = contacts.filter((it) => it.agent_id === agent.agent_id && it.state !== "ended" && it.segment_id);
  const within = contacts.filter((it) => partyOf(agent, it) !== null || isAsked(agent, it) || monitorOf(agent, it) !== null);
  const offered = contacts.filter((it) => isOffered(agent, it));
  const rank = (it: ContactRow): number => ORDER.indexOf(phaseOf(agent, it));
  return [...new Set([...held, ...within, ...offered])].sort((a, b) => rank(a) - rank(b));
}

/** The second call of an agent who has one: it rings while he talks, or is held. */
export interface SecondCall {
  readonly contactId: string;
  readonly contact: ContactRow;
  readonly phase: CallPhase;
}

export function secondCall(agent: AgentRow | null, contacts: readonly ContactRow[]): SecondCall | null {
  const contact = agent ? inHand(agent, contacts.filter((it) => !it.work))[1] : undefined;
  return agent && contact ? { contactId: contact.contact_id, contact, phase: phaseOf(agent, contact) } : null;
}

function ringsOf(agent: AgentRow, contact: ContactRow | null): CallView["rings"] {
  if (!contact || isOffered(agent, contact)) return contact ? "offer" : null;
  return isAsked(agent, contact) ? "consult" : partyOf(agent, contact) ? "party" : null;
}

function sinceOf(phase: CallPhase, agent: AgentRow, contact: ContactRow | null): string | null {
  if (phase === "talking" || phase === "holding" || phase === "lost") {
    const party = contact && contact.agent_id !== agent.agent_id ? partyOf(agent, contact) : null;
    const hearing = monitorOf(agent, contact);
    if (hearing) return hearing.since;
    if (contact && isAsked(agent, contact)) return contact.consult?.since ?? agent.since;
    return party?.since ?? contact?.talk_since ?? agent.since;
  }
  return phase === "ringing" ? (contact?.waiting_since ?? agent.since) : agent.since;
}

export function callView(agent: AgentRow | null, all: readonly ContactRow[]): CallView {
  if (!agent) return NO_CALL;
  // Work without a telephone is not a call: the work list shows it.
  const contacts = all.filter((it) => !it.work);
  if (contacts.length < all.length && all.some((it) => it.work && it.contact_id === agent.contact_id)) return NO_CALL;
  const contact = inHand(agent, contacts)[0] ?? contacts.find((it) => it.contact_id === agent.contact_id) ?? null;
  const phase = phaseOf(agent, contact);
  if (phase === "none") return NO_CALL;
  const consult = contact?.consult ?? null;
  const monitor = monitorOf(agent, contact);
  return {
    phase,
    contactId: contact?.contact_id ?? agent.contact_id,
    contact,
    since: sinceOf(phase, agent, contact),
    endsAt: phase === "after_call" ? agent.ends_at : phase === "ringing" ? ((contact && offerTo(agent, contact)?.expires_at) ?? null) : null,
    muted: (contact && partyOf(agent, contact)?.muted) ?? contact?.muted ?? false,
    recording: contact?.recording ? (contact.recording.paused ? "paused" : "on") : "off",
    consult: consult?.agent_id === agent.agent_id ? consult : null,
    consulted: contact !== null && isAsked(agent, contact),
    // Whoever is out of the call has nobody with him, even while the customer goes on with somebody else.
    monitor,
    others: phase === "after_call" || monitor ? [] : (contact?.parties ?? []).filter((it) => it.agent_id !== agent.agent_id),
    rings: phase === "ringing" ? ringsOf(agent, contact) : null,
  };
}

export const inConversation = (phase: CallPhase): boolean => phase === "talking" || phase === "holding" || phase === "lost";

/** More than one other takes part, whoever is only being rung included; whoever is asked talks with the one who asks. */
export const isConference = (call: CallView): boolean => call.others.length > 1 && !call.consulted;

export type Hears = "music" | "sound" | "you" | "nobody";

/** What the customer hears now. */
export function customerHears(call: CallView): Hears {
  const customer = call.others.find((it) => it.kind === "customer")?.state;
  if (call.contact?.playing || customer === "listening") return "sound";
  if (customer === "held") return "music";
  if (call.consult && call.consult.focus === "consult") return "music";
  if (call.phase === "holding") return "music";
  if (call.phase === "lost") return "nobody";
  return call.muted ? "nobody" : "you";
}

/** Before this many seconds of a call's limit the desk warns. */
const WARN_SECONDS = 60;

/** Seconds until the call's limit ends it, from the moment at which the desk warns; null before, and without one. */
export function limitSeconds(contact: ContactRow | null, nowMs: number): number | null {
  if (!contact?.limit_at) return null;
  const left = (Date.parse(contact.limit_at) - nowMs) / 1000;
  return left <= WARN_SECONDS ? Math.max(0, left) : null;
}
