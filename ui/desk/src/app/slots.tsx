/** Which feature brings which part of the agent's desk. */
import { AskHelp } from "@/parts/colleagues/AskHelp";
import { later } from "@/parts/later";
import type { DeskSlots } from "@/parts/slots";

export const SLOTS: DeskSlots = {
  Colleagues: later(async () => (await import("@/features/colleagues/ColleaguesSide")).ColleaguesSide),
  Knowledge: later(async () => (await import("@/features/knowledge/KnowledgeSide")).KnowledgeSide),
  WorkList: later(async () => (await import("@/features/desk/work/WorkList")).WorkList),
  OwnCalls: later(async () => (await import("@/features/calls/OwnCallsPanel")).OwnCallsPanel),
  SpeedDial: later(async () => (await import("@/features/book/SpeedKeysBar")).SpeedKeysBar),
  AskHelp,
  Quality: null,
  DoNotDisturb: later(async () => (await import("@/features/reach/ReachButton")).ReachButton),
};
