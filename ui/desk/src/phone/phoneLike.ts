/** What the station needs of a telephone in the browser. No behaviour. */
import type { Levels, SoundStats } from "@huying/softphone";

/** The part of the softphone that the station uses. */
export interface PhoneLike {
  start(): void;
  stop(): void;
  answer(): void;
  listenTo(contact: string): void;
  hangUp(): void;
  forget(): void;
  setMuted(muted: boolean): void;
  prepareMicrophone(): Promise<boolean>;
  checkLink(): Promise<void>;
  setDevices(devices: { microphoneId?: string; speakerId?: string }): Promise<void>;
  stats(): Promise<SoundStats>;
  levels(): Promise<Levels>;
}
