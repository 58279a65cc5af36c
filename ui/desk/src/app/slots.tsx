/** Which feature brings which part of the agent's desk. */
import { later } from "@/parts/later";
import type { DeskSlots } from "@/parts/slots";

export const SLOTS: DeskSlots = {
  WorkList: null,
  Colleagues: null,
  OwnCalls: later(async () => (await import("@/features/calls/OwnCallsPanel")).OwnCallsPanel),
  SpeedDial: later(async () => (await import("@/features/book/SpeedKeysBar")).SpeedKeysBar),
  AskHelp: null,
  Quality: null,
  DoNotDisturb: null,
};
