/** What the columns of a table become: which choices are still free, and what speaks against the whole. Pure. */

export interface TargetOf {
  readonly code: string;
  readonly group: string;
  readonly many: boolean;
}

export const GROUPS = ["basics", "numbers", "address", "company", "more", "fields", "asset"] as const;
const NUMBERS: ReadonlySet<string> = new Set(["mobile", "home", "work", "number"]);

export type Objection = "nothing" | "name" | "match";

/** Choose a target for one column; a target that may be had once leaves the column that had it. */
export function choose(chosen: readonly string[], index: number, target: string, targets: readonly TargetOf[]): string[] {
  const many = targets.find((it) => it.code === target)?.many ?? false;
  return chosen.map((it, place) => (place === index ? target : it === target && target !== "" && !many ? "" : it));
}

/** Why an import cannot begin like this; null when it can. The server checks the same. */
export function objection(chosen: readonly string[], match: string, existing: string): Objection | null {
  const taken = chosen.filter((it) => it !== "");
  if (taken.length === 0) return "nothing";
  const byCode = taken.includes("code");
  const byNumber = taken.some((it) => NUMBERS.has(it));
  const recognises = match === "none" || (match === "code" && byCode) || (match === "number" && byNumber) || (match === "code_or_number" && (byCode || byNumber));
  if (!recognises && existing !== "create") return "match";
  if (!taken.includes("name") && (existing !== "update" || match === "none")) return "name";
  return null;
}

export interface Progress {
  readonly to_do: number;
  readonly done: number;
}

/** Whole percents, 100 only when all is done. */
export function percentOf(it: Progress): number {
  return it.to_do === 0 ? 0 : Math.min(it.done >= it.to_do ? 100 : 99, Math.floor((100 * it.done) / it.to_do));
}
