/** The agent's own calls: by day and kind, found by customer, number and note; each opens to its summary and recording. */
import { Pagination, Segmented } from "antd";
import { useMemo, useState, type ReactNode } from "react";
import type { OwnCallKind } from "@huying/api";
import { useTexts } from "@/i18n";
import { DatePicker } from "@/parts/dates/picker";
import { ContactDrawer } from "@/parts/contact/LazyContactDrawer";
import { dayStart, useToday } from "@/parts/days";
import { SearchBox } from "@/parts/SearchBox";
import { Loaded } from "@/parts/states";
import { useDebounced } from "@/parts/useDebounced";
import { serverNow } from "@/server/clock";
import { useOwnCalls } from "@/server/ownCalls";
import { useSession } from "@/server/session";
import { CallList } from "./CallList";
import { rangeOf, SPANS, type Range, type SpanName } from "./spans";
import "./texts";

const PAGE = 50;
const KINDS: readonly OwnCallKind[] = ["in", "out", "internal", "missed"];

export default function CallsPage(): ReactNode {
  const { t, code } = useTexts();
  const { business } = useSession();
  const today = useToday();
  const [span, setSpan] = useState<SpanName | "days">("today");
  const [days, setDays] = useState<Range | null>(null);
  const [kind, setKind] = useState<OwnCallKind | "">("");
  const [typed, setTyped] = useState("");
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<string | null>(null);
  const search = useDebounced(typed.trim());
  const range = useMemo(() => (span === "days" && days ? days : rangeOf(span === "days" ? "today" : span, serverNow(), business.time_zone)), [span, days, business.time_zone]);
  const query = useOwnCalls({ ...range, kind: kind || undefined, search, limit: PAGE, offset: (page - 1) * PAGE }, page === 1 ? 10_000 : false);
  const counts = query.data?.counts;
  const all = counts ? KINDS.reduce((sum, it) => sum + (counts[it] ?? 0), 0) : 0;
  const first =
    <Value,>(set: (value: Value) => void) =>
    (value: Value): void => {
      setPage(1);
      set(value);
    };
  return (
    <div className="page" data-testid="calls-page">
      <div className="page-head">
        <h1>{t("calls.title")}</h1>
        <Segmented<SpanName | "days">
          value={span}
          onChange={first(setSpan)}
          options={[...SPANS.map((value) => ({ value, label: code("calls_span", value) })), ...(days ? [{ value: "days" as const, label: t("calls.chosen_days") }] : [])]}
        />
        <DatePicker.RangePicker
          onChange={(picked) => {
            const [from, to] = [picked?.[0], picked?.[1]];
            setDays(from && to ? { from: dayStart(from, business.time_zone, 0), to: dayStart(to, business.time_zone, 1) } : null);
            first(setSpan)(from && to ? "days" : "today");
          }}
          maxDate={today}
          placeholder={[t("history.from"), t("history.to")]}
          style={{ width: 230 }}
        />
        <span className="grow" />
        <SearchBox value={typed} onChange={first(setTyped)} placeholder={t("calls.search")} width={280} />
      </div>
      <section className="panel">
        <header>
          <Segmented<OwnCallKind | "">
            size="small"
            value={kind}
            onChange={first(setKind)}
            options={["" as const, ...KINDS].map((value) => ({
              value,
              label: (
                <span data-testid={`calls-${value || "all"}`}>
                  {code("calls_kind", value || "all")} {counts ? (value ? (counts[value] ?? 0) : all) : ""}
                </span>
              ),
            }))}
          />
        </header>
        <div className="body">
          <Loaded query={query}>{(found) => <CallList calls={found.items} onOpen={setOpen} />}</Loaded>
          {query.data && (kind ? (counts?.[kind] ?? 0) : all) > PAGE && (
            <Pagination current={page} pageSize={PAGE} total={kind ? (counts?.[kind] ?? 0) : all} onChange={setPage} showSizeChanger={false} style={{ marginTop: 12, justifyContent: "flex-end" }} />
          )}
        </div>
      </section>
      <ContactDrawer contactId={open} onClose={() => setOpen(null)} />
    </div>
  );
}
