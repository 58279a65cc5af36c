/** Makes of any sound that the browser can play the one form that telephones hear: WAV, 8000 Hz, mono, 16 bits. */

export const RATE = 8000;

/** Samples from -1 to 1 as a WAV file. Pure. */
export function wavOf(samples: Float32Array): ArrayBuffer {
  const file = new ArrayBuffer(44 + samples.length * 2);
  const view = new DataView(file);
  const text = (at: number, word: string): void => {
    for (let place = 0; place < word.length; place += 1) view.setUint8(at + place, word.charCodeAt(place));
  };
  text(0, "RIFF");
  view.setUint32(4, 36 + samples.length * 2, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, place) => view.setInt16(44 + place * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32767), true));
  return file;
}

/** Louder or softer, so that the loudest moment stands at -3 dB; silence stays silence. Pure. */
export function levelled(samples: Float32Array): Float32Array {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  if (peak < 0.001) return samples;
  const factor = 0.708 / peak;
  return samples.map((sample) => sample * factor);
}

/** A sound file of any kind that the browser can play, as telephones hear it. Rejects what it cannot play. */
export async function forTelephones(file: Blob): Promise<ArrayBuffer> {
  const reading = new OfflineAudioContext(1, 1, RATE);
  const decoded = await reading.decodeAudioData(await file.arrayBuffer());
  const rendering = new OfflineAudioContext(1, Math.max(1, Math.ceil(decoded.duration * RATE)), RATE);
  const source = rendering.createBufferSource();
  source.buffer = decoded;
  source.connect(rendering.destination);
  source.start();
  return wavOf(levelled((await rendering.startRendering()).getChannelData(0)));
}
