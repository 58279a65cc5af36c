/** A telephone in the browser: SIP over WebSocket and WebRTC, without any user interface. */

export * from "./events";
export { closeStream, MicrophoneError, openMicrophone } from "./microphone";
export { callEcho, type EchoOptions, type EchoResult } from "./echo";
export { meter, noStats, type SoundStats } from "./measure";
export type { Levels, SoftphoneOptions } from "./options";
export { grade, opinionScore, qualityBetween, type Grade, type Quality } from "./quality";
export { createSoftphone, Softphone } from "./softphone";
