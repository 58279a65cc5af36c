/** What the check of microphone and network found, and what to do about it. Pure. */
import type { EchoResult } from "@huying/softphone";

export type Finding = "no_microphone" | "no_link" | "no_echo" | "no_sound" | "not_heard" | "lossy" | "unsteady" | "slow";

export interface Verdict {
  readonly state: "good" | "fair" | "bad";
  /** The worst first; each has a text that says what to do. */
  readonly findings: readonly Finding[];
}

const LOSS = { fair: 1, bad: 5 };
const JITTER_MS = { fair: 30, bad: 80 };
const TRIP_MS = { fair: 250, bad: 500 };

type Weighed = readonly [Finding, "fair" | "bad"];

const over = (finding: Finding, value: number, limits: { readonly fair: number; readonly bad: number }): Weighed[] =>
  value >= limits.bad ? [[finding, "bad"]] : value >= limits.fair ? [[finding, "fair"]] : [];

/** `spoken`: whether the person was asked to speak, so that silence means something. */
export function judge(result: EchoResult, spoken: boolean): Verdict {
  const broken = brokenBy(result.problem);
  if (broken) return { state: "bad", findings: [broken] };
  const quality = result.quality;
  const found: Weighed[] = [
    ...(spoken && !result.heard ? [["not_heard", "bad"] as const] : []),
    ...over("lossy", quality?.lossPercent ?? 0, LOSS),
    ...over("unsteady", quality?.jitterMs ?? 0, JITTER_MS),
    ...over("slow", quality?.roundTripMs ?? 0, TRIP_MS),
  ];
  const bad = found.filter(([, state]) => state === "bad");
  const fair = found.filter(([, state]) => state === "fair");
  return { state: bad.length > 0 ? "bad" : fair.length > 0 ? "fair" : "good", findings: [...bad, ...fair].map(([finding]) => finding) };
}

function brokenBy(problem: EchoResult["problem"]): Finding | null {
  switch (problem) {
    case "none":
      return null;
    case "no-link":
      return "no_link";
    case "no-answer":
      return "no_echo";
    case "no-sound":
      return "no_sound";
    default:
      return "no_microphone";
  }
}
