/** Figures of queues by interval, with a picture of the day and every formula. */
import { DatePicker, Segmented, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useMemo, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { dayStart, useToday } from "@/parts/days";
import { startOfDay } from "@/parts/format";
import { Loaded } from "@/parts/states";
import { serverNow } from "@/server/clock";
import { useQueues } from "@/server/names";
import { useQueueReport, type Interval } from "@/server/reports";
import { useSession } from "@/server/session";
import { BarChart } from "./BarChart";
import { ExportReport } from "./ExportReport";
import { FiguresTable } from "./FiguresTable";
import { Formulas } from "./Formulas";
import { filled, pointOf } from "./series";

const INTERVALS: readonly Interval[] = ["15m", "1h", "1d", "total"];

function useSpan(days: readonly [Dayjs, Dayjs] | null): { readonly from: string; readonly to: string } {
  const timeZone = useSession().business.time_zone;
  return useMemo(() => {
    if (!days) return { from: startOfDay(serverNow(), timeZone), to: startOfDay(serverNow(), timeZone, -1) };
    return { from: dayStart(days[0], timeZone, 0), to: dayStart(days[1], timeZone, 1) };
  }, [days, timeZone]);
}

export default function ReportsPage(): ReactNode {
  const { t, local } = useTexts();
  const queues = useQueues();
  const [days, setDays] = useState<readonly [Dayjs, Dayjs] | null>(null);
  const [interval, setInterval] = useState<Interval>("1h");
  const [queueId, setQueueId] = useState<string | undefined>();
  const span = useSpan(days);
  const query = useQueueReport({ ...span, interval, queue_id: queueId });
  const today = useToday();
  return (
    <div className="page" data-testid="reports-page">
      <div className="page-head">
        <h1>{t("nav.reports")}</h1>
        <DatePicker.RangePicker
          value={days ? [days[0], days[1]] : [today, today]}
          allowClear={false}
          onChange={(picked) => setDays(picked?.[0] && picked[1] ? [picked[0], picked[1]] : null)}
          presets={[
            { label: t("history.today"), value: [today, today] },
            { label: t("history.yesterday"), value: [today.subtract(1, "day"), today.subtract(1, "day")] },
            { label: t("history.month"), value: [today.subtract(29, "day"), today] },
          ]}
        />
        <Segmented<Interval> value={interval} onChange={setInterval} options={INTERVALS.map((value) => ({ value, label: t(`reports.interval_${value}`) }))} />
        <Select
          allowClear
          placeholder={t("reports.all_queues")}
          value={queueId ?? null}
          onChange={(value: string | null) => setQueueId(value ?? undefined)}
          options={(queues.data ?? []).map((it) => ({ value: it.id, label: local(it.name) }))}
          style={{ width: 160 }}
        />
        <span className="grow" />
        {query.data && <ExportReport report={query.data} />}
      </div>
      <Loaded query={query} rows={10}>
        {(report) => (
          <>
            {interval !== "total" && (
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
              <FiguresTable report={report} interval={interval} />
            </section>
            <Formulas report={report} />
          </>
        )}
      </Loaded>
    </div>
  );
}
