/** The matrix as it is shown, as a file for spreadsheets. */
import { DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { download, toCsv } from "@/parts/csv";
import { levelIn, type Draft } from "./draft";
import type { Sheet } from "./sheet";

export function ExportMatrix(props: { readonly sheet: Sheet; readonly draft: Draft }): ReactNode {
  const { t, local } = useTexts();
  const { sheet, draft } = props;
  const save = (): void => {
    const head = [t("agent.extension"), t("person.name"), ...sheet.columns.map((it) => local(it.name) || it.code)];
    const rows = sheet.rows.map((row) => [row.extension, row.name, ...sheet.columns.map((it) => levelIn(draft, row, it.key) || null)]);
    download("skills.csv", toCsv(head, rows));
  };
  return <Button icon={<DownloadOutlined />} onClick={save} title={t("common.export")} aria-label={t("common.export")} data-testid="export" />;
}
