/** How many of a circle could take a contact now, and what holds the others. Pure. */
import type { RulePreviewStep } from "@huying/api";

export interface Counts {
  readonly free: number;
  readonly held: readonly { readonly obstacle: string; readonly count: number }[];
  readonly total: number;
}

/** From the server's counts, which are of everybody, while `who` names the first of them; most first. */
export function countsOf({ counts }: Pick<RulePreviewStep, "counts">): Counts {
  const { free = 0, ...others } = counts;
  const held = Object.entries(others)
    .map(([obstacle, count]) => ({ obstacle, count }))
    .sort((a, b) => b.count - a.count || a.obstacle.localeCompare(b.obstacle));
  return { free, held, total: free + held.reduce((sum, it) => sum + it.count, 0) };
}
