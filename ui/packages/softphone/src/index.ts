/** A telephone in the browser: SIP over WebSocket and WebRTC, without any user interface. */

export * from './events'
export { meter, type SoundStats } from './measure'
export { createSoftphone, Softphone, type Levels, type SoftphoneOptions } from './softphone'
