/** Which feature brings which part of the agent's desk. */
import { AskHelp } from "@/parts/colleagues/AskHelp";
import { later } from "@/parts/later";

import type { DeskSlots } from "@/parts/slots";

export const SLOTS: DeskSlots = {
  WorkList: null,
  Colleagues: later(async () => (await import("@/features/colleagues/ColleaguesSide")).ColleaguesSide),
  OwnCalls: later(async () => (await import("@/features/calls/OwnCallsPanel")).OwnCallsPanel),
  SpeedDial: later(async () => (await import("@/features/book/SpeedKeysBar")).SpeedKeysBar),
  AskHelp,
  Quality: null,
  DoNotDisturb: later(async () => (await import("@/features/reach/ReachButton")).ReachButton),
};
