/** The server's time as well as the browser can know it, so that timers agree with the server's times. */

/** Differences below this are the grain of the Date header, not a wrong clock. */
const TOLERANCE_MS = 2000;
let offsetMs = 0;

export function learnOffset(measuredMs: number): void {
  offsetMs = Math.abs(measuredMs) > TOLERANCE_MS ? measuredMs : 0;
}

export function serverNow(): number {
  return Date.now() + offsetMs;
}
