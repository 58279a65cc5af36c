/** A field while it is designed: its code, its choices, its place. Pure. */
import type { OwnField, OwnFieldInput } from "@huying/api";

export const KINDS = ["text", "number", "date", "choice", "multi", "yes_no", "phone", "email", "url"] as const;
export const FIELD_CODE = /^[a-z][a-z0-9_]{0,39}$/;
export const hasChoices = (kind: OwnField["kind"]): boolean => kind === "choice" || kind === "multi";

/** A code out of an English name: "Date of birth" -> "date_of_birth"; nothing where no letter is left. */
export function codeFrom(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[_0-9]+|_+$/g, "")
    .slice(0, 40);
  return FIELD_CODE.test(plain) ? plain : "";
}

export interface ChoiceDraft {
  readonly code?: string;
  readonly name_zh?: string;
  readonly name_en?: string;
}

/** Choices as the server keeps them: those that are there keep their codes, new ones get one that is free. */
export function choicesOf(drafts: readonly ChoiceDraft[]): OwnField["choices"] {
  const taken = new Set(drafts.map((it) => it.code).filter(Boolean));
  return drafts
    .filter((it) => Boolean(it.name_zh?.trim()) || Boolean(it.name_en?.trim()))
    .map((it) => {
      const names = { "zh-CN": it.name_zh?.trim() ?? "", en: it.name_en?.trim() ?? "" };
      const name = Object.fromEntries(Object.entries(names).filter(([, text]) => text !== ""));
      return { code: it.code ?? freeCode(codeFrom(names.en) || "c", taken), name };
    });
}

function freeCode(wanted: string, taken: Set<string | undefined>): string {
  let code = wanted;
  for (let number = 2; taken.has(code); number++) code = `${wanted}_${number}`;
  taken.add(code);
  return code;
}

export interface Move {
  readonly id: string;
  readonly position: number;
}

/** What changes when a field moves by one place; the places are numbered anew where they are not all different. */
export function moved(fields: readonly OwnField[], id: string, by: -1 | 1): readonly Move[] {
  const order = fields.map((it) => it.id);
  const from = order.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= order.length) return [];
  order.splice(to, 0, ...order.splice(from, 1));
  return order.flatMap((it, position) => (fields.find((field) => field.id === it)?.position === position ? [] : [{ id: it, position }]));
}

/** The next free place at the end. */
export const lastPlace = (fields: readonly OwnField[]): number => Math.max(-1, ...fields.map((it) => it.position)) + 1;

export type FieldDraft = Pick<OwnFieldInput, "code" | "kind"> & {
  readonly name_zh: string;
  readonly name_en: string;
  readonly required: boolean;
  readonly section: string;
  readonly choices: readonly ChoiceDraft[];
};

export function draftOf(field: OwnField): FieldDraft {
  return {
    code: field.code,
    kind: field.kind,
    name_zh: field.name["zh-CN"] ?? "",
    name_en: field.name.en ?? "",
    required: field.required,
    section: field.section,
    choices: field.choices.map((it) => ({ code: it.code, name_zh: it.name["zh-CN"] ?? "", name_en: it.name.en ?? "" })),
  };
}
