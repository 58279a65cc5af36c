/** How many of a circle could take a contact now, and what holds the others. Pure. */
import type { RulePreviewStep } from "@/server/routing";

export interface Counts {
  readonly free: number;
  readonly held: readonly { readonly obstacle: string; readonly count: number }[];
  readonly total: number;
}

/** `counts` of the server count everybody; `who` may be only the first. An empty obstacle is none. */
export function countsOf(step: Pick<RulePreviewStep, "counts" | "who">): Counts {
  const counts: Record<string, number> = { ...step.counts };
  if (Object.keys(counts).length === 0) for (const it of step.who) counts[it.obstacle] = (counts[it.obstacle] ?? 0) + 1;
  const free = (counts[""] ?? 0) + (counts.free ?? 0) + (counts.none ?? 0);
  const held = Object.entries(counts)
    .filter(([obstacle, count]) => !["", "free", "none"].includes(obstacle) && count > 0)
    .map(([obstacle, count]) => ({ obstacle, count }))
    .sort((a, b) => b.count - a.count || a.obstacle.localeCompare(b.obstacle));
  return { free, held, total: free + held.reduce((sum, it) => sum + it.count, 0) };
}
