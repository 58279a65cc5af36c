/** How the effects of rules look everywhere. */
import type { Tone } from "@/parts/pills";
import type { Effect } from "@/server/callers";

export const EFFECT_TONES: Readonly<Record<Effect, Tone>> = { vip: "warn", blocked: "bad", green: "good" };
