/** My work as the live feed tells it: what is offered, in hand and kept, tasks, reminders, messages, contacts still to be closed. */
import type { ContactRow, Message, Task } from "@huying/api";
import { useMemo } from "react";
import { useMe, useWorkTable } from "@/live/LiveProvider";

export interface Unclosed {
  readonly contact_id: string;
  readonly queue_id: string;
  readonly entered_at: string;
  readonly number: string;
  readonly name: string;
}

export interface Waiting {
  readonly work: number;
  readonly queue_messages: number;
  /** Nobody has heard them: in my mailbox, in those of my queues. */
  readonly new_messages: number;
  readonly new_queue_messages: number;
}

export interface MyWork {
  readonly offered: readonly ContactRow[];
  readonly inHand: ContactRow | null;
  readonly kept: readonly ContactRow[];
  readonly tasks: readonly Task[];
  readonly messages: readonly Message[];
  readonly unclosed: readonly Unclosed[];
  readonly waiting: Waiting;
}

const NOTHING: Waiting = { work: 0, queue_messages: 0, new_messages: 0, new_queue_messages: 0 };
const byDue = (a: Task, b: Task): number => (a.due_at ?? "9").localeCompare(b.due_at ?? "9") || b.priority - a.priority;

export function useWork(): MyWork {
  const { agent, contacts } = useMe();
  const { rows } = useWorkTable();
  return useMemo(() => {
    const of = <Row>(kind: string): Row[] =>
      Object.entries(rows)
        .filter(([key]) => key.startsWith(`${kind}:`))
        .map(([, row]) => row as Row);
    const works = contacts.filter((it) => it.work);
    const me = agent?.agent_id;
    // What is offered as work stands among the work.
    const asWork = new Set(works.map((it) => it.work?.subject_id));
    return {
      offered: works.filter((it) => it.offers?.some((offer) => offer.agent_id === me)),
      inHand: works.find((it) => it.state === "talking" && it.agent_id === me) ?? null,
      kept: works.filter((it) => it.work?.kept_until && it.agent_id === me),
      tasks: of<Task>("task").sort(byDue),
      messages: of<Message>("message").filter((it) => !asWork.has(it.id)).sort((a, b) => a.left_at.localeCompare(b.left_at)),
      unclosed: of<Unclosed>("unclosed"),
      waiting: (rows.waiting as Waiting | undefined) ?? NOTHING,
    };
  }, [agent, contacts, rows]);
}

/** Reminders whose time has come. */
export const dueReminders = (tasks: readonly Task[], nowMs: number): Task[] => tasks.filter((it) => it.remind_at && Date.parse(it.remind_at) <= nowMs);
