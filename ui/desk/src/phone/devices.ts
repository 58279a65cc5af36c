/** Which microphone, loudspeaker and ringing device this browser uses; kept here, asked of nobody. */

export interface Devices {
  /** Empty for the browser's own choice. */
  readonly microphoneId: string;
  readonly speakerId: string;
  /** Where it rings; empty for the loudspeaker of the browser's own choice. */
  readonly ringId: string;
}

export type DeviceRole = "microphone" | "speaker" | "ring";

export const OWN_CHOICE: Devices = { microphoneId: "", speakerId: "", ringId: "" };
const STORED = "huying.devices";

export function readDevices(store: Pick<Storage, "getItem">): Devices {
  try {
    return { ...OWN_CHOICE, ...(JSON.parse(store.getItem(STORED) ?? "{}") as Partial<Devices>) };
  } catch {
    return OWN_CHOICE;
  }
}

export function keepDevices(store: Pick<Storage, "setItem">, devices: Devices): void {
  store.setItem(STORED, JSON.stringify(devices));
}

export interface DeviceOption {
  readonly value: string;
  readonly label: string;
}

/** The devices of a kind. Names are there only once the microphone was allowed. */
export async function listDevices(kind: "audioinput" | "audiooutput"): Promise<readonly DeviceOption[]> {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  const all = (await media?.enumerateDevices()) ?? [];
  return all.filter((it) => it.kind === kind && it.deviceId && it.deviceId !== "default").map((it) => ({ value: it.deviceId, label: it.label || it.deviceId.slice(0, 8) }));
}

/** The kept devices as far as they are there; the browser's own choice stands in for one that is gone. Pure. */
export function present(kept: Devices, microphones: readonly string[], speakers: readonly string[]): Devices {
  const there = (id: string, all: readonly string[]): string => (all.includes(id) ? id : "");
  return { microphoneId: there(kept.microphoneId, microphones), speakerId: there(kept.speakerId, speakers), ringId: there(kept.ringId, speakers) };
}

export async function presentDevices(kept: Devices): Promise<Devices> {
  const ids = async (kind: "audioinput" | "audiooutput"): Promise<string[]> => (await listDevices(kind)).map((it) => it.value);
  return present(kept, await ids("audioinput"), await ids("audiooutput"));
}

/** Which of the chosen devices were in use and are gone. Pure. */
export function lostDevices(before: Devices, now: Devices, kept: Devices): DeviceRole[] {
  const lost = (key: keyof Devices): boolean => before[key] !== "" && before[key] === kept[key] && now[key] === "";
  const roles = [lost("microphoneId") && "microphone", lost("speakerId") && "speaker", lost("ringId") && "ring"];
  return roles.filter((it): it is DeviceRole => it !== false);
}

/** Opens a microphone to show how loud it is, 0 to 1, until the returned function is called. */
export async function listenToMicrophone(microphoneId: string, onLevel: (level: number) => void): Promise<() => void> {
  const audio: MediaTrackConstraints = microphoneId ? { deviceId: { exact: microphoneId } } : {};
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, it) => sum + it * it, 0) / samples.length;
    const decibels = 10 * Math.log10(power + 1e-9);
    onLevel(Math.max(0, Math.min(1, (decibels + 60) / 60)));
  }, 100);
  return () => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
    void context.close();
  };
}
