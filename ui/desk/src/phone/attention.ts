/** Makes a ringing call noticed: a tone, a blinking title, and a notification while the window is hidden. */

/** Two soft notes every two seconds, until the returned function is called. */
export function ringTone(): () => void {
  const context = new AudioContext();
  const play = (): void => {
    if (context.state === "suspended") void context.resume().catch(() => undefined);
    note(context, 587.33, 0, 0.32);
    note(context, 880, 0.34, 0.5);
  };
  play();
  const timer = setInterval(play, 2000);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

function note(context: AudioContext, hertz: number, delay: number, length: number): void {
  const at = context.currentTime + delay;
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.type = "triangle";
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.22, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0005, at + length);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + length);
}

/** Alternates the document's title; the returned function restores it. */
export function blinkTitle(text: string): () => void {
  const before = document.title;
  let on = false;
  const timer = setInterval(() => {
    on = !on;
    document.title = on ? text : before;
  }, 900);
  document.title = text;
  return () => {
    clearInterval(timer);
    document.title = before;
  };
}

/** A notification while the window is hidden and the person has allowed it. */
export function notify(title: string, body: string): () => void {
  if (!("Notification" in window) || Notification.permission !== "granted" || document.visibilityState === "visible") return () => undefined;
  const notification = new Notification(title, { body, tag: "huying-call", requireInteraction: true });
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
  return () => notification.close();
}

/** Ask once whether notifications may be shown; needs a press of the person. */
export function askForNotifications(): void {
  if ("Notification" in window && Notification.permission === "default") void Notification.requestPermission();
}
