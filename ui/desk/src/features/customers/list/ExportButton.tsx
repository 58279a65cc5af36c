/** The customers chosen by search and filters, as a file from the server. */
import { DownloadOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { exportAddress, type CustomerFilter } from "@/server/customers";
import { useMay } from "@/server/session";

export function ExportButton(props: { readonly filter: CustomerFilter }): ReactNode {
  const { t } = useTexts();
  if (!useMay()("customers.export")) return null;
  const item = (form: "xlsx" | "csv", label: string) => ({
    key: form,
    label: (
      <a href={exportAddress(form, props.filter)} download data-testid={`export-${form}`}>
        {label}
      </a>
    ),
  });
  return (
    <Dropdown menu={{ items: [item("xlsx", "Excel (.xlsx)"), item("csv", "CSV")] }} trigger={["click"]}>
      <Button icon={<DownloadOutlined />} data-testid="export">
        {t("customers.export")}
      </Button>
    </Dropdown>
  );
}
