/** The queues and their times, to read. */
import type { Queue } from "@huying/api";
import { Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Failure, Nothing } from "@/parts/states";
import { useQueues } from "@/server/names";

type Times = "offer_seconds" | "after_call_seconds" | "short_abandon_seconds" | "service_level_seconds" | "announce_seconds";
const TIMES: readonly Times[] = ["offer_seconds", "after_call_seconds", "service_level_seconds", "short_abandon_seconds", "announce_seconds"];

export function QueuesTab(): ReactNode {
  const { t, local } = useTexts();
  const query = useQueues();
  const columns: TableColumnsType<Queue> = [
    { key: "name", title: t("queue.name"), render: (_, row) => <b>{local(row.name)}</b> },
    { key: "code", title: t("queue.code"), dataIndex: "code" },
    ...TIMES.map((name) => ({
      key: name,
      title: t(`queue.${name}`),
      align: "right" as const,
      className: "num",
      render: (_: unknown, row: Queue) => t("common.seconds", { count: row[name] }),
    })),
  ];
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Table<Queue>
      size="small"
      rowKey="id"
      dataSource={[...(query.data ?? [])]}
      columns={columns}
      loading={query.isPending}
      pagination={false}
      locale={{ emptyText: <Nothing title={t("live.no_queues")} hint={t("live.no_queues_hint")} /> }}
    />
  );
}
