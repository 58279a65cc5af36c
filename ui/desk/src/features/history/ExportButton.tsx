/** The contacts of the filters as CSV, page by page, with progress. */
import { DownloadOutlined } from "@ant-design/icons";
import type { ContactSummary } from "@huying/api";
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { download, toCsv, type Cell } from "@/parts/csv";
import { useCommand } from "@/parts/useCommand";
import { useTimes } from "@/parts/times";
import { useNames } from "@/server/names";
import { fetchContacts } from "@/server/contacts";
import type { HistorySearch } from "./filtersOf";

const PAGE = 200;
const MOST = 20_000;

export function ExportButton(props: { readonly search: HistorySearch }): ReactNode {
  const { t, code } = useTexts();
  const times = useTimes();
  const names = useNames();
  const { run, busy } = useCommand();
  const [done, setDone] = useState(0);
  const row = (it: ContactSummary): readonly Cell[] => [
    times.dateTime(it.started_at),
    code("channel", it.channel),
    code("direction", it.direction),
    it.customer_name ?? it.remote_name,
    it.remote_number,
    it.queue_id && names.queue(it.queue_id),
    it.agent_name ?? (it.agent_id && names.agent(it.agent_id)),
    code("ending", it.ending),
    it.wait_seconds,
    it.talk_seconds,
    it.disposition && names.dispositionPath(it.disposition),
    it.note,
  ];
  const collect = async (): Promise<void> => {
    const all: ContactSummary[] = [];
    for (let offset = 0; offset < MOST; offset += PAGE) {
      const page = await fetchContacts({ ...props.search, limit: PAGE, offset });
      all.push(...page.items);
      setDone(all.length);
      if (page.items.length < PAGE || all.length >= page.total) break;
    }
    const head = ["started", "channel", "direction", "customer", "number", "queue", "agent", "ending", "wait", "talk", "disposition", "note"];
    download(`huying-${new Date().toISOString().slice(0, 10)}.csv`, toCsv(head.map((it) => t(`contact.${it}`)), all.map(row)));
  };
  return (
    <Button icon={<DownloadOutlined />} loading={busy} onClick={() => void run(collect)} data-testid="export">
      {busy ? t("common.exporting", { count: done }) : t("common.export")}
    </Button>
  );
}
