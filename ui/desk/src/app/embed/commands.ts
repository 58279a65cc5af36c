/** Carries out what the page around asks for. The server decides, as for the desk's own buttons. */
import type { Commands, Target, ToFrame } from "@huying/desk-api/protocol";
import type { CallTarget } from "@/parts/targets/rank";
import type { Phone } from "@/phone/PhoneProvider";
import { commandParties, consultWith, dial, transferTo } from "@/server/callOperations";
import { chooseStatus, commandCall, saveWrapUp, sendDigits, signInAtDesk, signOutOfDesk } from "@/server/desk";

export class NotPossible extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const targetOf = (it: Target): CallTarget => ({ kind: it.kind, id: it.id ?? null, number: it.number ?? null, label: "" });

const PLAIN = {
  hang_up: "hang-up",
  refuse: "refuse",
  hold: "hold",
  resume: "resume",
  mute: "mute",
  unmute: "unmute",
  finish: "finish",
} as const;
const PARTIES = { swap: "swap", merge: "merge", complete: "complete", end_consult: "end-consult" } as const;

type Args<Name extends keyof Commands> = Commands[Name];

async function begin(args: Args<"dial">): Promise<string> {
  const body = { number: args.number ?? "", agent_id: args.agent_id ?? null, customer_id: args.customer_id ?? null, queue_id: args.queue_id ?? null };
  const answer = (await dial(body)) as { readonly contact_id?: string } | undefined;
  return answer?.contact_id ?? "";
}

/** What does not need a call at hand; undefined for the rest. */
function withoutCall(name: ToFrame["name"], args: unknown, phone: Phone): Promise<unknown> | undefined {
  if (name === "start_work") return signInAtDesk("browser");
  if (name === "stop_work") return signOutOfDesk();
  if (name === "dial") return begin(args as Args<"dial">);
  if (name === "answer") {
    phone.answer();
    return Promise.resolve();
  }
  if (name !== "set_status") return undefined;
  const { status, reason = "" } = args as Args<"set_status">;
  return chooseStatus(status, reason);
}

export async function carryOut(name: ToFrame["name"], args: unknown, phone: Phone): Promise<unknown> {
  const plain = withoutCall(name, args, phone);
  if (plain) return plain;
  const contact = phone.call.contactId;
  if (!contact) throw new NotPossible("no-call", "There is no call at hand.");
  if (name in PLAIN) return commandCall(contact, PLAIN[name as keyof typeof PLAIN]);
  if (name in PARTIES) return commandParties(contact, PARTIES[name as keyof typeof PARTIES]);
  if (name === "digits") return sendDigits(contact, (args as Args<"digits">).digits);
  if (name === "transfer") return transferTo(contact, targetOf((args as Args<"transfer">).target), (args as Args<"transfer">).note ?? "");
  if (name === "consult") return consultWith(contact, targetOf((args as Args<"consult">).target));
  if (name === "set_disposition") {
    const { disposition, note = "" } = args as Args<"set_disposition">;
    return saveWrapUp(contact, { disposition, note, follow_up: null });
  }
  throw new NotPossible("unknown-command", "This version does not know the command.");
}
