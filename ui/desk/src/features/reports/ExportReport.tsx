/** The report as CSV. */
import { DownloadOutlined } from "@ant-design/icons";
import type { QueueReport } from "@huying/api";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { download, toCsv } from "@/parts/csv";
import { useTimes } from "@/parts/times";
import { useNames } from "@/server/names";
import type { ReportOf } from "@/server/reports";

export function ExportReport(props: { readonly report: QueueReport; readonly of: ReportOf }): ReactNode {
  const { t, local } = useTexts();
  const times = useTimes();
  const names = useNames();
  const { figures, rows } = props.report;
  const save = (): void => {
    const head = [t("reports.interval"), props.of === "agents" ? t("contact.agent") : t("contact.queue"), ...figures.map((it) => local(it.name))];
    const lines = rows.map((row) => [times.dateTime(row.from), row.queue_id ? names.queue(row.queue_id) : row.agent_id ? names.agent(row.agent_id) : "", ...figures.map((it) => row.values[it.code])]);
    download(`huying-${props.of}.csv`, toCsv(head, lines));
  };
  return (
    <Button icon={<DownloadOutlined />} onClick={save} data-testid="export">
      {t("common.export")}
    </Button>
  );
}
