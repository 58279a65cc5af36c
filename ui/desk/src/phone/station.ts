/**
 * The agent's place: joins the browser's telephone with what the server says of the agent's call.
 *
 * The server is the truth. The station answers when the person (or the server) says so, asks to be rung again for a
 * conversation it has lost, and ends a session that belongs to no call, so that there is never more than one sound path for a call.
 * Of two calls (one waits, or is held) it hears the one that the server says the agent talks in.
 */
import type { Call, Levels, LinkState, MicrophoneProblem, PhoneEvent, RegistrationState, SoundStats } from "@huying/softphone";
import type { CallPhase } from "./callView";
import type { Devices } from "./devices";
import { EarlyAnswer } from "./earlyAnswer";
import type { PhoneLike } from "./phoneLike";
import { isLeftOver, LEFT_OVER_MS, rejoinDelay } from "./rejoin";

export interface ServerSide {
  readonly phase: CallPhase;
  readonly contactId: string | null;
  readonly muted: boolean;
  readonly feedOpen: boolean;
  /** The other one of two calls. */
  readonly second?: { readonly phase: CallPhase; readonly contactId: string } | null;
}

export interface StationStatus {
  readonly link: LinkState;
  readonly registration: RegistrationState;
  readonly microphone: "unknown" | "ready" | MicrophoneProblem;
  /** The name of the microphone that stands in for one that was taken away in this call; empty when none was. */
  readonly standIn: string;
  readonly soundBlocked: boolean;
  readonly media: "none" | "connected" | "interrupted" | "failed";
  readonly call: Call | null;
}

export interface StationOptions {
  readonly createPhone: (onEvent: (event: PhoneEvent) => void) => PhoneLike;
  readonly rejoin: (contactId: string) => Promise<unknown>;
  readonly now?: () => number;
}

/** Header of an INVITE: which contact the call belongs to. */
const CONTACT = "x-huying-contact";
/** What the server says when this agent talks at another one of his devices. */
const ON_OTHER_DEVICE = "on-other-device";
/** Header of a call that is answered by itself after so many seconds of ringing. */
export const ANSWER_AFTER = "x-huying-answer-after";

export const FIRST_STATUS: StationStatus = {
  link: "down",
  registration: "none",
  microphone: "unknown",
  standIn: "",
  soundBlocked: false,
  media: "none",
  call: null,
};

