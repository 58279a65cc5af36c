/** All that call targets are found in: who is there now, the address book and customers as far as the typed text finds them. */
import { useMemo } from "react";
import { useTexts } from "@/i18n";
import { useDirectoryRows, useQueueRows } from "@/live/LiveProvider";
import { useDebounced } from "@/parts/useDebounced";
import { useCustomers } from "@/server/customers";
import { useSession } from "@/server/session";
import { useDirectory, useEntries, useOwnTargets } from "@/server/targets";
import type { Known } from "./rank";

const EMPTY = { colleagues: [], queues: [], flows: [], groups: [] };
const LEAST = 2;

export interface KnownNow {
  readonly known: Known;
  readonly loaded: boolean;
}

export function useKnown(typed: string): KnownNow {
  const { local } = useTexts();
  const { person } = useSession();
  const directory = useDirectory();
  const own = useOwnTargets();
  const agents = useDirectoryRows();
  const queues = useQueueRows();
  const search = useDebounced(typed.trim(), 150);
  const asks = search.length >= LEAST;
  const entries = useEntries({ search, limit: 20, offset: 0 }, asks);
  const customers = useCustomers({ search: asks ? search : "", limit: asks ? 8 : 1, offset: 0 });
  const known = useMemo<Known>(
    () => ({
      directory: directory.data ?? EMPTY,
      agents: agents.rows,
      queues: queues.rows,
      own: own.data ?? [],
      entries: asks ? (entries.data?.items ?? []) : [],
      customers: asks ? (customers.data?.items ?? []) : [],
      local,
      me: person.id,
    }),
    [directory.data, agents.rows, queues.rows, own.data, entries.data, customers.data, asks, local, person.id],
  );
  return { known, loaded: directory.data !== undefined };
}
