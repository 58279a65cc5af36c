/**
 * The agent's place: joins the browser's telephone with what the server says of the agent's call.
 *
 * The server is the truth. The station answers when the person (or the server) says so, asks to be rung again for a
 * conversation it has lost, and ends a session that belongs to no call, so that there is never more than one sound path.
 */
import type { Call, Levels, LinkState, MicrophoneProblem, PhoneEvent, RegistrationState, SoundStats } from "@huying/softphone";
import type { CallPhase } from "./callView";
import type { Devices } from "./devices";
import { isLeftOver, LEFT_OVER_MS, rejoinDelay } from "./rejoin";

/** The part of the softphone that the station uses. */
export interface PhoneLike {
  start(): void;
  stop(): void;
  answer(): void;
  hangUp(): void;
  forget(): void;
  setMuted(muted: boolean): void;
  prepareMicrophone(): Promise<boolean>;
  checkLink(): Promise<void>;
  setDevices(devices: { microphoneId?: string; speakerId?: string }): Promise<void>;
  stats(): Promise<SoundStats>;
  levels(): Promise<Levels>;
}

export interface ServerSide {
  readonly phase: CallPhase;
  readonly contactId: string | null;
  readonly muted: boolean;
  readonly feedOpen: boolean;
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

/** What the server says when this agent talks at another one of his devices. */
const ON_OTHER_DEVICE = "on-other-device";
/** Header of a call that is answered by itself after so many seconds of ringing. */
export const ANSWER_AFTER = "x-huying-answer-after";

/** How long a press of "answer" waits for the INVITE that the feed has overtaken. */
const ANSWER_WAIT_MS = 4000;

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
  private sessionEndedAt = 0;
  private askedAt = 0;
  private answerUntil = 0;
  /** The contact that I talk in at another one of my devices: nothing is to be put back here. */
  private elsewhere = "";
  private rejoinTimer: ReturnType<typeof setTimeout> | undefined;
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
    clearTimeout(this.rejoinTimer);
    clearTimeout(this.leftOverTimer);
    this.phone.forget();
    this.phone.stop();
  }

  /** Take what the live feed says now. */
  follow(server: ServerSide): void {
    const before = this.server;
    this.server = server;
    if (before.feedOpen && !server.feedOpen) void this.phone.checkLink();
    if (before.muted !== server.muted) this.phone.setMuted(server.muted);
    const joined = (server.phase === "talking" || server.phase === "holding") && this.current.call?.phase === "talking";
    if (server.contactId !== before.contactId || joined) this.askedAt = 0;
    this.settle();
  }

  /** Take the call that rings, or the one that is about to. */
  answer(): void {
    if (this.current.call?.phase === "ringing") this.phone.answer();
    else this.answerUntil = this.now() + ANSWER_WAIT_MS;
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
    if (call.phase === "ended") {
      if (this.current.call && this.current.call.id !== call.id) return;
      this.sessionEndedAt = this.now();
      this.become({ call: null, media: "none", standIn: "" });
      return;
    }
    // The feed needs a moment to tell of the new leg; until then its "lost" means the leg before.
    if (call.phase === "talking") this.askedAt = this.now();
    this.become({ call });
    if (call.phase === "ringing" && ANSWER_AFTER in call.headers) this.answerLater(call);
    if (call.phase === "ringing" && this.now() < this.answerUntil) {
      this.answerUntil = 0;
      this.phone.answer();
    }
  }

  /** The server wants this call to be answered by itself after some seconds of ringing. */
  private answerLater(call: Call): void {
    setTimeout(() => {
      if (this.current.call?.id === call.id && this.current.call.phase === "ringing") this.phone.answer();
    }, 1000 * (Number(call.headers[ANSWER_AFTER]) || 0));
  }

  /** Start or stop the two timers by the facts as they stand. */
  private settle(): void {
    clearTimeout(this.rejoinTimer);
    const wait = rejoinDelay(
      {
        phase: this.server.phase,
        feedOpen: this.server.feedOpen,
        registered: this.current.registration === "registered",
        hasSession: this.current.call !== null,
        sessionEndedAt: this.sessionEndedAt,
        askedAt: this.askedAt,
      },
      this.now(),
    );
    if (wait !== null) this.rejoinTimer = setTimeout(() => this.askRejoin(), wait);
    const leftOver = isLeftOver({ phase: this.server.phase, feedOpen: this.server.feedOpen, hasSession: this.current.call !== null });
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

  private askRejoin(): void {
    const contactId = this.server.contactId;
    if (!contactId || (contactId === this.elsewhere && this.server.phase !== "lost")) return;
    this.askedAt = this.now();
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
