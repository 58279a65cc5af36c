/** Which fields of a form the server did not take, and why. Pure. */
import { ApiError } from "@huying/api";

export interface FieldError {
  readonly path: readonly (string | number)[];
  /** A code with a text under `field_error`, or nothing. */
  readonly code: string;
  /** The server's own words, for what has no text of ours. */
  readonly message: string;
}

const part = (text: string): string | number => (/^\d+$/.test(text) ? Number(text) : text);
const pathOf = (dotted: string): (string | number)[] =>
  dotted
    .split(".")
    .filter((it, index) => !(index === 0 && it === "body"))
    .map(part);

interface Told {
  readonly field?: unknown;
  readonly fields?: unknown;
  readonly problems?: unknown;
}

/** The fields that a refusal speaks of; empty when it is not about fields. */
export function fieldErrors(error: unknown): readonly FieldError[] {
  if (!(error instanceof ApiError)) return [];
  const { field, fields, problems } = error.details as Told;
  if (typeof field === "string") return [{ path: pathOf(field), code: error.code, message: error.message }];
  const reasons = (typeof problems === "object" && problems !== null ? problems : {}) as Record<string, string>;
  if (!Array.isArray(fields)) return [];
  return (fields as unknown[]).flatMap((it): FieldError[] => {
    if (typeof it === "string") return [{ path: pathOf(it), code: reasons[it.split(".").at(-1) ?? ""] ?? error.code, message: error.message }];
    const told = it as { readonly field?: unknown; readonly message?: unknown };
    return typeof told.field === "string" ? [{ path: pathOf(told.field), code: "", message: typeof told.message === "string" ? told.message : "" }] : [];
  });
}
