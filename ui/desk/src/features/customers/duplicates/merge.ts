/** What of each field is kept when customers become one. Pure. */
import type { Customer, MergeInput, OwnField } from "@huying/api";

export interface MergeRow {
  /** As the server knows it: name, code, class, company, language, note, fields.CODE. */
  readonly key: string;
  /** What each customer has there, in the order of the customers; empty for nothing. */
  readonly values: readonly string[];
  /** Whether they differ, so that there is something to choose. */
  readonly differs: boolean;
}

export interface Words {
  readonly classOf: (code: string) => string;
  readonly languageOf: (code: string) => string;
  readonly own: (field: OwnField, value: unknown) => string;
}

const SINGLE = ["name", "code", "class", "company", "language", "note"] as const;

/** The fields to compare; those that nobody has are left out. */
export function mergeRows(customers: readonly Customer[], fields: readonly OwnField[], words: Words): readonly MergeRow[] {
  const of = (customer: Customer, key: (typeof SINGLE)[number]): string => {
    if (key === "class") return words.classOf(customer.class);
    if (key === "company") return [customer.company?.name, customer.company?.role].filter(Boolean).join(" · ");
    if (key === "language") return words.languageOf(customer.language);
    return customer[key];
  };
  const rows = [
    ...SINGLE.map((key) => ({ key: key, values: customers.map((it) => of(it, key)) })),
    ...fields.map((field) => ({ key: `fields.${field.code}`, values: customers.map((it) => words.own(field, it.fields[field.code])) })),
  ];
  return rows.filter(({ values }) => values.some((it) => it !== "")).map((row) => ({ ...row, differs: new Set(row.values.filter((it) => it !== "")).size > 1 || row.values.includes("") }));
}

/** Whose value is kept when nobody chose: the survivor's, or where he has none the first one's who has any. */
export function usualChoice(row: MergeRow, customers: readonly Customer[], into: string): string {
  const index = customers.findIndex((it) => it.id === into);
  if (row.values[index]) return into;
  const other = row.values.findIndex((it) => it !== "");
  return customers[other]?.id ?? into;
}

/** What the server is asked to do; values that are the survivor's are not named, but for notes, which it would join. */
export function mergeInput(customers: readonly Customer[], into: string, chosen: Readonly<Record<string, string>>): MergeInput {
  const values = Object.fromEntries(Object.entries(chosen).filter(([, id]) => customers.some((it) => it.id === id)));
  return { into, from: customers.filter((it) => it.id !== into).map((it) => it.id), values };
}

/** Who stays unless somebody is chosen: who has been there longest. */
export const oldest = (customers: readonly Customer[]): string => [...customers].sort((a, b) => a.created_at.localeCompare(b.created_at))[0]?.id ?? "";
