/** What the call bar shows and which buttons make sense, from what the server says. Pure. */
import type { AgentRow, ContactRow } from "@huying/api";

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
}

const NO_CALL: CallView = { phase: "none", contactId: null, contact: null, since: null, endsAt: null, muted: false, recording: "off" };

function phaseOf(agent: AgentRow, contact: ContactRow | null): CallPhase {
  if (contact) {
    if (contact.state === "lost_agent" && contact.agent_id === agent.agent_id) return "lost";
    if (contact.agent_id === agent.agent_id && (contact.state === "talking" || contact.state === "holding")) return contact.state;
    if (contact.agent_id === agent.agent_id && contact.state === "dialling") return "dialling";
    if (contact.offer?.agent_id === agent.agent_id) return "ringing";
  }
  if (agent.state === "after_call" || agent.state === "ringing" || agent.state === "talking" || agent.state === "holding") return agent.state;
  return "none";
}

function mine(agent: AgentRow, contacts: readonly ContactRow[]): ContactRow | null {
  const held = contacts.find((it) => it.agent_id === agent.agent_id && it.state !== "ended" && it.segment_id);
  const offered = contacts.find((it) => it.offer?.agent_id === agent.agent_id);
  return held ?? offered ?? contacts.find((it) => it.contact_id === agent.contact_id) ?? null;
}

export function callView(agent: AgentRow | null, contacts: readonly ContactRow[]): CallView {
  if (!agent) return NO_CALL;
  const contact = mine(agent, contacts);
  const phase = phaseOf(agent, contact);
  if (phase === "none") return NO_CALL;
  const talking = phase === "talking" || phase === "holding" || phase === "lost";
  return {
    phase,
    contactId: contact?.contact_id ?? agent.contact_id,
    contact,
    since: talking ? (contact?.talk_since ?? agent.since) : phase === "ringing" ? (contact?.waiting_since ?? agent.since) : agent.since,
    endsAt: phase === "after_call" ? agent.ends_at : phase === "ringing" ? (contact?.offer?.expires_at ?? null) : null,
    muted: contact?.muted ?? false,
    recording: contact?.recording ? (contact.recording.paused ? "paused" : "on") : "off",
  };
}

export const inConversation = (phase: CallPhase): boolean => phase === "talking" || phase === "holding" || phase === "lost";
