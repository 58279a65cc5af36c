/** The agent's commands. The server is the truth: nothing here changes what the desk shows, the live feed does. */
import { take } from "@huying/api";
import { api } from "./api";
import type { ClosingInput } from "./work";

export type Device = "browser" | "phone" | "remote" | "number" | "chosen";
const COMMANDS = {
  "hang-up": "/api/desk/contacts/{contact_id}/hang-up",
  hold: "/api/desk/contacts/{contact_id}/hold",
  resume: "/api/desk/contacts/{contact_id}/resume",
  mute: "/api/desk/contacts/{contact_id}/mute",
  unmute: "/api/desk/contacts/{contact_id}/unmute",
  refuse: "/api/desk/contacts/{contact_id}/refuse",
  rejoin: "/api/desk/contacts/{contact_id}/rejoin",
  "pause-recording": "/api/desk/contacts/{contact_id}/pause-recording",
  "resume-recording": "/api/desk/contacts/{contact_id}/resume-recording",
  finish: "/api/desk/contacts/{contact_id}/finish",
  extend: "/api/desk/contacts/{contact_id}/extend",
} as const;
export type CallCommand = keyof typeof COMMANDS;

const contact = (contact_id: string) => ({ path: { contact_id } });

export const signInAtDesk = (device: Device): Promise<unknown> => take(api.POST("/api/desk/sign-in", { body: { device } }));
export const signOutOfDesk = (): Promise<unknown> => take(api.POST("/api/desk/sign-out"));
export const chooseStatus = (status: "ready" | "break", reason = ""): Promise<unknown> => take(api.POST("/api/desk/status", { body: { status, reason } }));
export const leaveGroups = (left: readonly string[]): Promise<unknown> => take(api.POST("/api/desk/groups", { body: { left: [...left] } }));
export const commandCall = (contactId: string, command: CallCommand): Promise<unknown> => take(api.POST(COMMANDS[command], { params: contact(contactId) }));
export const sendDigits = (contactId: string, digits: string): Promise<unknown> =>
  take(api.POST("/api/desk/contacts/{contact_id}/digits", { params: contact(contactId), body: { digits } }));
/** `follow_up` null leaves as it is who follows the contact up. */
export const saveWrapUp = (contactId: string, body: ClosingInput): Promise<unknown> =>
  take(api.PUT("/api/desk/contacts/{contact_id}/wrap-up", { params: contact(contactId), body }));
export const closeFollowUp = (contactId: string): Promise<unknown> =>
  take(api.POST("/api/desk/contacts/{contact_id}/close-follow-up", { params: contact(contactId) }));
export const linkCustomer = (contactId: string, customerId: string): Promise<unknown> =>
  take(api.PUT("/api/desk/contacts/{contact_id}/customer", { params: contact(contactId), body: { customer_id: customerId } }));
