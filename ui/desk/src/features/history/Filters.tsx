/** The filters of the history. */
import { DatePicker, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useMemo, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { dayStart, useToday } from "@/parts/days";
import { startOfDay } from "@/parts/format";
import { SearchBox } from "@/parts/SearchBox";
import { serverNow } from "@/server/clock";
import type { ContactSearch } from "@/server/contacts";
import { useAgents, useQueues } from "@/server/names";
import { useSession } from "@/server/session";

export interface HistoryFilters {
  readonly days: readonly [Dayjs, Dayjs] | null;
  readonly queue_id: string | undefined;
  readonly agent_id: string | undefined;
  readonly ending: string | undefined;
  readonly search: string;
}

export type HistorySearch = Omit<ContactSearch, "limit" | "offset">;

const ENDINGS = ["answered", "abandoned", "short_abandoned", "refused", "lost", "overflowed", "ended"];

interface UsedFilters {
  readonly filters: HistoryFilters;
  readonly change: (part: Partial<HistoryFilters>) => void;
  readonly search: HistorySearch;
}

export function useFilters(): UsedFilters {
  const timeZone = useSession().business.time_zone;
  const [filters, setFilters] = useState<HistoryFilters>({ days: null, queue_id: undefined, agent_id: undefined, ending: undefined, search: "" });
  const search = useMemo(() => {
    const { days, queue_id, agent_id, ending } = filters;
    const from = days ? dayStart(days[0], timeZone, 0) : startOfDay(serverNow(), timeZone, 6);
    const found: Record<string, string> = { from };
    if (days) found.to = dayStart(days[1], timeZone, 1);
    if (queue_id) found.queue_id = queue_id;
    if (agent_id) found.agent_id = agent_id;
    if (ending) found.ending = ending;
    if (filters.search.trim()) found.search = filters.search.trim();
    return found;
  }, [filters, timeZone]);
  return { filters, search, change: (part) => setFilters((before) => ({ ...before, ...part })) };
}

export function Filters(props: { readonly filters: HistoryFilters; readonly onChange: (part: Partial<HistoryFilters>) => void }): ReactNode {
  const { t, code, local } = useTexts();
  const queues = useQueues();
  const agents = useAgents();
  const { filters, onChange } = props;
  const today = useToday();
  return (
    <>
      <SearchBox value={filters.search} onChange={(search) => onChange({ search })} placeholder={t("history.search")} width={190} />
      <DatePicker.RangePicker
        value={filters.days ? [filters.days[0], filters.days[1]] : null}
        onChange={(days) => onChange({ days: days?.[0] && days[1] ? [days[0], days[1]] : null })}
        presets={[
          { label: t("history.today"), value: [today, today] },
          { label: t("history.yesterday"), value: [today.subtract(1, "day"), today.subtract(1, "day")] },
          { label: t("history.month"), value: [today.subtract(29, "day"), today] },
        ]}
        placeholder={[t("history.from"), t("history.to")]}
        style={{ width: 230 }}
      />
      <Select
        allowClear
        placeholder={t("contact.queue")}
        value={filters.queue_id ?? null}
        onChange={(value: string | null) => onChange({ queue_id: value ?? undefined })}
        options={(queues.data ?? []).map((it) => ({ value: it.id, label: local(it.name) }))}
        style={{ width: 128 }}
        data-testid="filter-queue"
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        placeholder={t("contact.agent")}
        value={filters.agent_id ?? null}
        onChange={(value: string | null) => onChange({ agent_id: value ?? undefined })}
        options={(agents.data ?? []).map((it) => ({ value: it.id, label: it.name }))}
        style={{ width: 128 }}
        data-testid="filter-agent"
      />
      <Select
        allowClear
        placeholder={t("contact.ending")}
        value={filters.ending ?? null}
        onChange={(value: string | null) => onChange({ ending: value ?? undefined })}
        options={ENDINGS.map((value) => ({ value, label: code("ending", value) }))}
        style={{ width: 124 }}
        data-testid="filter-ending"
      />
    </>
  );
}
