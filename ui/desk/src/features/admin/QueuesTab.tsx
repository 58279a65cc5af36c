/** The queues and their times. */
import { PlusOutlined } from "@ant-design/icons";
import type { Queue } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Failure, Nothing } from "@/parts/states";
import { useQueues } from "@/server/names";
import { useMay } from "@/server/session";
import { QueueDialog, TIMES } from "./QueueDialog";

export function QueuesTab(): ReactNode {
  const { t, local } = useTexts();
  const mayManage = useMay()("queues.manage");
  const client = useQueryClient();
  const query = useQueues();
  const [edited, setEdited] = useState<Queue | "new" | null>(null);
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
    {
      key: "edit",
      title: "",
      width: 80,
      render: (_, row) =>
        mayManage && (
          <Button size="small" type="link" onClick={() => setEdited(row)}>
            {t("common.edit")}
          </Button>
        ),
    },
  ];
  const renew = (): void => {
    void client.invalidateQueries({ queryKey: ["queues"] });
    void client.invalidateQueries({ queryKey: ["desk-settings"] });
  };
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      {mayManage && (
        <div className="row" style={{ marginBottom: 10 }}>
          <span className="grow" />
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-queue">
            {t("queue.new")}
          </Button>
        </div>
      )}
      <Table<Queue>
        size="small"
        rowKey="id"
        dataSource={[...(query.data ?? [])]}
        columns={columns}
        loading={query.isPending}
        pagination={false}
        locale={{ emptyText: <Nothing title={t("live.no_queues")} hint={t("live.no_queues_hint")} /> }}
      />
      {edited && <QueueDialog queue={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={renew} />}
    </>
  );
}
