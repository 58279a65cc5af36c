/**
 * A short call to the engine's echo, beside the phone that works: says whether sound gets there and back, how well, and
 * keeps what came back so that a person can hear how he sounds to others.
 */

import type { MicrophoneProblem, PhoneEvent } from "./events";
import type { SoundStats } from "./measure";
import type { SoftphoneOptions } from "./options";
import { qualityBetween, type Quality } from "./quality";
import { Softphone } from "./softphone";

/** The name under which the engine answers with an echo. */
const ECHO = "huying-echo";
const CONNECT_MILLISECONDS = 8_000;
/** The first packets tell more of the start than of the network. */
const SETTLE_MILLISECONDS = 600;
/** Level (root mean square, 0 to 1) of a moment in which somebody was heard. */
const HEARD_LEVEL = 0.01;
const LOOK_MILLISECONDS = 60;

export interface EchoOptions {
  readonly phone: Pick<SoftphoneOptions, "wsUrl" | "account" | "secret" | "domain" | "iceServers">;
  readonly microphoneId?: string;
  readonly milliseconds: number;
  /** How loud the microphone is, 0 to 1, a few times a second. */
  readonly onLevel?: (level: number) => void;
  readonly signal?: AbortSignal;
}

export interface EchoResult {
  /** `none`: the echo was reached and sound was sent. */
  readonly problem: "none" | "no-link" | "no-answer" | "no-sound" | MicrophoneProblem;
  readonly quality: Quality | null;
  /** Whether anything louder than silence came back. */
  readonly heard: boolean;
  /** How sound travels, as in SoundStats. */
  readonly path: string;
  /** What came back, to be listened to; null where the browser cannot record. */
  readonly sound: Blob | null;
}

type Waiting = (event: PhoneEvent) => boolean;

/** Call the echo for so long. Never throws; a call that fails says why. */
export async function callEcho(options: EchoOptions): Promise<EchoResult> {
  const { phone, hear } = quietPhone(options);
  try {
    return await listen(phone, hear, options);
  } catch (reason) {
    return { problem: problemOf(reason), quality: null, heard: false, path: "", sound: null };
  } finally {
    phone.stop();
  }
}

class Failed extends Error {
  constructor(readonly problem: EchoResult["problem"]) {
    super(problem);
  }
}

const problemOf = (reason: unknown): EchoResult["problem"] => (reason instanceof Failed ? reason.problem : "no-answer");

function quietPhone(options: EchoOptions): { phone: Softphone; hear: (waiting: Waiting, problem: EchoResult["problem"]) => Promise<void> } {
  const seen: PhoneEvent[] = [];
  let wake: () => void = () => undefined;
  const audioSink = document.createElement("audio");
  audioSink.muted = true;
  const phone = new Softphone({
    ...options.phone,
    register: false,
    microphone: "required",
    audioSink,
    onEvent: (event) => {
      seen.push(event);
      wake();
    },
  });
  const hear = (waiting: Waiting, problem: EchoResult["problem"]): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Failed(problem)), CONNECT_MILLISECONDS);
      wake = () => {
        const failed = seen.filter((it) => it.type === "microphone").find((it) => it.state === "failed");
        const over = seen.find((it) => it.type === "call" && it.call.phase === "ended");
        if (failed) reject(new Failed(failed.problem));
        else if (seen.some(waiting)) resolve();
        else if (over || options.signal?.aborted) reject(new Failed("no-answer"));
        else return;
        clearTimeout(timer);
      };
      options.signal?.addEventListener("abort", () => wake());
      wake();
    });
  return { phone, hear };
}

async function listen(phone: Softphone, hear: (waiting: Waiting, problem: EchoResult["problem"]) => Promise<void>, options: EchoOptions): Promise<EchoResult> {
  if (options.microphoneId) await phone.setDevices({ microphoneId: options.microphoneId });
  phone.start();
  await hear((it) => it.type === "link" && it.state === "up", "no-link");
  phone.call(ECHO);
  await hear((it) => it.type === "call" && it.call.phase === "talking", "no-answer");
  await hear((it) => it.type === "media" && it.state === "connected", "no-sound");
  const tape = record(phone.remoteStream);
  const loudest = listenTo(phone.remoteStream);
  await pause(SETTLE_MILLISECONDS, options.signal);
  const before = await phone.stats();
  const levels = setInterval(() => void phone.levels().then((it) => options.onLevel?.(it.microphone)), 120);
  await pause(options.milliseconds, options.signal);
  clearInterval(levels);
  return result(before, await phone.stats(), loudest() > HEARD_LEVEL, await tape());
}

function result(before: SoundStats, now: SoundStats, heard: boolean, sound: Blob | null): EchoResult {
  const quality = qualityBetween(before, now);
  return { problem: quality ? "none" : "no-sound", quality, heard, path: now.path, sound };
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new Failed("no-answer"));
    });
  });
}

/** How loud the loudest moment was; the returned function ends it. (Statistics of sound that is not played say nothing of its level.) */
function listenTo(stream: MediaStream | null): () => number {
  if (!stream) return () => 0;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let loudest = 0;
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    loudest = Math.max(loudest, Math.sqrt(samples.reduce((sum, it) => sum + it * it, 0) / samples.length));
  }, LOOK_MILLISECONDS);
  return () => {
    clearInterval(timer);
    void context.close();
    return loudest;
  };
}

/** Record a stream; the returned function ends it and gives what was recorded. */
function record(stream: MediaStream | null): () => Promise<Blob | null> {
  if (!stream || !("MediaRecorder" in window)) return () => Promise.resolve(null);
  const parts: Blob[] = [];
  const recorder = new MediaRecorder(stream);
  recorder.ondataavailable = (event) => parts.push(event.data);
  const ended = new Promise<Blob>((resolve) => (recorder.onstop = () => resolve(new Blob(parts, { type: recorder.mimeType }))));
  recorder.start();
  return () => {
    if (recorder.state !== "inactive") recorder.stop();
    return ended;
  };
}
