/** Sums of the queues for the head of the live view. Pure. */
import type { QueueRow } from "@huying/api";

export interface Centre {
  readonly waiting: number;
  readonly longestSince: string | null;
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  /** Answered of those who did not leave at once; null when there was nobody. */
  readonly answeredShare: number | null;
}

export function centreOf(queues: readonly QueueRow[]): Centre {
  const sum = (pick: (row: QueueRow) => number | undefined): number => queues.reduce((total, row) => total + (pick(row) ?? 0), 0);
  const since = queues.map((it) => it.longest_waiting_since).filter((it): it is string => it !== null);
  const answered = sum((it) => it.today.answered);
  const abandoned = sum((it) => it.today.abandoned);
  const ended = answered + abandoned;
  return {
    waiting: sum((it) => it.waiting),
    longestSince: since.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null,
    offered: sum((it) => it.today.offered),
    answered,
    abandoned,
    answeredShare: ended > 0 ? answered / ended : null,
  };
}
