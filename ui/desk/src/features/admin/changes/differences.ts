/** What differs between two states of a thing, for people to read. Pure. */
import type { Json } from "@huying/api";

/** A thing as it stands, as JSON. */
export type State = Readonly<Record<string, unknown>> | null;

export interface TextLine {
  readonly sign: "same" | "added" | "removed";
  readonly text: string;
}

export interface Difference {
  /** Names of fields, from the outside in. */
  readonly path: readonly string[];
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** Of texts with lines. */
  readonly lines?: readonly TextLine[];
  /** Of lists: what came and what went. */
  readonly added?: readonly Json[];
  readonly removed?: readonly Json[];
}

const isObject = (value: Json | undefined): value is Readonly<Record<string, Json>> => typeof value === "object" && value !== null && !Array.isArray(value);

/** A rule's or a key's deed is one thing: `overflow` to a queue and `voicemail` do not differ in two fields. */
const isDeed = (value: Json | undefined): boolean => isObject(value) && "do" in value;

export const same = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => same(left[key], right[key]));
};

/** The lines of two texts side by side, by their longest common part. */
export function textLines(before: string, after: string): TextLine[] {
  const [old, now] = [before, after].map((text) => (text === "" ? [] : text.split("\n"))) as [string[], string[]];
  const common: number[][] = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  const at = (row: number, column: number): number => common[row]?.[column] ?? 0;
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = now.length - 1; column >= 0; column--) {
      const best = old[row] === now[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
      (common[row] ?? [])[column] = best;
    }
  }
  const lines: TextLine[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < now.length) {
    const [gone, come] = [old[row], now[column]];
    if (gone !== undefined && gone === come) {
      lines.push({ sign: "same", text: gone });
      row += 1;
      column += 1;
    } else if (gone !== undefined && (come === undefined || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ sign: "removed", text: gone });
      row += 1;
    } else {
      lines.push({ sign: "added", text: come ?? "" });
      column += 1;
    }
  }
  return lines;
}

function differenceOf(path: readonly string[], before: Json | undefined, after: Json | undefined): Difference {
  const found = { path, before, after };
  if (typeof before === "string" && typeof after === "string" && `${before}${after}`.includes("\n")) return { ...found, lines: textLines(before, after) };
  if (Array.isArray(before) && Array.isArray(after)) {
    const [old, now] = [before as readonly Json[], after as readonly Json[]];
    return { ...found, added: now.filter((it) => !old.some((other) => same(it, other))), removed: old.filter((it) => !now.some((other) => same(it, other))) };
  }
  return found;
}

/** Everything in which two states differ; what is the same is left out. `skip`: fields that say which thing it is, not how it is. */
export function differences(before: State, after: State, skip: readonly string[] = []): Difference[] {
  const found: Difference[] = [];
  const walk = (path: readonly string[], old: Json | undefined, now: Json | undefined): void => {
    if (same(old, now)) return;
    const inside = (isObject(old) || isObject(now)) && !isDeed(old) && !isDeed(now) && (old === undefined || old === null || isObject(old)) && (now === undefined || now === null || isObject(now));
    if (!inside) {
      found.push(differenceOf(path, old, now));
      return;
    }
    const [left, right] = [isObject(old) ? old : {}, isObject(now) ? now : {}];
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) walk([...path, key], left[key], right[key]);
  };
  for (const key of new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])) if (!skip.includes(key)) walk([key], before?.[key] as Json | undefined, after?.[key] as Json | undefined);
  return found;
}

/** A kept state as people read it: a queue's groups are kept as group -> 1 and are a list to people. */
export function readable(what: string, state: State): State {
  const groups = state?.groups;
  if (what !== "queue" || !isObject(groups as Json | undefined)) return state;
  return { ...state, groups: Object.keys(groups as object) };
}
