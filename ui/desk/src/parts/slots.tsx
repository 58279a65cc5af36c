/** Parts of the agent's desk that other features bring. app/ fills them, the desk's page places them; no feature imports another. */
import { createContext, use, type ComponentType, type ReactNode } from "react";
import type { CallTarget } from "./targets/rank";

export interface OfContact {
  readonly contactId: string;
}

export interface KnowledgeProps {
  /** The contact at hand, if any. */
  readonly contactId: string | null;
  /** Where it stands: what is known of it changes with that. */
  readonly phase: string;
  /** Grows each time the search is asked for; 0 at first. */
  readonly asked: number;
}

export interface DeskSlots {
  /** Articles for the contact at hand, and the search of all: a tab of the desk's right column. */
  readonly Knowledge: ComponentType<KnowledgeProps> | null;
  /** Tasks, reminders and messages that wait for this agent: a tab of the desk's right column. */
  readonly WorkList: ComponentType | null;
  /** Colleagues with presence, messages and announcements: a tab of the desk's right column. */
  readonly Colleagues: ComponentType | null;
  /** The agent's own calls: a tab of the desk's right column. */
  readonly OwnCalls: ComponentType<{ readonly onOpen: (contactId: string) => void }> | null;
  /** Speed dial keys, beside the dial field. */
  readonly SpeedDial: ComponentType<{ readonly onDial: (target: CallTarget) => void }> | null;
  /** "Ask for help" in a conversation. */
  readonly AskHelp: ComponentType<OfContact> | null;
  /** How good the sound is now, one sign. */
  readonly Quality: ComponentType | null;
  /** Do not disturb, forwarding: beside the status. */
  readonly DoNotDisturb: ComponentType | null;
}

const SlotsContext = createContext<DeskSlots | null>(null);

export function SlotsProvider(props: { readonly slots: DeskSlots; readonly children: ReactNode }): ReactNode {
  return <SlotsContext value={props.slots}>{props.children}</SlotsContext>;
}

export function useSlots(): DeskSlots {
  const slots = use(SlotsContext);
  if (!slots) throw new Error("SlotsProvider is missing above this component");
  return slots;
}
