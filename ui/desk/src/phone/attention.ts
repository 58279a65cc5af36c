/** Makes a ringing call noticed: a tone on the ringing device, a blinking title, a mark on the application's icon. */

/** Two soft notes every two seconds on a loudspeaker (empty: the browser's own), until the returned function is called. */
export function ringTone(speakerId: string): () => void {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const element = document.createElement("audio");
  element.srcObject = out.stream;
  element.dataset.ring = speakerId;
  const play = (): void => {
    if (context.state === "suspended") void context.resume().catch(() => undefined);
    if (element.paused) void element.play().catch(() => undefined);
    note(context, out, 587.33, 0, 0.32);
    note(context, out, 880, 0.34, 0.5);
  };
  let timer: ReturnType<typeof setInterval> | undefined;
  const begin = (): void => {
    if (context.state === "closed") return;
    play();
    timer = setInterval(play, 2000);
  };
  // A device that is gone by now rings on the browser's own instead.
  const placed = speakerId && "setSinkId" in element ? element.setSinkId(speakerId).catch(() => undefined) : Promise.resolve();
  void placed.then(begin);
  return () => {
    clearInterval(timer);
    element.srcObject = null;
    void context.close();
  };
}

/** One short note, such as before a call that is answered by itself. */
export function beep(hertz = 1000, seconds = 0.25): void {
  const context = new AudioContext();
  note(context, context.destination, hertz, 0.02, seconds);
  setTimeout(() => void context.close(), 1000 * (seconds + 0.3));
}

function note(context: AudioContext, out: AudioNode, hertz: number, delay: number, length: number): void {
  const at = context.currentTime + delay;
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.type = "triangle";
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.22, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0005, at + length);
  oscillator.connect(gain).connect(out);
  oscillator.start(at);
  oscillator.stop(at + length);
}

/** Alternates the document's title and marks the installed application's icon; the returned function restores both. */
export function blinkTitle(text: string): () => void {
  const before = document.title;
  let on = false;
  const timer = setInterval(() => {
    on = !on;
    document.title = on ? text : before;
  }, 900);
  document.title = text;
  mark(1);
  return () => {
    clearInterval(timer);
    document.title = before;
    mark(0);
  };
}

function mark(count: number): void {
  if (!("setAppBadge" in navigator)) return;
  void (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => undefined);
}
