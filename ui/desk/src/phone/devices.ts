/** Which microphone and which loudspeaker this browser uses for calls; kept here, asked of nobody. */

export interface Devices {
  /** Empty for the browser's own choice. */
  readonly microphoneId: string;
  readonly speakerId: string;
}

const STORED = "huying.devices";

export function readDevices(store: Pick<Storage, "getItem">): Devices {
  try {
    const value = JSON.parse(store.getItem(STORED) ?? "{}") as Partial<Devices>;
    return { microphoneId: value.microphoneId ?? "", speakerId: value.speakerId ?? "" };
  } catch {
    return { microphoneId: "", speakerId: "" };
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

/** The kept devices as far as they are plugged in; the browser's own choice stands in for one that is gone. */
export async function presentDevices(kept: Devices): Promise<Devices> {
  const has = async (kind: "audioinput" | "audiooutput", id: string): Promise<boolean> => (await listDevices(kind)).some((it) => it.value === id);
  return {
    microphoneId: kept.microphoneId && (await has("audioinput", kept.microphoneId)) ? kept.microphoneId : "",
    speakerId: kept.speakerId && (await has("audiooutput", kept.speakerId)) ? kept.speakerId : "",
  };
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
