/**
 * How good a call sounds, estimated from packets. Pure; the server has the same formula (`telephony/sound_quality.py`).
 *
 * The E-model of ITU-T G.107 with its defaults, reduced as by Cole and Rosenbluth ("Voice over IP performance monitoring",
 * 2001): R = 93.2 - Id - Ie_eff; Id from the one-way delay, Ie_eff from the loss with G.711's values of ITU-T G.113 appendix I
 * (Ie 0, Bpl 25.1), used for Opus and G.722 too. Annex B of G.107 turns R into the mean opinion score.
 */

import type { SoundStats } from "./measure";

export interface Quality {
  /** Mean opinion score, 1 to 4.5. */
  readonly mos: number;
  /** The worse of both directions. */
  readonly lossPercent: number;
  readonly jitterMs: number;
  /** Null while the other side has reported none. */
  readonly roundTripMs: number | null;
  readonly codec: string;
}

const BEST_R = 93.2;
const PACKET_MS = 20;
const BUFFER_PER_JITTER = 2;
const KNEE_MS = 177.3;
const ROBUSTNESS = 25.1;

/** Mean opinion score, 1 to 4.5, rounded to two places. Impossible figures count as the nearest possible. */
export function opinionScore(lossPercent: number, jitterMs: number, roundTripMs: number): number {
  const loss = Math.min(Math.max(lossPercent, 0), 100);
  const delay = Math.max(roundTripMs, 0) / 2 + BUFFER_PER_JITTER * Math.max(jitterMs, 0) + PACKET_MS;
  const delayed = 0.024 * delay + (delay > KNEE_MS ? 0.11 * (delay - KNEE_MS) : 0);
  const lossy = (95 * loss) / (loss + ROBUSTNESS);
  return Math.round(score(BEST_R - delayed - lossy) * 100) / 100;
}

function score(r: number): number {
  if (r <= 0) return 1;
  if (r >= 100) return 4.5;
  return Math.max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6);
}

/** The quality of the time between two measurements; null when nothing was to be heard in it. */
export function qualityBetween(before: SoundStats, now: SoundStats): Quality | null {
  const received = now.packetsReceived - before.packetsReceived;
  const lost = Math.max(0, now.packetsLost - before.packetsLost);
  if (received < 0 || received + lost === 0) return null;
  const lossPercent = Math.max((100 * lost) / (received + lost), 100 * now.fractionLostOut);
  const jitterMs = 1000 * Math.max(now.jitterSeconds, now.jitterOutSeconds);
  const roundTripMs = now.roundTripSeconds === null ? null : 1000 * now.roundTripSeconds;
  return {
    mos: opinionScore(lossPercent, jitterMs, roundTripMs ?? 0),
    lossPercent,
    jitterMs,
    roundTripMs,
    codec: now.codec.replace(/^audio\//i, ""),
  };
}

export type Grade = "good" | "fair" | "poor";

/** In one word: from about 3.9 on people are content, below 3.3 many are not (ITU-T G.107, table B.1: R 78 and 65). */
export function grade(mos: number): Grade {
  return mos >= 3.9 ? "good" : mos >= 3.3 ? "fair" : "poor";
}
