/** Values of the business's own fields: as forms hold them, as they are sent, as they are read. Pure. */
import type { OwnField } from "@huying/api";
import dayjs from "dayjs";

export type OwnValues = Readonly<Record<string, unknown>>;

/** The fields by the heading under which they stand, both in the order of the form. */
export function bySection(fields: readonly OwnField[]): readonly (readonly [string, readonly OwnField[]])[] {
  const sections = new Map<string, OwnField[]>();
  for (const field of fields) sections.set(field.section, [...(sections.get(field.section) ?? []), field]);
  return [...sections];
}

/** Values as the inputs of a form want them. */
export function toForm(fields: readonly OwnField[], values: OwnValues): Record<string, unknown> {
  return Object.fromEntries(
    fields.map((field) => {
      const value = values[field.code];
      return [field.code, field.kind === "date" && typeof value === "string" ? dayjs(value) : value];
    }),
  );
}

/** Values as the server takes them; what was emptied is null. */
export function fromForm(fields: readonly OwnField[], inputs: OwnValues): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.code, sent(inputs[field.code])]));
}

function sent(value: unknown): unknown {
  if (value === undefined || value === null || value === "") return null;
  if (dayjs.isDayjs(value)) return value.format("YYYY-MM-DD");
  return Array.isArray(value) && value.length === 0 ? null : value;
}

export interface Words {
  readonly local: (name: Readonly<Record<string, string>>) => string;
  readonly yes: string;
  readonly no: string;
}

/** A value as a person reads it; empty when there is none. */
export function shown(field: OwnField, value: unknown, words: Words): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return value ? words.yes : words.no;
  const named = (code: unknown): string => {
    const choice = field.choices.find((it) => it.code === code);
    return choice ? words.local(choice.name) : String(code);
  };
  if (Array.isArray(value)) return value.map(named).join(", ");
  return field.kind === "choice" ? named(value) : typeof value === "string" || typeof value === "number" ? String(value) : "";
}
