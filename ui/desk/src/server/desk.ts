/** The agent's commands. The server is the truth: nothing here changes what the desk shows, the live feed does. */
import { request } from "./request";

export type Device = "browser" | "phone";
export type CallCommand =
  | "hang-up"
  | "hold"
  | "resume"
  | "mute"
  | "unmute"
  | "refuse"
  | "rejoin"
  | "pause-recording"
  | "resume-recording"
  | "finish"
  | "extend";

export const signInAtDesk = (device: Device): Promise<void> => request("POST", "/api/desk/sign-in", { device });
export const signOutOfDesk = (): Promise<void> => request("POST", "/api/desk/sign-out");
export const chooseStatus = (status: "ready" | "break", reason = ""): Promise<void> => request("POST", "/api/desk/status", { status, reason });
export const commandCall = (contactId: string, command: CallCommand): Promise<void> =>
  request("POST", `/api/desk/contacts/${contactId}/${command}`);
export const sendDigits = (contactId: string, digits: string): Promise<void> =>
  request("POST", `/api/desk/contacts/${contactId}/digits`, { digits });
export const saveWrapUp = (contactId: string, disposition: string, note: string): Promise<void> =>
  request("PUT", `/api/desk/contacts/${contactId}/wrap-up`, { disposition, note });
