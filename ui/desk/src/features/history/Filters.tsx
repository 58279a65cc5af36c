/** The filters of the history. */
import { Select, Tag } from "antd";
import { useMemo, useState, type ReactNode } from "react";
import { useSearchParams } from "react-router";
import { useTexts } from "@/i18n";
import { DatePicker } from "@/parts/dates/picker";
import { useToday } from "@/parts/days";
import { SearchBox } from "@/parts/SearchBox";
import { useTimes } from "@/parts/times";
import { serverNow } from "@/server/clock";
import { useAgents, useQueues } from "@/server/names";
import { useSession } from "@/server/session";
import { filtersOf, searchOf, type Behind, type HistoryFilters, type HistorySearch } from "./filtersOf";

const ENDINGS = ["answered", "abandoned", "short_abandoned", "refused", "lost", "overflowed", "ended", "waiting"];

interface UsedFilters {
  readonly filters: HistoryFilters;
  readonly change: (part: Partial<HistoryFilters>) => void;
  readonly search: HistorySearch;
}

export function useFilters(): UsedFilters {
  const timeZone = useSession().business.time_zone;
  const [params] = useSearchParams();
  const [filters, setFilters] = useState(() => filtersOf(params));
  const search = useMemo(() => searchOf(filters, timeZone, serverNow()), [filters, timeZone]);
  return { filters, search, change: (part) => setFilters((before) => ({ ...before, ...part })) };
}

function BehindTag(props: { readonly behind: Behind; readonly onClose: () => void }): ReactNode {
  const { t, code } = useTexts();
  const times = useTimes();
  const { from, to, origin, offer_result, no_disposition } = props.behind;
  const counted = code("origin", origin) || code("offer_result", offer_result) || (no_disposition ? t("history.no_disposition") : "");
  return (
    <Tag closable onClose={props.onClose} color="processing" data-testid="filter-behind">
      {t("history.behind", { from: times.shortTime(from), to: times.shortTime(to) })} {counted}
    </Tag>
  );
}

interface FilterProps {
  readonly filters: HistoryFilters;
  readonly onChange: (part: Partial<HistoryFilters>) => void;
}

function Days({ filters, onChange }: FilterProps): ReactNode {
  const { t } = useTexts();
  const today = useToday();
  return (
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
  );
}

interface PickProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
  readonly testId: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

function Pick(props: PickProps): ReactNode {
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      placeholder={props.label}
      aria-label={props.label}
      value={props.value || null}
      onChange={(value: string | null) => props.onChange(value ?? "")}
      options={[...props.options]}
      style={{ width: 126 }}
      data-testid={props.testId}
    />
  );
}

export function Filters({ filters, onChange }: FilterProps): ReactNode {
  const { t, code, local } = useTexts();
  const queues = (useQueues().data ?? []).map((it) => ({ value: it.id, label: local(it.name) }));
  const agents = (useAgents().data ?? []).map((it) => ({ value: it.id, label: it.name }));
  const endings = ENDINGS.map((value) => ({ value, label: code("ending", value) }));
  return (
    <>
      <SearchBox value={filters.search} onChange={(search) => onChange({ search })} placeholder={t("history.search")} width={230} />
      {filters.behind ? <BehindTag behind={filters.behind} onClose={() => onChange({ behind: null })} /> : <Days filters={filters} onChange={onChange} />}
      <Pick value={filters.queue_id} onChange={(queue_id) => onChange({ queue_id })} label={t("contact.queue")} options={queues} testId="filter-queue" />
      <Pick value={filters.agent_id} onChange={(agent_id) => onChange({ agent_id })} label={t("contact.agent")} options={agents} testId="filter-agent" />
      <Pick value={filters.ending} onChange={(ending) => onChange({ ending })} label={t("contact.ending")} options={endings} testId="filter-ending" />
    </>
  );
}
