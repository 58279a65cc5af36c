/** What an agent asks for in a call beyond the plain commands: others brought in, the customer moved on. The live feed tells what came of it. */
import { take, type DialInput, type Reach } from "@huying/api";
import type { CallTarget } from "@/parts/targets/rank";
import { api } from "./api";

const of = (contact_id: string) => ({ path: { contact_id } });
/** What of a target goes to the server. */
const sent = ({ kind, id, number }: CallTarget, knowing: boolean) => ({ kind, id: id ?? "", number: number ?? "", override_do_not_call: knowing });

const COMMANDS = {
  swap: "/api/desk/contacts/{contact_id}/swap",
  merge: "/api/desk/contacts/{contact_id}/merge",
  complete: "/api/desk/contacts/{contact_id}/complete",
  "end-consult": "/api/desk/contacts/{contact_id}/end-consult",
  leave: "/api/desk/contacts/{contact_id}/leave",
  join: "/api/desk/contacts/{contact_id}/join",
  "stop-playing": "/api/desk/contacts/{contact_id}/stop-playing",
  "pick-up": "/api/desk/contacts/{contact_id}/pick-up",
} as const;
export type PartyCommand = keyof typeof COMMANDS;

export const transferTo = (contactId: string, target: CallTarget, note: string, knowing = false): Promise<unknown> =>
  take(api.POST("/api/desk/contacts/{contact_id}/transfer", { params: of(contactId), body: { target: sent(target, knowing), note } }));
export const consultWith = (contactId: string, target: CallTarget, knowing = false): Promise<unknown> =>
  take(api.POST("/api/desk/contacts/{contact_id}/consult", { params: of(contactId), body: { target: sent(target, knowing) } }));
export const commandParties = (contactId: string, command: PartyCommand): Promise<unknown> => take(api.POST(COMMANDS[command], { params: of(contactId) }));
export const dropParty = (contactId: string, party_id: string): Promise<unknown> =>
  take(api.POST("/api/desk/contacts/{contact_id}/drop", { params: of(contactId), body: { party_id } }));
export const playSound = (contactId: string, sound_id: string): Promise<unknown> =>
  take(api.POST("/api/desk/contacts/{contact_id}/play", { params: of(contactId), body: { sound_id } }));
/** Answers the slot. */
export const park = async (contactId: string): Promise<string> => (await take(api.POST("/api/desk/contacts/{contact_id}/park", { params: of(contactId) }))).slot;

/** `reason`: the code of one of the business's reasons, or nothing. */
export const refuseBecause = (contactId: string, reason: string): Promise<unknown> =>
  take(api.POST("/api/desk/contacts/{contact_id}/refuse", { params: of(contactId), body: { reason } }));

/** `knowing`: although the customer does not want to be called. */
export const dial = (body: DialInput, knowing = false) => take(api.POST("/api/desk/dial", { body: { number: "", ...body, override_do_not_call: knowing } }));
export const readParked = async () => (await take(api.GET("/api/desk/parked"))).items;
export const readSounds = async () => (await take(api.GET("/api/desk/sounds"))).items;

export const readReach = () => take(api.GET("/api/desk/reach"));
export const saveReach = (body: Reach): Promise<Reach> => take(api.PUT("/api/desk/reach", { body }));
export const readWishes = async () => (await take(api.GET("/api/desk/call-wishes"))).items;
/** Be connected with a colleague as soon as both are free. */
export const wishFor = (agent_id: string): Promise<unknown> => take(api.POST("/api/desk/call-wishes", { body: { agent_id } }));
export const forgetWish = (wish_id: string): Promise<unknown> => take(api.DELETE("/api/desk/call-wishes/{wish_id}", { params: { path: { wish_id } } }));
/** What came of a call one began: null while it goes on, empty when they talked. */
export const dialOutcome = async (contact_id: string) => (await take(api.GET("/api/desk/dial/{contact_id}", { params: { path: { contact_id } } }))).result;
