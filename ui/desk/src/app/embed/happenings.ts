/** What has happened between two looks at the telephone, as the events of the desk API. Pure. */
import type { CallPhase, EventName, Status } from "@huying/desk-api/protocol";

export interface Shot {
  readonly status: Status | null;
  readonly phase: CallPhase;
  readonly contactId: string | null;
  readonly muted: boolean;
}

export interface Happening {
  readonly name: Exclude<EventName, "person" | "pop" | "pop_blocked">;
  /** Of status: none. */
  readonly contactId: string | null;
  /** Of ended. */
  readonly answered?: boolean;
}

const TALKING: ReadonlySet<CallPhase> = new Set(["talking", "holding", "lost"]);
const same = (a: Status | null, b: Status | null): boolean =>
  a === b || (a !== null && b !== null && a.signed_in === b.signed_in && a.status === b.status && a.reason === b.reason && a.state === b.state);

function ofCall(before: Shot, after: Shot): Happening[] {
  const found: Happening[] = [];
  const put = (name: Happening["name"], contactId: string | null, answered?: boolean): void => {
    found.push(answered === undefined ? { name, contactId } : { name, contactId, answered });
  };
  const other = before.contactId !== after.contactId;
  const was = TALKING.has(before.phase);
  const open = was || before.phase === "ringing" || before.phase === "dialling";
  const is = TALKING.has(after.phase);
  const over = open && (other || (!is && after.phase !== "ringing" && after.phase !== "dialling"));
  if (over) put("ended", before.contactId, was);
  if (before.phase === "after_call" && (after.phase !== "after_call" || other)) put("finished", before.contactId);
  if (after.phase === "ringing" && (before.phase !== "ringing" || other)) put("ringing", after.contactId);
  if (after.phase === "dialling" && (before.phase !== "dialling" || other)) put("dialling", after.contactId);
  if (is && (!was || other)) put("answered", after.contactId);
  if (after.phase === "holding" && (before.phase !== "holding" || other)) put("held", after.contactId);
  if (after.phase === "talking" && before.phase === "holding" && !other) put("resumed", after.contactId);
  if (is && was && !other && after.muted !== before.muted) put(after.muted ? "muted" : "unmuted", after.contactId);
  if (after.phase === "after_call" && (before.phase !== "after_call" || other)) put("after_call", after.contactId);
  return found;
}

export function happenings(before: Shot, after: Shot): Happening[] {
  const calls = ofCall(before, after);
  return same(before.status, after.status) ? calls : [...calls, { name: "status", contactId: null }];
}

/** The address for one call; what is put in is percent-encoded, so that a caller chooses nothing but a value. */
export const filled = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
