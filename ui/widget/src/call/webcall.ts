/** One visitor's call from click to end: microphone, account, telephone, and the centre asked each second how it stands. */

import {
  closeStream,
  createSoftphone,
  MicrophoneError,
  openMicrophone,
  type Levels,
  type PhoneEvent,
  type Softphone,
} from "@huying/softphone";

import { CallRefused, type PublicApi, type WebCall } from "./api";
import { advance, idle, isActive, type News, type Problem, type Progress } from "./progress";

const ASK_EVERY_MILLISECONDS = 1_000;
const CONNECT_WITHIN_MILLISECONDS = 20_000;

const MICROPHONE_PROBLEMS: Readonly<Record<string, Problem>> = {
  denied: "denied",
  missing: "missing",
  busy: "busy-microphone",
  insecure: "insecure",
};

export class Caller {
  progress: Progress = idle;
  private phone: Softphone | null = null;
  private call: WebCall | null = null;
  private asking: ReturnType<typeof setInterval> | undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: PublicApi,
    private readonly entry: string,
    private readonly changed: (progress: Progress) => void,
  ) {
    // Here, unlike at an agent's desk, leaving the page is hanging up.
    addEventListener("pagehide", () => this.hangUp());
  }

  /** Call the centre. Does nothing while a call is on. */
  async begin(language: string): Promise<void> {
    if (isActive(this.progress)) return;
    this.take({ type: "begin" });
    const impossible = obstacle();
    if (impossible) {
      this.fail(impossible);
      return;
    }
    const stream = await this.microphone();
    if (!stream) return;
    try {
      this.take({ type: "microphone-ready" });
      const call = await this.api.begin(this.entry, language);
      if (isActive(this.progress)) this.dial(call, stream);
      else await this.api.hangUp(call);
    } catch (error) {
      this.fail(error instanceof CallRefused ? error.problem : "unreachable");
    } finally {
      if (!this.phone) closeStream(stream);
    }
  }

  hangUp(): void {
    if (!isActive(this.progress)) return;
    if (this.call) void this.api.hangUp(this.call);
    this.take({ type: "hung-up" });
    this.phone?.hangUp();
    this.tidy();
  }

  press(key: string): void {
    if (this.phone?.currentCall?.phase === "talking") this.phone.sendDigits(key);
  }

  toggleMute(): void {
    this.phone?.setMuted(!this.phone.muted);
  }

  async levels(): Promise<Levels> {
    return this.phone ? this.phone.levels() : { microphone: 0, speaker: 0 };
  }

  private async microphone(): Promise<MediaStream | null> {
    try {
      const stream = await openMicrophone({ processing: true });
      if (isActive(this.progress)) return stream;
      closeStream(stream);
    } catch (error) {
      this.fail(error instanceof MicrophoneError ? (MICROPHONE_PROBLEMS[error.problem] ?? "missing") : "missing");
    }
    return null;
  }

  private dial(call: WebCall, stream: MediaStream): void {
    this.call = call;
    const phone = createSoftphone({
      wsUrl: this.api.socketUrl(call),
      account: call.account,
      secret: call.secret,
      domain: call.domain,
      iceServers: call.ice_servers,
      register: false,
      microphone: "required",
      microphoneStream: stream,
      onEvent: (event) => this.heard(event, phone, call),
    });
    this.phone = phone;
    this.patience = setTimeout(() => {
      if (this.progress.establishedAt === null) this.giveUp("unreachable");
    }, CONNECT_WITHIN_MILLISECONDS);
    this.asking = setInterval(() => void this.ask(call), ASK_EVERY_MILLISECONDS);
    phone.start();
  }

  private heard(event: PhoneEvent, phone: Softphone, call: WebCall): void {
    switch (event.type) {
      case "link":
        if (event.state === "up" && !phone.currentCall && this.progress.establishedAt === null) phone.call(call.target);
        this.take({ type: "link", up: event.state === "up" });
        break;
      case "call":
        if (event.call.phase === "talking") this.take({ type: "established" });
        if (event.call.phase === "ended") this.callEnded(event.call.end?.by === "fault");
        break;
      case "muted":
        this.take({ type: "muted", muted: event.muted });
        break;
      case "sound":
        this.take({ type: "sound", blocked: event.state === "blocked" });
        break;
      case "media":
        if (event.state === "failed") this.giveUp("sound-lost");
        break;
      default:
    }
  }

  private callEnded(fault: boolean): void {
    if (fault && this.progress.establishedAt === null) this.fail("unreachable");
    else this.take({ type: "ended" });
    this.tidy();
  }

  private async ask(call: WebCall): Promise<void> {
    const report = await this.api.report(call);
    if (this.call !== call || report === null) return;
    if (report === "gone") {
      // The account is forgotten some time after its call; while the telephone is well it knows better.
      if (this.progress.linkDown) this.take({ type: "reported", state: "ended", place: 0, cause: "" });
    } else {
      this.take({ type: "reported", state: report.state, place: report.place, cause: report.ended_cause, article: report.article });
    }
    if (!isActive(this.progress)) {
      this.phone?.forget();
      this.tidy();
    }
  }

  private giveUp(problem: Problem): void {
    if (this.call) void this.api.hangUp(this.call);
    this.fail(problem);
    this.phone?.hangUp();
    this.tidy();
  }

  private fail(problem: Problem): void {
    this.take({ type: "failed", problem });
  }

  private tidy(): void {
    clearInterval(this.asking);
    clearTimeout(this.patience);
    const phone = this.phone;
    this.phone = null;
    this.call = null;
    phone?.stop();
  }

  private take(news: News): void {
    const next = advance(this.progress, news, Date.now());
    if (next === this.progress) return;
    this.progress = next;
    this.changed(next);
  }
}

function obstacle(): Problem | null {
  if (!window.isSecureContext) return "insecure";
  return "RTCPeerConnection" in window && "WebSocket" in window ? null : "unsupported";
}
