/** The customers found, as CSV. */
import { DownloadOutlined } from "@ant-design/icons";
import type { Customer } from "@huying/api";
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { download, toCsv } from "@/parts/csv";
import { useCommand } from "@/parts/useCommand";
import { fetchCustomers } from "@/server/customers";

const PAGE = 200;
const MOST = 50_000;

export function ExportCustomers(props: { readonly search: string }): ReactNode {
  const { t, code } = useTexts();
  const { run, busy } = useCommand();
  const [done, setDone] = useState(0);
  const collect = async (): Promise<void> => {
    const all: Customer[] = [];
    for (let offset = 0; offset < MOST; offset += PAGE) {
      const page = await fetchCustomers({ search: props.search, limit: PAGE, offset });
      all.push(...page.items);
      setDone(all.length);
      if (page.items.length < PAGE || all.length >= page.total) break;
    }
    const head = ["name", "class", "company", "numbers", "email", "address", "language", "warning", "note"].map((it) => t(`customer.${it}`));
    const rows = all.map((it) => [
      it.name,
      code("customer_class", it.class),
      it.company?.name ?? "",
      it.numbers.map((number) => number.number).join(" "),
      it.email,
      it.address,
      code("language", it.language),
      it.warning,
      it.note,
    ]);
    download("huying-customers.csv", toCsv(head, rows));
  };
  return (
    <Button icon={<DownloadOutlined />} loading={busy} onClick={() => void run(collect)} data-testid="export">
      {busy ? t("common.exporting", { count: done }) : t("common.export")}
    </Button>
  );
}
