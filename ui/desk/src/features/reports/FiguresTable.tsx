/** The figures as a table; the head of each column tells its formula. */
import type { QueueReport, ReportRow } from "@huying/api";
import { Table, Tooltip, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Nothing } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useNames } from "@/server/names";
import type { Interval } from "@/server/reports";
import css from "./Reports.module.css";
import { columnsOf, shownValue } from "./values";

function When(props: { readonly row: ReportRow; readonly interval: Interval }): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const { row, interval } = props;
  const [day, time] = times.dateTime(row.from).split(" ");
  const text = interval === "1d" || interval === "total" ? day : `${day ?? ""} ${time?.slice(0, 5) ?? ""}`;
  if (!row.provisional) return text;
  return (
    <Tooltip title={t("reports.provisional")}>
      <span className={css.provisional}>{text}</span>
    </Tooltip>
  );
}

export function FiguresTable(props: { readonly report: QueueReport; readonly interval: Interval }): ReactNode {
  const { t, local } = useTexts();
  const names = useNames();
  const { report } = props;
  const figures = columnsOf(report.figures, report.total?.values ?? {});
  const columns: TableColumnsType<ReportRow> = [
    { key: "from", title: t("reports.interval"), width: 106, fixed: "start", className: "num", render: (_, row) => <When row={row} interval={props.interval} /> },
    { key: "queue", title: t("contact.queue"), width: 130, ellipsis: true, render: (_, row) => (row.queue_id ? names.queue(row.queue_id) : t("reports.all_queues")) },
    ...figures.map((it) => ({
      key: it.code,
      title: <Tooltip title={local(it.formula)}>{local(it.name)}</Tooltip>,
      align: "right" as const,
      className: "num",
      render: (_: unknown, row: ReportRow) => shownValue(it.unit, row.values[it.code]),
    })),
  ];
  const { total } = report;
  return (
    <Table<ReportRow>
      size="small"
      rowKey={(row) => `${row.from}|${row.queue_id ?? ""}`}
      dataSource={[...report.rows]}
      columns={columns}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 236 + figures.length * 92 }}
      locale={{ emptyText: <Nothing title={t("reports.empty")} hint={t("reports.empty_hint")} /> }}
      summary={() =>
        total && (
          <Table.Summary.Row data-testid="report-total">
            <Table.Summary.Cell index={0} colSpan={2}>
              <b>{t("reports.total")}</b>
            </Table.Summary.Cell>
            {figures.map((it, index) => (
              <Table.Summary.Cell key={it.code} index={index + 2} align="right">
                <b className="num">{shownValue(it.unit, total.values[it.code])}</b>
              </Table.Summary.Cell>
            ))}
          </Table.Summary.Row>
        )
      }
    />
  );
}
