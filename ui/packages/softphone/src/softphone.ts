/** The phone: feeds SIP, microphone and the owner's commands into the machine and carries out its effects.
 *  Nothing here hangs up when the page goes away: a refresh must not end a conversation. */

import { PhoneError, type Call } from "./events";
import type { Effect, Input, PhoneState } from "./inputs";
import { LineIn } from "./linein";
import { LinkWatch } from "./link";
import { currentCall, initialState, ringingCall, step } from "./machine";
import { meter, noStats, readStats, type SoundStats } from "./measure";
import type { Levels, SoftphoneOptions } from "./options";
import { MEDIA_STATES, soundOf } from "./peers";
import { SipClient } from "./sip";
import { Speaker } from "./sound";

const AUTO_ANSWER = "x-huying-auto-answer";

export class Softphone {
  private state: PhoneState = initialState;
  private readonly sip: SipClient;
  private readonly line: LineIn;
  private readonly speaker: Speaker;
  private readonly linkWatch: LinkWatch;
  private readonly peers = new Map<string, RTCPeerConnection>();
  private registerTimer: ReturnType<typeof setTimeout> | undefined;
  private outgoing = 0;

  constructor(private readonly options: SoftphoneOptions) {
    this.speaker = new Speaker(options.audioSink, (state) => options.onEvent({ type: "sound", state }));
    this.line = new LineIn(
      options.microphone ?? "optional",
      options.processing ?? true,
      options.onEvent,
      () => this.peers.values(),
      options.microphoneStream,
    );
    this.sip = this.makeClient();
    this.linkWatch = new LinkWatch(this.sip, () => this.state.link === "up");
  }

  /** Connect and, unless told otherwise, register; both are kept up until `stop`. */
  start(): void {
    this.feed({ type: "start" });
    this.linkWatch.start();
  }

  /** End what runs, unregister, disconnect. */
  stop(): void {
    this.linkWatch.stop();
    clearTimeout(this.registerTimer);
    this.feed({ type: "stop" });
    this.line.release();
  }

  /** Call a user part of our domain. Gives the call's id. Throws PhoneError. */
  call(target: string): string {
    if (this.state.calls.length > 0) throw new PhoneError("busy", "Hang up first.");
    const id = `out-${String(++this.outgoing)}`;
    this.feed({ type: "call", id, target });
    return id;
  }

  /** Take the call that rings. Throws PhoneError. */
  answer(): void {
    if (!ringingCall(this.state)) throw new PhoneError("no-call", "Nothing rings.");
    this.feed({ type: "answer" });
  }

  /** End the call, whatever its phase; refuses one that rings. Without a call nothing happens. */
  hangUp(): void {
    this.feed({ type: "hang-up" });
  }

  /** Forget all calls without telling the other side, when it is known to have ended them. */
  forget(): void {
    for (const call of this.state.calls) {
      this.sip.drop(call.id);
      this.feed({ type: "over", id: call.id, by: "them", status: 0, cause: "known-ended" });
    }
  }

