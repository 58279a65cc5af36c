/** The figures as a table; the head of each column tells its formula, each value opens to the contacts behind it. */
import type { QueueReport, ReportRow } from "@huying/api";
import { Table, Tooltip, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useTexts } from "@/i18n";
import { pageBehind } from "@/parts/behind";
import { Nothing } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useNames } from "@/server/names";
import type { Interval, ReportOf } from "@/server/reports";
import { useMay } from "@/server/session";
import css from "./Reports.module.css";
import { columnsOf, shownValue } from "./values";

interface FiguresTableProps {
  readonly report: QueueReport;
  readonly interval: Interval;
  readonly of: ReportOf;
}

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

function Value(props: { readonly of: ReportOf; readonly row: ReportRow; readonly code: string; readonly text: string }): ReactNode {
  const may = useMay();
  const { of, row, code, text } = props;
  if (!row.values[code] || !may("contacts.view")) return text;
  return (
    <Link className={css.value} to={pageBehind({ of, code, ...row })}>
      {text}
    </Link>
  );
}

export function FiguresTable({ report, interval, of }: FiguresTableProps): ReactNode {
  const { t, local } = useTexts();
  const names = useNames();
  const figures = columnsOf(of, report.figures, report.total?.values ?? {});
  const who = (row: ReportRow): string => {
    if (of === "agents") return row.agent_id ? names.agent(row.agent_id) : t("reports.all_agents");
    return row.queue_id ? names.queue(row.queue_id) : t("reports.all_queues");
  };
  const columns: TableColumnsType<ReportRow> = [
    { key: "from", title: t("reports.interval"), width: 106, fixed: "start", className: "num", render: (_, row) => <When row={row} interval={interval} /> },
    { key: "who", title: of === "agents" ? t("contact.agent") : t("contact.queue"), width: 130, ellipsis: true, render: (_, row) => who(row) },
    ...figures.map((it) => ({
      key: it.code,
      title: <Tooltip title={local(it.formula)}>{local(it.name)}</Tooltip>,
      align: "right" as const,
      className: "num",
      render: (_: unknown, row: ReportRow) => <Value of={of} row={row} code={it.code} text={shownValue(it.unit, row.values[it.code])} />,
    })),
  ];
  const { total } = report;
  return (
    <Table<ReportRow>
      size="small"
      rowKey={(row) => `${row.from}|${row.queue_id ?? row.agent_id ?? ""}`}
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
                <b className="num">
                  <Value of={of} row={total} code={it.code} text={shownValue(it.unit, total.values[it.code])} />
                </b>
              </Table.Summary.Cell>
            ))}
          </Table.Summary.Row>
        )
      }
    />
  );
}
