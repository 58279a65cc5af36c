/**
 * Notices that the computer has slept: a clock that should tick every few seconds did not. Pure, but for `watchSleep`.
 *
 * Browsers slow the timers of hidden pages down to one a minute; a page that was hidden at either end of a gap is only
 * believed to have slept when it was longer than that.
 */

export const TICK_MS = 2_000;
const SLEPT_VISIBLE_MS = 12_000;
const SLEPT_HIDDEN_MS = 90_000;

export interface Tick {
  readonly at: number;
  readonly hidden: boolean;
}

/** How long the computer slept between two ticks; 0 when it did not. */
export function sleptBetween(before: Tick, now: Tick): number {
  const gap = now.at - before.at - TICK_MS;
  return gap >= (before.hidden || now.hidden ? SLEPT_HIDDEN_MS : SLEPT_VISIBLE_MS) ? gap : 0;
}

/** Calls back with how long it slept, until the returned function is called. */
export function watchSleep(onWake: (sleptMs: number) => void): () => void {
  const tick = (): Tick => ({ at: Date.now(), hidden: document.visibilityState === "hidden" });
  let last = tick();
  const look = (): void => {
    const now = tick();
    const slept = sleptBetween(last, now);
    last = now;
    if (slept > 0) onWake(slept);
  };
  const timer = setInterval(look, TICK_MS);
  document.addEventListener("visibilitychange", look);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
  };
}

/** What works again after sleep; `null` is not known yet. */
export interface AwakeFacts {
  readonly feedOpen: boolean;
  readonly registered: boolean;
  readonly microphone: boolean | null;
}

export type Awake = "checking" | "restored" | "no_feed" | "no_phone" | "no_microphone";

/** How long things may take to come back before they count as broken. */
export const SETTLE_AFTER_WAKE_MS = 15_000;

/** What to say so long after the computer woke up. */
export function awakeVerdict(facts: AwakeFacts, sinceWakeMs: number): Awake {
  if (facts.feedOpen && facts.registered && facts.microphone === true) return "restored";
  if (facts.feedOpen && facts.registered && facts.microphone === false) return "no_microphone";
  if (sinceWakeMs < SETTLE_AFTER_WAKE_MS) return "checking";
  return facts.feedOpen ? "no_phone" : "no_feed";
}