  /** Send keypad tones (0-9 * # A-D) in the sound path, RFC 4733. Throws PhoneError. */
  sendDigits(digits: string): void {
    if (!/^[0-9*#A-D]+$/i.test(digits)) throw new PhoneError("bad-digits", `"${digits}" are not keys of a telephone.`);
    const call = currentCall(this.state);
    if (call?.phase !== "talking") throw new PhoneError("no-call", "Digits need a call that stands.");
    this.sip.sendDigits(call.id, digits);
  }

  /** Of two calls: hear the one of this contact. */
  listenTo(contact: string): void {
    this.feed({ type: "listen", contact });
  }

  setMuted(muted: boolean): void {
    this.feed({ type: "mute", muted });
  }

  get muted(): boolean {
    return this.state.muted;
  }

  get currentCall(): Call | null {
    return currentCall(this.state);
  }

  get registered(): boolean {
    return this.state.registration === "registered";
  }

  /** The sound that is being received, for measuring or recording. */
  get remoteStream(): MediaStream | null {
    return this.speaker.stream;
  }

  /** Open the microphone once so that the browser asks now and not when a call comes. False (and an event) when it cannot be had. */
  prepareMicrophone(): Promise<boolean> {
    return this.line.prepare();
  }

  /** Use these devices from now on, also in a running call. */
  async setDevices(devices: { microphoneId?: string; speakerId?: string }): Promise<void> {
    if (devices.speakerId !== undefined) await this.speaker.useDevice(devices.speakerId);
    if (devices.microphoneId !== undefined) await this.line.useDevice(devices.microphoneId);
  }

  /** Figures of the current call's sound; zeros without one. */
  async stats(): Promise<SoundStats> {
    const peer = this.currentPeer();
    if (!peer) return noStats;
    const report = await peer.getStats();
    return readStats([...report.values()] as Record<string, unknown>[]);
  }

  /** How loud both sides are now. */
  async levels(): Promise<Levels> {
    const stats = await this.stats();
    return { speaker: meter(stats.speakerLevel), microphone: this.state.muted ? 0 : meter(stats.microphoneLevel) };
  }

  /** Find out at once whether the link still works, and replace it if not. Worth calling when another connection broke. */
  checkLink(): Promise<void> {
    return this.linkWatch.check();
  }

  private makeClient(): SipClient {
    const { wsUrl, account, secret, domain, register = true, iceServers = [], iceTransportPolicy = "all" } = this.options;
    return new SipClient(
      { wsUrl, account, secret, domain, register, iceServers, iceTransportPolicy },
      {
        connecting: (attempt) => this.feed({ type: "link-connecting", attempt }),
        connected: () => this.feed({ type: "link-up" }),
        disconnected: () => this.feed({ type: "link-down" }),
        registered: () => this.feed({ type: "registered" }),
        unregistered: () => this.feed({ type: "unregistered" }),
        registrationFailed: (status, cause) => this.feed({ type: "registration-failed", status, cause }),
        invited: (id, number, name, headers) =>
          this.feed({ type: "invited", id, number, name, headers, automatic: AUTO_ANSWER in headers }),
        progressed: (id) => this.feed({ type: "progressed", id }),
        established: (id) => this.feed({ type: "established", id }),
        over: (id, by, status, cause) => this.feed({ type: "over", id, by, status, cause }),
        peer: (id, peer) => this.watchPeer(id, peer),
      },
    );
  }

  private feed(input: Input): void {
    const { state, effects } = step(this.state, input, Date.now());
    this.state = state;
    for (const effect of effects) this.carryOut(effect);
    for (const id of this.peers.keys()) if (!state.calls.some((call) => call.id === id)) this.peers.delete(id);
  }

  private carryOut(effect: Effect): void {
    switch (effect.type) {
      case "publish":
        this.options.onEvent(effect.event);
        break;
      case "connect":
        this.sip.connect();
        break;
      case "disconnect":
        this.sip.disconnect();
        break;
      case "register-later":
        clearTimeout(this.registerTimer);
        this.registerTimer = setTimeout(() => this.sip.register(), effect.seconds * 1000);
        break;
      case "invite":
        void this.withMicrophone(effect.id, (stream) => this.sip.invite(effect.id, effect.target, stream));
        break;
      case "answer":
        void this.withMicrophone(effect.id, (stream) => this.sip.answer(effect.id, stream));
        break;
      case "refuse":
        this.sip.refuse(effect.id, effect.status);
        break;
      case "end":
        this.sip.end(effect.id);
        break;
      case "drop":
        this.sip.drop(effect.id);
        break;
      case "listen":
        this.speaker.change(soundOf(this.peers.get(effect.id)));
        break;
      case "apply-mute":
        this.line.setMuted(effect.muted);
        break;
      case "release-microphone":
        this.speaker.silence();
        this.line.release();
    }
  }

  private async withMicrophone(id: string, go: (stream: MediaStream) => void): Promise<void> {
    const stream = await this.line.open();
    const wanted = this.state.calls.some((call) => call.id === id);
    if (stream && wanted) {
      go(stream);
      return;
    }
    if (this.state.calls.length === 0) this.line.release();
    if (!wanted) return;
    this.sip.end(id);
    this.feed({ type: "over", id, by: "fault", status: 0, cause: "microphone" });
  }

  /** Of two calls that come back at a time the current one is heard, whichever sound arrives last. */
  private watchPeer(id: string, peer: RTCPeerConnection): void {
    this.peers.set(id, peer);
    peer.addEventListener("track", (event) => {
      if (this.currentCall?.id === id) this.speaker.play(event.streams[0] ?? new MediaStream([event.track]));
    });
    peer.addEventListener("connectionstatechange", () => {
      const state = MEDIA_STATES[peer.connectionState];
      if (state && this.peers.get(id) === peer) this.options.onEvent({ type: "media", callId: id, state });
    });
  }

  private currentPeer(): RTCPeerConnection | undefined {
    const call = currentCall(this.state);
    return call ? this.peers.get(call.id) : undefined;
  }
}

/** Make a phone; nothing happens before `start`. */
export function createSoftphone(options: SoftphoneOptions): Softphone {
  return new Softphone(options);
}
