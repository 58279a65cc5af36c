/** JsSIP behind our words. Knows SIP and RTCPeerConnection, decides nothing: what happens next is the machine's business. */

import JsSIP from "jssip";
import type { EndEvent, RTCSession } from "jssip/lib/RTCSession";
import type { IncomingResponse } from "jssip/lib/SIPMessage";
import type { Socket } from "jssip/lib/Socket";
import type { RTCSessionEvent, UA } from "jssip/lib/UA";

import type { EndedBy } from "./events";
import { pressKeys } from "./keys";
import { PhoneSocket } from "./socket";

export interface SipSettings {
  readonly wsUrl: string;
  readonly account: string;
  readonly secret: string;
  readonly domain: string;
  readonly register: boolean;
  readonly iceServers: readonly RTCIceServer[];
  readonly iceTransportPolicy: RTCIceTransportPolicy;
}

export interface SipHandlers {
  connecting(attempt: number): void;
  connected(): void;
  disconnected(): void;
  registered(): void;
  unregistered(): void;
  registrationFailed(status: number, cause: string): void;
  invited(id: string, number: string, name: string, headers: Record<string, string>): void;
  progressed(id: string): void;
  established(id: string): void;
  over(id: string, by: EndedBy, status: number, cause: string): void;
  peer(id: string, peer: RTCPeerConnection): void;
}

const REGISTER_SECONDS = 120;
const RECONNECT_SECONDS = { min: 1, max: 4 };
const RING_SECONDS = 300;
/** A silent STUN or TURN server would hold the call back for half a minute; what has been found by then has to do. */
const GATHER_MILLISECONDS = 700;

interface Session extends RTCSession {
  _close(): void;
}

/** Missing in the package's types. */
interface Asker {
  sendOptions(
    target: string,
    body: undefined,
    options: { eventHandlers: Record<"succeeded" | "failed", (event: Answer) => void> },
  ): void;
}

interface Answer {
  response: IncomingResponse | null;
}

/** The package's own words for why a session ended. */
const CAUSE: Readonly<Record<"bye" | "canceled" | "noMedia", string>> = {
  bye: JsSIP.C.causes.BYE,
  canceled: JsSIP.C.causes.CANCELED,
  noMedia: JsSIP.C.causes.RTP_TIMEOUT,
};

export class SipClient {
  private readonly socket: PhoneSocket;
  private readonly ua: UA;
  private readonly sessions = new Map<string, Session>();

  constructor(
    private readonly settings: SipSettings,
    private readonly handlers: SipHandlers,
  ) {
    this.socket = new PhoneSocket(settings.wsUrl);
    this.ua = new JsSIP.UA({
      sockets: [{ socket: this.socket as unknown as Socket, weight: 0 }],
      uri: `sip:${settings.account}@${settings.domain}`,
      password: settings.secret,
      register: settings.register,
      register_expires: REGISTER_SECONDS,
      session_timers: false,
      no_answer_timeout: RING_SECONDS,
      connection_recovery_min_interval: RECONNECT_SECONDS.min,
      connection_recovery_max_interval: RECONNECT_SECONDS.max,
      user_agent: "Huying",
    });
    this.listen();
  }

  connect(): void {
    this.ua.start();
  }

  disconnect(): void {
    this.ua.stop();
  }

  register(): void {
    if (this.ua.isConnected()) this.ua.register();
  }

  /** Start a call with our own id; its fate comes through the handlers. */
  invite(id: string, target: string, stream: MediaStream): void {
    let session: Session | null = null;
    this.nextOutgoingId = id;
    try {
      session = this.ua.call(`sip:${target}@${this.settings.domain}`, {
        mediaStream: stream,
        pcConfig: this.pcConfig(),
        rtcOfferConstraints: { offerToReceiveAudio: true, offerToReceiveVideo: false },
      }) as Session;
    } catch (error) {
      this.handlers.over(id, "fault", 0, String(error));
    }
    this.nextOutgoingId = "";
    if (session) this.handlers.peer(id, session.connection);
  }

  answer(id: string, stream: MediaStream): void {
    const session = this.sessions.get(id);
    if (!session || session.isEnded()) return;
    session.on("peerconnection", ({ peerconnection }) => this.handlers.peer(id, peerconnection));
    session.answer({ mediaStream: stream, pcConfig: this.pcConfig() });
  }

