/** Figures of queues or agents by interval, with a picture of the day and every formula. */
import { Segmented, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useMemo, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { DatePicker } from "@/parts/dates/picker";
import { dayStart, useToday } from "@/parts/days";
import { startOfDay } from "@/parts/format";
import { Loaded } from "@/parts/states";
import { serverNow } from "@/server/clock";
import { useAgents, useQueues } from "@/server/names";
import { useReport, type Interval, type ReportOf } from "@/server/reports";
import { useSession } from "@/server/session";
import { BarChart } from "./BarChart";
import { ExportReport } from "./ExportReport";
import { FiguresTable } from "./FiguresTable";
import { Formulas } from "./Formulas";
import { filled, pointOf } from "./series";

type Days = readonly [Dayjs, Dayjs];
const INTERVALS: readonly Interval[] = ["15m", "1h", "1d", "total"];

function useSpan(days: Days | null): { readonly from: string; readonly to: string } {
  const timeZone = useSession().business.time_zone;
  return useMemo(() => {
    if (!days) return { from: startOfDay(serverNow(), timeZone), to: startOfDay(serverNow(), timeZone, -1) };
    return { from: dayStart(days[0], timeZone, 0), to: dayStart(days[1], timeZone, 1) };
  }, [days, timeZone]);
}

function DayPicker(props: { readonly days: Days | null; readonly onChange: (days: Days | null) => void }): ReactNode {
  const { t } = useTexts();
  const today = useToday();
  const { days, onChange } = props;
  return (
    <DatePicker.RangePicker
      value={days ? [days[0], days[1]] : [today, today]}
      allowClear={false}
      onChange={(picked) => onChange(picked?.[0] && picked[1] ? [picked[0], picked[1]] : null)}
      presets={[
        { label: t("history.today"), value: [today, today] },
        { label: t("history.yesterday"), value: [today.subtract(1, "day"), today.subtract(1, "day")] },
        { label: t("history.month"), value: [today.subtract(29, "day"), today] },
      ]}
      style={{ width: 230 }}
    />
  );
}

function Only(props: { readonly of: ReportOf; readonly value: string; readonly onChange: (value: string) => void }): ReactNode {
  const { t, local } = useTexts();
  const queues = (useQueues().data ?? []).map((it) => ({ value: it.id, label: local(it.name) }));
  const agents = (useAgents().data ?? []).map((it) => ({ value: it.id, label: it.name }));
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      placeholder={props.of === "agents" ? t("reports.all_agents") : t("reports.all_queues")}
      value={props.value || null}
      onChange={(value: string | null) => props.onChange(value ?? "")}
      options={props.of === "agents" ? agents : queues}
      aria-label={props.of === "agents" ? t("reports.all_agents") : t("reports.all_queues")}
      style={{ width: 150 }}
    />
  );
}

export default function ReportsPage(): ReactNode {
  const { t } = useTexts();
  const [of, setOf] = useState<ReportOf>("queues");
  const [days, setDays] = useState<Days | null>(null);
  const [interval, setInterval] = useState<Interval>("1h");
  const [only, setOnly] = useState("");
  const span = useSpan(days);
  const query = useReport({ of, ...span, interval, only });
  const choose = (next: ReportOf): void => {
    setOf(next);
    setOnly("");
  };
  return (
    <div className="page" data-testid="reports-page">
      <div className="page-head">
        <h1>{t("nav.reports")}</h1>
        <Segmented<ReportOf> value={of} onChange={choose} options={(["queues", "agents"] as const).map((value) => ({ value, label: t(`reports.of_${value}`) }))} />
        <DayPicker days={days} onChange={setDays} />
        <Segmented<Interval> value={interval} onChange={setInterval} options={INTERVALS.map((value) => ({ value, label: t(`reports.interval_${value}`) }))} />
        <Only of={of} value={only} onChange={setOnly} />
        <span className="grow" />
        {query.data && <ExportReport report={query.data} of={of} />}
      </div>
      <Loaded query={query} rows={10}>
        {(report) => (
          <>
            {of === "queues" && interval !== "total" && (
              <section className="panel">
                <header>
                  <h2>{t("reports.load")}</h2>
                </header>
                <div className="body">
                  <BarChart points={filled(report.by_interval.map(pointOf), span.from, span.to, interval)} daily={interval === "1d"} />
                </div>
              </section>
            )}
            <section className="panel">
              <FiguresTable report={report} interval={interval} of={of} />
            </section>
            <Formulas report={report} />
          </>
        )}
      </Loaded>
    </div>
  );
}
