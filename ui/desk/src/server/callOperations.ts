/** What an agent asks for in a call beyond the plain commands: others brought in, the customer moved on. The live feed tells what came of it. */
import { take } from "@huying/api";
import type { Target } from "@/parts/slots";
import { api } from "./api";

type Asked = Promise<{ readonly data?: unknown; readonly error?: unknown; readonly response: Response }>;
/** Routes by their plain path: these come from several wings. */
const untyped = api as unknown as {
  readonly GET: (path: string) => Asked;
  readonly POST: (path: string, init?: { readonly body?: unknown }) => Asked;
};

const post = (path: string, body?: unknown): Promise<unknown> => take(untyped.POST(path, body === undefined ? undefined : { body }));
const inContact = (contactId: string, what: string, body?: unknown): Promise<unknown> => post(`/api/desk/contacts/${contactId}/${what}`, body);

/** What of a target goes to the server. */
const sent = ({ kind, id, number }: Target): object => ({ kind, ...(id ? { id } : {}), ...(number ? { number } : {}) });

export const transferTo = (contactId: string, target: Target, note: string): Promise<unknown> =>
  inContact(contactId, "transfer", { target: sent(target), ...(note ? { note } : {}) });
export const consultWith = (contactId: string, target: Target): Promise<unknown> => inContact(contactId, "consult", { target: sent(target) });
export type PartyCommand = "swap" | "merge" | "complete" | "end-consult" | "leave" | "join" | "stop-playing" | "pick-up";
export const commandParties = (contactId: string, command: PartyCommand): Promise<unknown> => inContact(contactId, command);
export const dropParty = (contactId: string, party_id: string): Promise<unknown> => inContact(contactId, "drop", { party_id });
export const playSound = (contactId: string, sound_id: string): Promise<unknown> => inContact(contactId, "play", { sound_id });
export const refuseBecause = (contactId: string, reason: string): Promise<unknown> => inContact(contactId, "refuse", { reason });
export const park = async (contactId: string): Promise<string> => ((await inContact(contactId, "park")) as { readonly slot: string }).slot;

export interface Dialled {
  readonly number?: string;
  readonly agent_id?: string;
  readonly customer_id?: string;
  readonly contact_id?: string;
}
export const dial = (what: Dialled): Promise<unknown> => post("/api/desk/dial", what);

export interface ParkedCall {
  readonly contact_id: string;
  readonly slot: string;
  readonly since: string;
  readonly by: string;
  readonly customer_id: string | null;
}
export interface StandardSound {
  readonly id: string;
  readonly name: string | Readonly<Record<string, string>>;
  readonly seconds?: number | null;
}
export const readParked = async (): Promise<readonly ParkedCall[]> => ((await take(untyped.GET("/api/desk/parked"))) as { items: ParkedCall[] }).items;
export const readSounds = async (): Promise<readonly StandardSound[]> => ((await take(untyped.GET("/api/desk/sounds"))) as { items: StandardSound[] }).items;
