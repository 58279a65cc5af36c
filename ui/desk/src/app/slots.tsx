/** Which feature brings which part of the agent's desk. */
import { later } from "@/parts/later";
import type { DeskSlots } from "@/parts/slots";

export const SLOTS: DeskSlots = {
  TargetPicker: later(async () => (await import("@/features/desk/targets/PlainTargets")).PlainTargets),
  WorkList: null,
  Colleagues: null,
  OwnCalls: null,
  SpeedDial: null,
  AskHelp: null,
  Quality: null,
  DoNotDisturb: null,
};
