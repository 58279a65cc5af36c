/** Gives the whole desk one live feed, and hooks to read its tables. */
import type { AgentRow, ContactRow, DirectoryRow, PresenceRow, QueueRow, Topic } from "@huying/api";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { createContext, use, useCallback, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import { screenPopOf } from "@/server/screenPop";
import { Feed, type FeedState, type SocketLike } from "./feed";
import { markRing } from "./rings";
import { EMPTY_TABLE, type Table } from "./table";

const FeedContext = createContext<Feed | null>(null);

function openSocket(): SocketLike {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return new WebSocket(`${scheme}://${location.host}/live`) as unknown as SocketLike;
}

/** A call has come: who it is, is asked at once, while the page is still being drawn for it. */
function popEarly(client: QueryClient, contactId: string, row: unknown): void {
  markRing(contactId);
  if (!(row as ContactRow).work) client.query(screenPopOf(contactId)).catch(() => undefined);
}

export function LiveProvider(props: { readonly onSignedOut: () => void; readonly onRefused: () => void; readonly children: ReactNode }): ReactNode {
  const { onSignedOut, onRefused, children } = props;
  const client = useQueryClient();
  const [feed] = useState(() => new Feed({ open: openSocket, onSignedOut, onRefused, onContact: (id, row) => popEarly(client, id, row) }));
  useEffect(() => {
    const hurry = (): void => feed.hurry();
    feed.start();
    window.addEventListener("online", hurry);
    document.addEventListener("visibilitychange", hurry);
    return () => {
      window.removeEventListener("online", hurry);
      document.removeEventListener("visibilitychange", hurry);
      feed.stop();
    };
  }, [feed]);
  return <FeedContext value={feed}>{children}</FeedContext>;
}

function useFeed(): Feed {
  const feed = use(FeedContext);
  if (!feed) throw new Error("LiveProvider is missing above this component");
  return feed;
}

export function useFeedState(): FeedState {
  const feed = useFeed();
  return useSyncExternalStore(
    useCallback((listener) => feed.onState(listener), [feed]),
    () => feed.state,
  );
}

export function useTable(topic: Topic): Table {
  const feed = useFeed();
  return useSyncExternalStore(
    useCallback((listener) => feed.watch(topic, listener), [feed, topic]),
    () => feed.table(topic),
  );
}

/** The rows of a topic and whether they have ever come. */
export interface RowsOf<Row> {
  readonly rows: readonly Row[];
  readonly loaded: boolean;
}

function useRows(topic: Topic): RowsOf<unknown> {
  const table = useTable(topic);
  return useMemo(() => ({ rows: Object.values(table.rows), loaded: table !== EMPTY_TABLE }), [table]);
}

export const useQueueRows = (): RowsOf<QueueRow> => useRows("queues") as RowsOf<QueueRow>;
export const useAgentRows = (): RowsOf<AgentRow> => useRows("agents") as RowsOf<AgentRow>;
/** What colleagues may see of agents. */
export function useDirectoryRows(): RowsOf<DirectoryRow> {
  const table = useTable("presence");
  return useMemo(() => {
    const rows = Object.values(table.rows) as (DirectoryRow | PresenceRow)[];
    return { rows: rows.filter((it): it is DirectoryRow => "agent_id" in it), loaded: table !== EMPTY_TABLE };
  }, [table]);
}
export const useCallRows = (): RowsOf<ContactRow> => useRows("calls") as RowsOf<ContactRow>;

export interface Me {
  readonly agent: AgentRow | null;
  readonly contacts: readonly ContactRow[];
  readonly loaded: boolean;
}

/** My own tasks and messages, and how much waits in my queues. */
export const useWorkTable = (): Table => useTable("work");

/** My own agent row, and the contacts that ring at me or that I hold. */
export function useMe(): Me {
  const table = useTable("me");
  return useMemo(() => {
    const contacts = Object.entries(table.rows).filter(([key]) => key.startsWith("contact:"));
    return {
      agent: (table.rows.agent as AgentRow | undefined) ?? null,
      contacts: contacts.map(([, row]) => row as ContactRow),
      loaded: table !== EMPTY_TABLE,
    };
  }, [table]);
}
