/**
 * Decides what the phone does next; touches neither SIP nor sound.
 *
 * Theory of operation. The phone has a link (the WebSocket), a registration on it, and calls. `step` takes the state and
 * one input and gives the new state and the effects to carry out, in order. An input about a call that is gone changes
 * nothing. A second call may ring beside one that talks (call waiting), and both may stand then: the server holds one of
 * them, the last of `calls` is the one that is heard. An INVITE that asks to be answered by itself is taken beside
 * a live call of the same contact, because that is how the server puts an agent back into a conversation after a refresh or a
 * broken network. Once the new leg stands, the older one is dropped without a word: the server has given it up already, and a
 * BYE could be taken for the agent's wish to hang up. A broken link ends no call that stands, since sound does not run over it.
 */

import { CONTACT, type Call, type CallEnd, type LinkState, type PhoneEvent, type RegistrationState } from "./events";
import type { Effect, Input, PhoneState, Step } from "./inputs";

export const BUSY = 486;
export const DECLINED = 603;
/** One that talks, and one that waits or is held. */
const MOST_CALLS = 2;
const LONGEST_REGISTER_WAIT_SECONDS = 20;

export const initialState: PhoneState = {
  wanted: false,
  link: "down",
  registration: "none",
  registrationFailures: 0,
  muted: false,
  calls: [],
};

/** The call a person would mean by "the call": the one that rings or talks, the newest if there are two. */
export function currentCall(state: PhoneState): Call | null {
  return state.calls.at(-1) ?? null;
}

/** Take one input at `now` (milliseconds since 1970). */
export function step(state: PhoneState, input: Input, now: number): Step {
  switch (input.type) {
    case "start":
      return state.wanted ? nothing(state) : { state: { ...state, wanted: true }, effects: [{ type: "connect" }] };
    case "stop":
      return stopped(state);
    case "link-connecting":
      return linkChanged(state, "connecting", input.attempt);
    case "link-up":
      return linkChanged(state, "up", 0);
    case "link-down":
      return linkLost(state);
    case "registered":
      return registrationChanged({ ...state, registrationFailures: 0 }, "registered");
    case "unregistered":
      return state.registration === "registered" ? registrationChanged(state, "none") : nothing(state);
    case "registration-failed":
      return registrationFailed(state, input.status, input.cause);
    case "call":
      return outgoing(state, input.id, input.target, now);
    case "invited":
      return invited(state, input, now);
    case "progressed":
      return changeCall(state, input.id, (call) => (call.phase === "inviting" ? { ...call, phase: "ringing" } : call));
    case "answer":
      return answered(state);
    case "established":
      return established(state, input.id, now);
    case "over":
      return over(state, input.id, { by: input.by, status: input.status, cause: input.cause, told: true });
    case "hang-up":
      return hungUp(state);
    case "listen":
      return listened(state, input.contact);
    case "mute":
      return muted(state, input.muted);
  }
}

function nothing(state: PhoneState): Step {
  return { state, effects: [] };
}

function publish(event: PhoneEvent): Effect {
  return { type: "publish", event };
}

function linkChanged(state: PhoneState, link: LinkState, attempt: number): Step {
  return { state: { ...state, link }, effects: [publish({ type: "link", state: link, attempt })] };
}

function linkLost(state: PhoneState): Step {
  const down = { ...state, link: "down" as const, registration: "none" as const };
  const effects: Effect[] = [publish({ type: "link", state: "down", attempt: 0 })];
  if (state.registration !== "none") effects.push(publish({ type: "registration", state: "none", status: 0, cause: "link" }));
  return { state: down, effects };
}

function registrationChanged(state: PhoneState, registration: RegistrationState): Step {
  return {
    state: { ...state, registration },
    effects: [publish({ type: "registration", state: registration, status: 0, cause: "" })],
  };
}

function registrationFailed(state: PhoneState, status: number, cause: string): Step {
  const failures = state.registrationFailures + 1;
  const effects: Effect[] = [publish({ type: "registration", state: "failed", status, cause })];
  const seconds = Math.min(2 ** (failures - 1), LONGEST_REGISTER_WAIT_SECONDS);
  if (state.wanted && state.link === "up") effects.push({ type: "register-later", seconds });
  return { state: { ...state, registration: "failed", registrationFailures: failures }, effects };
}

function newCall(id: string, direction: "in" | "out", number: string, now: number): Call {
  return {
    id,
    direction,
    phase: direction === "in" ? "ringing" : "inviting",
    remoteNumber: number,
    remoteName: "",
    headers: {},
    automatic: false,
    startedAt: now,
    talkingSince: null,
    end: null,
  };
}

function outgoing(state: PhoneState, id: string, target: string, now: number): Step {
  const call = newCall(id, "out", target, now);
  return {
    state: { ...state, calls: [...state.calls, call] },
    effects: [publish({ type: "call", call }), { type: "invite", id, target }],
  };
}

