/** What stands in the form of a hook, and what is sent. Pure. */
import type { Hook, HookInput } from "@huying/api";

export interface HookDraft {
  readonly kind: "none" | "expression" | "service";
  readonly expression: string;
  readonly address: string;
  /** Null: the secret that is there is kept. */
  readonly secret: string | null;
  readonly timeout_ms: number;
  readonly active: boolean;
}

export const EXAMPLE = "customer_class == 'vip' && attributes.menu_choice == '2'\n  ? {'rank': 1, 'head_start_seconds': 600}\n  : {}";

export const draftOf = (hook: Hook): HookDraft => ({
  kind: hook.kind,
  expression: hook.expression,
  address: hook.address,
  secret: null,
  timeout_ms: hook.timeout_ms,
  active: hook.kind === "none" ? true : hook.active,
});

/** What the server takes; null when there is nothing to ask. */
export function inputOf(draft: HookDraft): HookInput | null {
  if (draft.kind === "none") return null;
  const { kind, expression, address, secret, timeout_ms, active } = draft;
  return { kind, expression: kind === "expression" ? expression : "", address: kind === "service" ? address.trim() : "", secret, timeout_ms, active };
}

/** `region=north` a line. */
export function attributesOf(text: string): Record<string, string> {
  const found = text
    .split("\n")
    .map((line) => line.split(/=(.*)/s))
    .filter(([key = "", value]) => key.trim() !== "" && value !== undefined)
    .map(([key = "", value = ""]) => [key.trim(), value.trim()] as const);
  return Object.fromEntries(found);
}