export class Station {
  private readonly phone: PhoneLike;
  private current: StationStatus = FIRST_STATUS;
  private server: ServerSide = { phase: "none", contactId: null, muted: false, feedOpen: false };
  private readonly listeners = new Set<() => void>();
  private sessions: readonly Call[] = [];
  private sessionEndedAt = 0;
  /** When a rejoin was last asked for, by contact. */
  private readonly asked = new Map<string, number>();
  private readonly early = new EarlyAnswer(() => this.now(), () => this.askToAnswer());
  /** The contact that I talk in at another one of my devices: nothing is to be put back here. */
  private elsewhere = "";
  private readonly rejoinTimers: ReturnType<typeof setTimeout>[] = [];
  private leftOverTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: StationOptions) {
    this.phone = options.createPhone((event) => this.hear(event));
  }

  readonly status = (): StationStatus => this.current;

  readonly listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  start(): void {
    this.phone.start();
  }

  /** Give the telephone up, to another window or for good. A conversation is not ended by this: only the server ends one. */
  stop(): void {
    this.forgetRejoins();
    clearTimeout(this.leftOverTimer);
    this.early.stop();
    this.phone.forget();
    this.phone.stop();
  }

  /** Take what the live feed says now. */
  follow(server: ServerSide): void {
    const before = this.server;
    this.server = server;
    if (before.feedOpen && !server.feedOpen) void this.phone.checkLink();
    if (before.muted !== server.muted) this.phone.setMuted(server.muted);
    const call = this.sessionOfCall();
    const joined = (server.phase === "talking" || server.phase === "holding") && call?.phase === "talking";
    if (server.contactId !== before.contactId || joined) this.asked.delete(server.contactId ?? "");
    this.hearTheOneTalkedIn();
    if (call === this.current.call) this.settle();
    else this.become({ call });
  }

  /** Take the call that rings, or the one that is about to. */
  answer(): void {
    if (this.sessions.some((it) => it.phase === "ringing")) this.phone.answer();
    else this.early.press();
  }

  /** It rings at the server's and not here: the call that comes now is answered by itself. */
  private askToAnswer(): void {
    const ringing = [this.server, this.server.second].find((it) => it?.phase === "ringing")?.contactId;
    if (ringing && !this.sessionOf(ringing) && this.current.registration === "registered") this.options.rejoin(ringing).catch(() => undefined);
  }

  prepareMicrophone(): Promise<boolean> {
    return this.phone.prepareMicrophone();
  }

  /** The computer has slept: nothing that was open before can be trusted. */
  wake(): void {
    void this.phone.checkLink();
    this.settle();
  }

  /** Figures of the running call's sound. */
  stats(): Promise<SoundStats> {
    return this.phone.stats();
  }

  levels(): Promise<Levels> {
    return this.phone.levels();
  }

  /** Use these devices from now on, also in a running call. Rejects when one of them is gone. */
  async setDevices(devices: Devices): Promise<void> {
    await this.phone.setDevices(devices);
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }

  private become(change: Partial<StationStatus>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener();
    this.settle();
  }

  private hear(event: PhoneEvent): void {
    if (event.type === "link") this.become({ link: event.state });
    else if (event.type === "registration") this.become({ registration: event.state });
    else if (event.type === "microphone") this.become(microphoneAfter(event));
    else if (event.type === "sound") this.become({ soundBlocked: event.state === "blocked" });
    else if (event.type === "media") this.become({ media: event.state });
    else if (event.type === "call") this.hearCall(event.call);
  }

  private hearCall(call: Call): void {
    const others = this.sessions.filter((it) => it.id !== call.id);
    if (call.phase === "ended") {
      if (others.length === this.sessions.length && others.length > 0) return;
      this.sessions = others;
      this.sessionEndedAt = this.now();
      const left = this.sessionOfCall();
      this.become(left ? { call: left } : { call: null, media: "none", standIn: "" });
      return;
    }
    this.sessions = this.sessions.some((it) => it.id === call.id) ? this.sessions.map((it) => (it.id === call.id ? call : it)) : [...this.sessions, call];
    // The feed needs a moment to tell of the new leg; until then its "lost" means the leg before.
    if (call.phase === "talking") this.asked.set(call.headers[CONTACT] ?? this.server.contactId ?? "", this.now());
    this.become({ call: this.sessionOfCall() });
    if (call.phase === "talking") this.hearTheOneTalkedIn();
    if (call.phase === "ringing" && ANSWER_AFTER in call.headers) this.answerLater(call);
    if (call.phase === "ringing" && this.early.taken()) this.phone.answer();
  }

  /** The server wants this call to be answered by itself after some seconds of ringing. */
  private answerLater(call: Call): void {
    setTimeout(() => {
      if (this.sessions.some((it) => it.id === call.id && it.phase === "ringing")) this.phone.answer();
    }, 1000 * (Number(call.headers[ANSWER_AFTER]) || 0));
  }

  /** Of two calls. */
  private hearTheOneTalkedIn(): void {
    if (this.server.contactId && this.sessions.length > 1) this.phone.listenTo(this.server.contactId);
  }

  private sessionOf(contactId: string | null | undefined): Call | undefined {
    return this.sessions.find((it) => it.headers[CONTACT] === contactId);
  }

  /** The session of the call that the server says is mine; of two calls not that of the other one. */
  private sessionOfCall(): Call | null {
    const second = this.server.second ? this.sessionOf(this.server.second.contactId) : undefined;
    return this.sessionOf(this.server.contactId) ?? this.sessions.filter((it) => it !== second).at(-1) ?? null;
  }

  private forgetRejoins(): void {
    for (const timer of this.rejoinTimers.splice(0)) clearTimeout(timer);
  }

  private plan(contactId: string | null, phase: CallPhase, hasSession: boolean): void {
    const { feedOpen } = this.server;
    const registered = this.current.registration === "registered";
    const askedAt = this.asked.get(contactId ?? "") ?? 0;
    const wait = rejoinDelay({ phase, feedOpen, registered, hasSession, sessionEndedAt: this.sessionEndedAt, askedAt }, this.now());
    if (wait !== null) this.rejoinTimers.push(setTimeout(() => this.askRejoin(contactId, phase), wait));
  }

  /** Start or stop the timers by the facts as they stand. */
  private settle(): void {
    this.forgetRejoins();
    const { phase, contactId, second, feedOpen } = this.server;
    this.plan(contactId, phase, this.current.call !== null);
    if (second) this.plan(second.contactId, second.phase, this.sessionOf(second.contactId) !== undefined);
    const leftOver = isLeftOver({ phase, feedOpen, hasSession: this.sessions.length > 0 });
    if (!leftOver) {
      clearTimeout(this.leftOverTimer);
      this.leftOverTimer = undefined;
    } else {
      this.leftOverTimer ??= setTimeout(() => {
        this.leftOverTimer = undefined;
        this.phone.hangUp();
      }, LEFT_OVER_MS);
    }
  }

  private askRejoin(contactId: string | null, phase: CallPhase): void {
    if (!contactId || (contactId === this.elsewhere && phase !== "lost")) return;
    this.asked.set(contactId, this.now());
    this.options.rejoin(contactId).catch((reason: unknown) => {
      if ((reason as { code?: string } | null)?.code === ON_OTHER_DEVICE) this.elsewhere = contactId;
    });
    this.settle();
  }
}

function microphoneAfter(event: Extract<PhoneEvent, { type: "microphone" }>): Partial<StationStatus> {
  if (event.state === "replaced") return { microphone: "ready", standIn: event.label || "?" };
  return { microphone: event.state === "ready" ? "ready" : event.problem };
}
