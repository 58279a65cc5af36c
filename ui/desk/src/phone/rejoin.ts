/** When the browser asks the server to ring it again for the conversation it has lost. Pure. */
import type { CallPhase } from "./callView";

/** A session that has just ended may be the end of the call, which the feed tells a moment later. */
export const SETTLE_MS = 1200;
/** A request that brought no call is repeated after this. */
export const AGAIN_MS = 3000;

export interface RejoinFacts {
  /** What the server says of my call. */
  readonly phase: CallPhase;
  readonly feedOpen: boolean;
  readonly registered: boolean;
  readonly hasSession: boolean;
  /** When this window's last session ended; 0 when it never had one. */
  readonly sessionEndedAt: number;
  /** When a rejoin was last asked for; 0 for never. */
  readonly askedAt: number;
}

/** Milliseconds to wait before asking; null when there is nothing to ask for. */
export function rejoinDelay(facts: RejoinFacts, now: number): number | null {
  const talking = facts.phase === "talking" || facts.phase === "holding" || facts.phase === "lost";
  if (!talking || !facts.feedOpen || !facts.registered) return null;
  // A lost agent's leg is gone on the server, even where this side has not noticed; the new one replaces the session.
  if (facts.hasSession && facts.phase !== "lost") return null;
  const settled = facts.sessionEndedAt === 0 ? 0 : facts.sessionEndedAt + SETTLE_MS - now;
  const again = facts.askedAt === 0 ? 0 : facts.askedAt + AGAIN_MS - now;
  return Math.max(0, settled, again);
}

/** How long a session may last of which the server knows nothing: an answer needs a moment to be told. */
export const LEFT_OVER_MS = 4000;

/** A session that belongs to no call of mine is ended, so that no sound path is left over. */
export function isLeftOver(facts: { readonly phase: CallPhase; readonly feedOpen: boolean; readonly hasSession: boolean }): boolean {
  return facts.hasSession && facts.feedOpen && (facts.phase === "none" || facts.phase === "after_call");
}
