/** Dispositions as a list to type into: each leaf with its whole path, found by any part of it. Pure. */
import type { DispositionChoice } from "@huying/api";

export interface Leaf {
  readonly code: string;
  readonly path: readonly string[];
  readonly search: string;
  readonly choice: DispositionChoice;
}

/** What stands where in the tree; outermost first. */
export function pathOf<Node extends { readonly id: string; readonly parent_id: string | null }>(all: readonly Node[], one: Node): readonly Node[] {
  const byId = new Map(all.map((it) => [it.id, it]));
  const path = [one];
  for (let at = byId.get(one.parent_id ?? ""); at && !path.includes(at); at = byId.get(at.parent_id ?? "")) path.unshift(at);
  return path;
}

/** The ways a contact may be closed, in the tree's order. */
export function leavesOf(all: readonly DispositionChoice[], local: (name: Record<string, string>) => string): readonly Leaf[] {
  return all
    .filter((it) => !it.branch)
    .map((it) => ({ code: it.code, path: pathOf(all, it).map((step) => local(step.name)), search: it.search, choice: it }));
}

/** Every word that was typed is somewhere in it. */
export function matches(leaf: Leaf, typed: string): boolean {
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => leaf.search.includes(word));
}
