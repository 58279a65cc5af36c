/** What the phone tells its owner, and the words used for it. No behaviour. */

export type LinkState = "down" | "connecting" | "up";
export type RegistrationState = "none" | "registering" | "registered" | "failed";
export type CallPhase = "inviting" | "ringing" | "answering" | "talking" | "ended";

/** Who ended a call: this side, the other side, or a fault (refused, no link, no microphone). */
export type EndedBy = "us" | "them" | "fault";

export interface Call {
  readonly id: string;
  readonly direction: "in" | "out";
  readonly phase: CallPhase;
  readonly remoteNumber: string;
  readonly remoteName: string;
  /** SIP headers of the INVITE whose name starts with `X-Huying-`, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The phone answered by itself because the server asked it to. */
  readonly automatic: boolean;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly talkingSince: number | null;
  readonly end: CallEnd | null;
}

/** Header of an INVITE: which contact the call belongs to. */
export const CONTACT = "x-huying-contact";

export interface CallEnd {
  readonly by: EndedBy;
  /** A SIP status (486, 603 ...) where one was given, otherwise 0. */
  readonly status: number;
  readonly cause: string;
  /** False when the link was broken, so that the other side has not been told. */
  readonly told: boolean;
}

export type MicrophoneProblem = "denied" | "missing" | "busy" | "insecure" | "lost" | "unknown";

export type PhoneEvent =
  | { readonly type: "link"; readonly state: LinkState; readonly attempt: number }
  | { readonly type: "registration"; readonly state: RegistrationState; readonly status: number; readonly cause: string }
  | { readonly type: "call"; readonly call: Call }
  | { readonly type: "muted"; readonly muted: boolean }
  | { readonly type: "microphone"; readonly state: "ready" }
  /** The microphone in use was taken away in a call; another one (its name) stands in for it. */
  | { readonly type: "microphone"; readonly state: "replaced"; readonly label: string }
  | { readonly type: "microphone"; readonly state: "failed"; readonly problem: MicrophoneProblem; readonly message: string }
  /** The browser will not play sound before the user has touched the page, or it does again. */
  | { readonly type: "sound"; readonly state: "playing" | "blocked" }
  /** No sound path to the other side stands any more; the call itself is not ended by it. */
  | { readonly type: "media"; readonly callId: string; readonly state: "connected" | "interrupted" | "failed" };

/** A command that makes no sense now, such as answering when nothing rings. */
export class PhoneError extends Error {
  constructor(
    readonly code: "no-call" | "busy" | "no-link" | "bad-digits" | "not-started",
    message: string,
  ) {
    super(message);
    this.name = "PhoneError";
  }
}
