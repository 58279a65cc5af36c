/** Where in the text the problems are, as pieces one after the other; and how a rule is put into the text. Pure. */
import type { RuleProblem } from "@huying/api";

export interface Piece {
  readonly text: string;
  readonly severity: string | null;
}

const CHARACTERS = /[\s\S]/gu;

/** The place of a line and column (both from 1, columns in characters) as an index of the text. */
export function indexOf(text: string, line: number, column: number): number {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, it) => sum + it.length + 1, 0);
  const characters = (lines[line - 1] ?? "").match(CHARACTERS) ?? [];
  return Math.min(text.length, before + characters.slice(0, Math.max(0, column - 1)).join("").length);
}

/** Where the rule that begins at or before `start` ends. */
function endOf(text: string, start: number): number {
  const found = /[;；\n]/.exec(text.slice(start));
  return Math.max(start, found ? start + found.index : text.length);
}

/** The text in pieces: what is wrong runs from its place to the end of the rule. */
export function piecesOf(text: string, problems: readonly Pick<RuleProblem, "line" | "column" | "severity">[]): Piece[] {
  const marks = problems
    .map((it) => ({ from: indexOf(text, it.line, it.column), severity: it.severity }))
    .map((it) => ({ ...it, to: endOf(text, it.from) }))
    .filter((it) => it.to > it.from)
    .sort((a, b) => a.from - b.from);
  const pieces: Piece[] = [];
  let at = 0;
  for (const mark of marks) {
    if (mark.from < at) continue;
    if (mark.from > at) pieces.push({ text: text.slice(at, mark.from), severity: null });
    pieces.push({ text: text.slice(mark.from, mark.to), severity: mark.severity });
    at = mark.to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), severity: null });
  return pieces;
}

/** The text with a rule as a line of its own after the line at `index`, and where the cursor stands then. */
export function inserted(text: string, index: number, rule: string): { readonly text: string; readonly at: number } {
  const lineEnd = text.indexOf("\n", index);
  const end = lineEnd === -1 ? text.length : lineEnd;
  const before = text.slice(0, end);
  const gap = before === "" || before.endsWith("\n") ? "" : "\n";
  return { text: `${before}${gap}${rule}${text.slice(end)}`, at: end + gap.length + rule.length };
}

/** A name as rules take it: in quotation marks where it has more than letters and digits. */
export const asName = (name: string): string => (/^[\p{L}\p{N}]+$/u.test(name) ? name : `"${name.replaceAll(/["\\]/g, "\\$&")}"`);
