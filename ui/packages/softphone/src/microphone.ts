/** Gets the microphone and says in one word why it could not; gives silence in its place where a call must go on without it. */

import type { MicrophoneProblem } from "./events";

export class MicrophoneError extends Error {
  constructor(
    readonly problem: MicrophoneProblem,
    message: string,
  ) {
    super(message);
    this.name = "MicrophoneError";
  }
}

export interface MicrophoneWishes {
  readonly deviceId?: string;
  /** Echo cancelling, noise suppression and gain control by the browser. */
  readonly processing: boolean;
}

const PROBLEMS: Readonly<Record<string, MicrophoneProblem>> = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** Open the microphone. Throws MicrophoneError. */
export async function openMicrophone(wishes: MicrophoneWishes): Promise<MediaStream> {
  // The property is absent on pages that are not secure, whatever the type says.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new MicrophoneError("insecure", "The browser gives the microphone to secure pages (https) only.");
  const audio: MediaTrackConstraints = {
    echoCancellation: wishes.processing,
    noiseSuppression: wishes.processing,
    autoGainControl: wishes.processing,
  };
  if (wishes.deviceId) audio.deviceId = { exact: wishes.deviceId };
  try {
    return await devices.getUserMedia({ audio, video: false });
  } catch (error) {
    throw explained(error);
  }
}

/** Translate what getUserMedia threw. */
export function explained(error: unknown): MicrophoneError {
  const name = error instanceof Error ? error.name : "";
  const message = error instanceof Error ? error.message : String(error);
  return new MicrophoneError(PROBLEMS[name] ?? "unknown", message);
}

/** A stream that carries silence, for a call that has to be heard although nobody can speak. */
export function silence(): MediaStream {
  return new AudioContext().createMediaStreamDestination().stream;
}

export function closeStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
