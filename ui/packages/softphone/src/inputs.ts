/** What the machine holds, is told and asks for. No behaviour. */

import type { Call, EndedBy, LinkState, PhoneEvent, RegistrationState } from "./events";

export interface PhoneState {
  readonly wanted: boolean;
  readonly link: LinkState;
  readonly registration: RegistrationState;
  readonly registrationFailures: number;
  readonly muted: boolean;
  readonly calls: readonly Call[];
}

export type Input =
  | { readonly type: "start" }
  | { readonly type: "stop" }
  | { readonly type: "link-connecting"; readonly attempt: number }
  | { readonly type: "link-up" }
  | { readonly type: "link-down" }
  | { readonly type: "registered" }
  | { readonly type: "unregistered" }
  | { readonly type: "registration-failed"; readonly status: number; readonly cause: string }
  | { readonly type: "call"; readonly id: string; readonly target: string }
  | {
      readonly type: "invited";
      readonly id: string;
      readonly number: string;
      readonly name: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly automatic: boolean;
    }
  | { readonly type: "progressed"; readonly id: string }
  | { readonly type: "answer" }
  | { readonly type: "established"; readonly id: string }
  | { readonly type: "over"; readonly id: string; readonly by: EndedBy; readonly status: number; readonly cause: string }
  | { readonly type: "hang-up" }
  /** This call is the one that is heard; of two. */
  | { readonly type: "listen"; readonly contact: string }
  | { readonly type: "mute"; readonly muted: boolean };

export type Effect =
  | { readonly type: "connect" }
  | { readonly type: "disconnect" }
  | { readonly type: "register-later"; readonly seconds: number }
  | { readonly type: "invite"; readonly id: string; readonly target: string }
  | { readonly type: "answer"; readonly id: string }
  | { readonly type: "refuse"; readonly id: string; readonly status: number }
  | { readonly type: "end"; readonly id: string }
  | { readonly type: "drop"; readonly id: string }
  | { readonly type: "apply-mute"; readonly muted: boolean }
  | { readonly type: "listen"; readonly id: string }
  | { readonly type: "release-microphone" }
  | { readonly type: "publish"; readonly event: PhoneEvent };

export interface Step {
  readonly state: PhoneState;
  readonly effects: readonly Effect[];
}