function invited(state: PhoneState, input: Extract<Input, { type: "invited" }>, now: number): Step {
  if (!input.automatic && !hasRoom(state)) return { state, effects: [{ type: "refuse", id: input.id, status: BUSY }] };
  const call: Call = {
    ...newCall(input.id, "in", input.number, now),
    remoteName: input.name,
    headers: input.headers,
    automatic: input.automatic,
    phase: input.automatic ? "answering" : "ringing",
  };
  const effects: Effect[] = [publish({ type: "call", call })];
  if (input.automatic) effects.push({ type: "answer", id: call.id });
  return { state: { ...state, calls: [...state.calls, call] }, effects };
}

/** Whether a call may ring beside those that are there: one that talks, of which the server knows. */
function hasRoom({ calls }: PhoneState): boolean {
  return calls.every((it) => it.phase === "talking" && CONTACT in it.headers) && calls.length < MOST_CALLS;
}

/** The call that rings, whichever place it has. */
export function ringingCall(state: PhoneState): Call | null {
  return state.calls.find((it) => it.direction === "in" && it.phase === "ringing") ?? null;
}

function listened(state: PhoneState, contact: string): Step {
  const call = state.calls.find((it) => it.headers[CONTACT] === contact);
  if (call?.phase !== "talking") return nothing(state);
  const calls = [...state.calls.filter((it) => it !== call), call];
  return { state: { ...state, calls }, effects: [{ type: "listen", id: call.id }] };
}

function changeCall(state: PhoneState, id: string, change: (call: Call) => Call): Step {
  const before = state.calls.find((call) => call.id === id);
  const after = before && change(before);
  if (!after || after === before) return nothing(state);
  return {
    state: { ...state, calls: state.calls.map((call) => (call.id === id ? after : call)) },
    effects: [publish({ type: "call", call: after })],
  };
}

function answered(state: PhoneState): Step {
  const call = ringingCall(state);
  if (!call) return nothing(state);
  const changed = changeCall(state, call.id, (it) => ({ ...it, phase: "answering" }));
  return { state: changed.state, effects: [...changed.effects, { type: "answer", id: call.id }] };
}

function established(state: PhoneState, id: string, now: number): Step {
  if (!state.calls.some((call) => call.id === id && call.phase !== "talking")) return nothing(state);
  const changed = changeCall(state, id, (call) => ({ ...call, phase: "talking", talkingSince: now }));
  const mine = changed.state.calls.find((call) => call.id === id);
  const older = changed.state.calls.filter((call) => call.id !== id && !isAnother(call, mine));
  const replaced = older.map((call): Call => ({
    ...call,
    phase: "ended",
    end: { by: "us", status: 0, cause: "replaced", told: false },
  }));
  return {
    state: { ...changed.state, calls: changed.state.calls.filter((call) => !older.includes(call)) },
    effects: [
      ...older.map((call): Effect => ({ type: "drop", id: call.id })),
      ...replaced.map((call) => publish({ type: "call", call })),
      ...changed.effects,
      { type: "apply-mute", muted: state.muted },
    ],
  };
}

/** Whether a call that is there belongs to another contact, and so goes on beside this one. */
function isAnother(call: Call, mine: Call | undefined): boolean {
  const [theirs, ours] = [call.headers[CONTACT], mine?.headers[CONTACT]];
  return theirs !== undefined && ours !== undefined && theirs !== ours;
}

function over(state: PhoneState, id: string, end: CallEnd): Step {
  const call = state.calls.find((it) => it.id === id);
  if (!call) return nothing(state);
  const calls = state.calls.filter((it) => it.id !== id);
  const effects: Effect[] = [publish({ type: "call", call: { ...call, phase: "ended", end } })];
  const left = calls.at(-1);
  if (left) return { state: { ...state, calls }, effects: left.phase === "talking" ? [...effects, { type: "listen", id: left.id }] : effects };
  effects.push({ type: "release-microphone" });
  if (state.muted) effects.push(publish({ type: "muted", muted: false }));
  return { state: { ...state, calls, muted: false }, effects };
}

function hungUp(state: PhoneState): Step {
  let next: PhoneState = state;
  const effects: Effect[] = [];
  for (const call of state.calls) {
    const told = state.link === "up";
    const waiting = call.direction === "in" && call.phase === "ringing";
    if (!told) effects.push({ type: "drop", id: call.id });
    else effects.push(waiting ? { type: "refuse", id: call.id, status: DECLINED } : { type: "end", id: call.id });
    const ended = over(next, call.id, { by: "us", status: 0, cause: "hang-up", told });
    next = ended.state;
    effects.push(...ended.effects);
  }
  return { state: next, effects };
}

function muted(state: PhoneState, value: boolean): Step {
  if (value === state.muted) return nothing(state);
  return {
    state: { ...state, muted: value },
    effects: [{ type: "apply-mute", muted: value }, publish({ type: "muted", muted: value })],
  };
}

function stopped(state: PhoneState): Step {
  if (!state.wanted) return nothing(state);
  const ended = hungUp(state);
  return { state: { ...ended.state, wanted: false }, effects: [...ended.effects, { type: "disconnect" }] };
}
