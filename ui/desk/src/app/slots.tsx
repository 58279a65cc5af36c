/** Which feature brings which part of the agent's desk. */
import type { DeskSlots } from "@/parts/slots";

export const SLOTS: DeskSlots = {
  WorkList: null,
  Colleagues: null,
  OwnCalls: null,
  SpeedDial: null,
  AskHelp: null,
  Quality: null,
  DoNotDisturb: null,
};
