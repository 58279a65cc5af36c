/** The one microphone stream of the phone: opened for a call, kept over a change of legs, replaced when a device goes. */

import type { PhoneEvent } from "./events";
import { closeStream, MicrophoneError, openMicrophone, silence } from "./microphone";

export class LineIn {
  private stream: MediaStream | null;
  private opening: Promise<MediaStream | null> | null = null;
  private deviceId = "";
  private muted = false;

  constructor(
    private readonly need: "required" | "optional",
    private readonly processing: boolean,
    private readonly onEvent: (event: PhoneEvent) => void,
    private readonly peers: () => Iterable<RTCPeerConnection>,
    given?: MediaStream,
  ) {
    this.stream = given ?? null;
  }

  /** The stream for a call, or null when there must be a microphone and there is none (an event has said so). */
  open(): Promise<MediaStream | null> {
    if (this.stream) return Promise.resolve(this.stream);
    this.opening ??= this.acquire().finally(() => (this.opening = null));
    return this.opening;
  }

  async prepare(): Promise<boolean> {
    if (this.stream) return true;
    const stream = await this.tryMicrophone();
    closeStream(stream);
    return stream !== null;
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    for (const track of this.stream?.getAudioTracks() ?? []) track.enabled = !muted;
  }

  release(): void {
    closeStream(this.stream);
    this.stream = null;
    this.muted = false;
  }

  /** Change the microphone; running calls go on with the new one. */
  async useDevice(id: string): Promise<void> {
    if (id === this.deviceId) return;
    this.deviceId = id;
    if (!this.stream) return;
    const fresh = await this.tryMicrophone();
    if (fresh) await this.changeTo(fresh);
  }

  private async changeTo(fresh: MediaStream): Promise<void> {
    const track = fresh.getAudioTracks()[0];
    if (!track) return;
    const before = this.stream;
    this.take(fresh);
    for (const peer of this.peers())
      await peer
        .getSenders()
        .find((it) => it.track?.kind === "audio")
        ?.replaceTrack(track);
    closeStream(before);
  }

  /** The microphone was taken away in a call: the browser's own choice stands in, or silence, so that the call goes on. */
  private async replaceLost(): Promise<void> {
    this.deviceId = "";
    try {
      const fresh = await openMicrophone({ processing: this.processing });
      await this.changeTo(fresh);
      this.onEvent({ type: "microphone", state: "replaced", label: fresh.getAudioTracks()[0]?.label ?? "" });
    } catch {
      this.onEvent({ type: "microphone", state: "failed", problem: "lost", message: "The microphone was taken away." });
      await this.changeTo(silence());
    }
  }

  private async acquire(): Promise<MediaStream | null> {
    const stream = (await this.tryMicrophone()) ?? (this.need === "optional" ? silence() : null);
    if (stream) this.take(stream);
    return stream;
  }

  private async tryMicrophone(): Promise<MediaStream | null> {
    try {
      const stream = await openMicrophone({ deviceId: this.deviceId, processing: this.processing });
      this.onEvent({ type: "microphone", state: "ready" });
      return stream;
    } catch (error) {
      if (!(error instanceof MicrophoneError)) throw error;
      this.onEvent({ type: "microphone", state: "failed", problem: error.problem, message: error.message });
      return null;
    }
  }

  private take(stream: MediaStream): void {
    this.stream = stream;
    this.setMuted(this.muted);
    for (const track of stream.getAudioTracks()) {
      track.addEventListener("ended", () => {
        if (this.stream === stream) void this.replaceLost();
      });
    }
  }
}
