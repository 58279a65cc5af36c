/** What the embedding page and the softphone's frame say to each other. Both sides take their types from here. */

export const VERSION = 1;

export interface Customer {
  readonly id: string;
  /** The number by which another system knows the customer. */
  readonly code: string;
  readonly name: string;
  readonly class: string;
}

export interface Call {
  readonly contact_id: string;
  readonly direction: string;
  readonly channel: string;
  readonly number: string;
  readonly name: string;
  readonly customer: Customer | null;
  readonly queue: { readonly id: string; readonly code: string; readonly name: string } | null;
  readonly language: string;
  /** What is known besides: the entry the customer came in by, and others as they come. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Status {
  readonly signed_in: boolean;
  readonly status: "ready" | "break" | "";
  readonly reason: string;
  /** idle, ringing, talking, holding, after_call */
  readonly state: string;
}

export type CallPhase = "none" | "ringing" | "dialling" | "talking" | "holding" | "lost" | "after_call";

export interface Snapshot {
  readonly person: { readonly id: string; readonly name: string; readonly login: string; readonly extension: string } | null;
  readonly status: Status | null;
  readonly phase: CallPhase;
  readonly muted: boolean;
  readonly call: Call | null;
}

/** Events by name, and what they bring. */
export interface Events {
  /** Somebody signed in inside the frame, or out. */
  readonly person: Snapshot["person"];
  readonly status: Status;
  readonly ringing: Call;
  /** An own call is being dialled. */
  readonly dialling: Call;
  readonly answered: Call;
  readonly held: Call;
  readonly resumed: Call;
  readonly muted: Call;
  readonly unmuted: Call;
  /** The conversation is over; `answered` false when there was none. */
  readonly ended: Call & { readonly answered: boolean };
  readonly after_call: Call;
  /** The after-call work is done. */
  readonly finished: Call;
  /** An address that the administrator set for this queue and wants this page to open. */
  readonly pop: { readonly url: string; readonly contact_id: string };
  /** The browser did not let the frame open a window: open it from this page, or let the person press the link in the frame. */
  readonly pop_blocked: { readonly url: string; readonly contact_id: string };
}
export type EventName = keyof Events;

export interface Target {
  readonly kind: "agent" | "queue" | "flow" | "number" | "mailbox";
  readonly id?: string;
  readonly number?: string;
}

/** Commands by name, and what they need. */
export interface Commands {
  readonly state: Record<string, never>;
  readonly start_work: Record<string, never>;
  readonly stop_work: Record<string, never>;
  readonly set_status: { readonly status: "ready" | "break"; readonly reason?: string };
  readonly dial: { readonly number?: string; readonly agent_id?: string; readonly customer_id?: string; readonly queue_id?: string };
  readonly answer: Record<string, never>;
  readonly refuse: Record<string, never>;
  readonly hang_up: Record<string, never>;
  readonly hold: Record<string, never>;
  readonly resume: Record<string, never>;
  readonly mute: Record<string, never>;
  readonly unmute: Record<string, never>;
  readonly digits: { readonly digits: string };
  readonly transfer: { readonly target: Target; readonly note?: string };
  readonly consult: { readonly target: Target };
  readonly swap: Record<string, never>;
  readonly merge: Record<string, never>;
  readonly complete: Record<string, never>;
  readonly end_consult: Record<string, never>;
  readonly set_disposition: { readonly disposition: string; readonly note?: string };
  readonly finish: Record<string, never>;
}
export type CommandName = keyof Commands;

/** Over window.postMessage, before there is a port. */
export type Greeting = { readonly huying: "ready"; readonly version: number } | { readonly huying: "hello"; readonly version: number };

/** Over the port. */
export type ToFrame = { readonly type: "command"; readonly id: number; readonly name: CommandName; readonly args: unknown };
export type FromFrame =
  | { readonly type: "welcome"; readonly version: number; readonly snapshot: Snapshot }
  | { readonly type: "event"; readonly name: EventName; readonly data: unknown }
  | { readonly type: "answer"; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly type: "answer"; readonly id: number; readonly ok: false; readonly code: string; readonly message: string };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

export const isGreeting = (value: unknown, word: Greeting["huying"]): value is Greeting => isObject(value) && value.huying === word && typeof value.version === "number";
