/** What every tab of the queue editor is given. */
import type { QueueDraft } from "../queueDraft";

export interface TabProps {
  readonly draft: QueueDraft;
  readonly change: (patch: Partial<QueueDraft>) => void;
  /** Null of a queue that is not made yet. */
  readonly queueId: string | null;
}