  /** Turn an INVITE down. */
  refuse(id: string, status: number): void {
    this.terminate(id, status);
  }

  /** CANCEL, refuse or BYE, whichever fits. */
  end(id: string): void {
    this.terminate(id);
  }

  /** Forget the call and close its sound path without a word to the other side. */
  drop(id: string): void {
    const session = this.sessions.get(id);
    this.sessions.delete(id);
    session?._close();
  }

  sendDigits(id: string, digits: string): void {
    const peer = this.sessions.get(id)?.connection;
    if (peer) pressKeys(peer, digits);
  }

  /** Ask the server whether it still hears us. Any answer at all is a yes. */
  linkAnswers(withinMilliseconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), withinMilliseconds);
      const yes = () => {
        clearTimeout(timer);
        resolve(true);
      };
      const failed = ({ response }: Answer) => {
        if (response) yes();
      };
      const asker = this.ua as unknown as Asker;
      asker.sendOptions(`sip:${this.settings.domain}`, undefined, { eventHandlers: { succeeded: yes, failed } });
    });
  }

  abandonLink(reason: string): void {
    this.socket.abandon(reason);
  }

  private nextOutgoingId = "";

  private listen(): void {
    this.ua.on("connecting", ({ attempts }) => this.handlers.connecting(attempts));
    this.ua.on("connected", () => this.handlers.connected());
    this.ua.on("disconnected", () => this.handlers.disconnected());
    this.ua.on("registered", () => this.handlers.registered());
    this.ua.on("unregistered", () => this.handlers.unregistered());
    this.ua.on("registrationFailed", ({ response, cause }) =>
      // Without an answer the response is null, whatever the type says.
      this.handlers.registrationFailed((response as IncomingResponse | null)?.status_code ?? 0, cause ?? ""),
    );
    this.ua.on("newRTCSession", (event: RTCSessionEvent) => this.adopt(event));
  }

  private adopt(event: RTCSessionEvent): void {
    const session = event.session as Session;
    const incoming = (session.direction as string) === "incoming";
    const id = incoming ? session.id : this.nextOutgoingId;
    this.sessions.set(id, session);
    this.watch(id, session);
    if (!incoming) return;
    this.handlers.invited(id, session.remote_identity.uri.user, session.remote_identity.display_name, ownHeaders(event.request));
  }

  private watch(id: string, session: Session): void {
    const over = ({ originator, message, cause }: EndEvent) => {
      if (!this.sessions.delete(id)) return;
      const status = (message as { status_code?: number } | null)?.status_code ?? 0;
      this.handlers.over(id, endedBy(originator, status, cause), status, cause);
    };
    session.on("ended", over);
    session.on("failed", over);
    session.on("progress", () => this.handlers.progressed(id));
    session.on("accepted", () => this.handlers.established(id));
    this.hurryGathering(session);
    keepOnDeadMedia(session);
  }

  private hurryGathering(session: Session): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    session.on("icecandidate", ({ ready }) => {
      timer ??= setTimeout(ready, GATHER_MILLISECONDS);
    });
  }

  private terminate(id: string, status?: number): void {
    const session = this.sessions.get(id);
    this.sessions.delete(id);
    if (session && !session.isEnded()) session.terminate(status === undefined ? {} : { status_code: status });
  }

  private pcConfig(): RTCConfiguration {
    return { iceServers: [...this.settings.iceServers], iceTransportPolicy: this.settings.iceTransportPolicy };
  }
}

/** JsSIP says BYE when ICE fails; but a dead network is no wish to hang up, and the server brings the agent back. */
function keepOnDeadMedia(session: Session): void {
  const terminate = session.terminate.bind(session);
  session.terminate = (options) => {
    if (options?.cause !== CAUSE.noMedia) terminate(options);
  };
}

function endedBy(originator: string, status: number, cause: string): EndedBy {
  if (cause === CAUSE.bye || cause === CAUSE.canceled) return originator === "local" ? "us" : "them";
  return originator === "remote" && status >= 300 ? "them" : "fault";
}

function ownHeaders(request: object): Record<string, string> {
  const all = (request as { headers: Record<string, { raw: string }[]> }).headers;
  const own = Object.entries(all).filter(([name]) => name.toLowerCase().startsWith("x-huying-"));
  return Object.fromEntries(own.map(([name, values]) => [name.toLowerCase(), values[0]?.raw ?? ""]));
}
