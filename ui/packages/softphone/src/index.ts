/** A telephone in the browser: SIP over WebSocket and WebRTC, without any user interface. */

export * from "./events";
export { closeStream, MicrophoneError, openMicrophone } from "./microphone";
export { meter, type SoundStats } from "./measure";
export type { Levels, SoftphoneOptions } from "./options";
export { createSoftphone, Softphone } from "./softphone";
