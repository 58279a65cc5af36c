/** What the owner of a phone gives and gets. No behaviour. */

import type { PhoneEvent } from "./events";

export interface SoftphoneOptions {
  /** Full address of the WebSocket, `ws://` or `wss://`. */
  readonly wsUrl: string;
  readonly account: string;
  readonly secret: string;
  readonly domain: string;
  readonly iceServers?: readonly RTCIceServer[];
  readonly iceTransportPolicy?: RTCIceTransportPolicy;
  /** False for one who only calls out, such as a customer on a web page. Default true. */
  readonly register?: boolean;
  /** `optional` (default): a call goes on without it, heard but silent, and an event says so. `required`: no call without it. */
  readonly microphone?: "required" | "optional";
  /** A microphone that has been opened already; the phone closes it after the first call. */
  readonly microphoneStream?: MediaStream;
  /** The browser's echo cancelling, noise suppression and gain control. Default true. */
  readonly processing?: boolean;
  readonly audioSink?: HTMLAudioElement;
  readonly onEvent: (event: PhoneEvent) => void;
}

export interface Levels {
  /** 0 to 1, as a share of a meter. */
  readonly microphone: number;
  readonly speaker: number;
}
