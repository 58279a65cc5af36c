/** What each queue asks of the desk: which branches it shows, whether one must be given, and which of its work is offered. */
import type { Disposition, QueueDesk } from "@huying/api";
import { Switch, Table, TreeSelect, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useCommand } from "@/parts/useCommand";
import { useQueues } from "@/server/names";
import { saveQueueDesk } from "@/server/setup";

const usual = (queue_id: string): QueueDesk => ({ queue_id, forced: false, branches: [], offer_messages: false, message_head_start_seconds: 0, task_head_start_seconds: 0 });

interface QueueDesksProps {
  readonly all: readonly Disposition[];
  readonly desks: readonly QueueDesk[];
  readonly renew: () => void;
}

export function QueueDesks(props: QueueDesksProps): ReactNode {
  const { t, local } = useTexts();
  const queues = useQueues();
  const { run } = useCommand();
  const change = (desk: QueueDesk, part: Partial<QueueDesk>): void => {
    const { queue_id, ...body } = { ...desk, ...part };
    void run(() => saveQueueDesk(queue_id, body)).then(props.renew);
  };
  const rows = (queues.data ?? []).map((it) => ({ name: local(it.name), code: it.code, desk: props.desks.find((one) => one.queue_id === it.id) ?? usual(it.id) }));
  type Row = (typeof rows)[number];
  const places = props.all.filter((it) => it.active).map((it) => ({ id: it.id, pId: it.parent_id ?? "", value: it.id, title: local(it.name) }));
  const columns: TableColumnsType<Row> = [
    { key: "queue", title: t("dispositions.queue"), width: 180, render: (_, row) => <b>{row.name}</b> },
    {
      key: "shown",
      title: t("dispositions.shown"),
      render: (_, row) => (
        <TreeSelect
          style={{ width: "100%" }}
          size="small"
          value={row.desk.branches}
          onChange={(branches: string[]) => change(row.desk, { branches })}
          treeData={places}
          treeDataSimpleMode={{ id: "id", pId: "pId", rootPId: "" }}
          treeCheckable
          treeCheckStrictly={false}
          showCheckedStrategy={TreeSelect.SHOW_PARENT}
          placeholder={t("dispositions.all")}
          aria-label={`${row.name}: ${t("dispositions.shown")}`}
        />
      ),
    },
    {
      key: "forced",
      title: t("dispositions.forced"),
      width: 130,
      render: (_, row) => <Switch size="small" checked={row.desk.forced} onChange={(forced) => change(row.desk, { forced })} aria-label={`${row.name}: ${t("dispositions.forced")}`} data-testid={`forced-${row.code}`} />,
    },
    {
      key: "messages",
      title: t("dispositions.offer_messages"),
      width: 190,
      render: (_, row) => (
        <Switch
          size="small"
          checked={row.desk.offer_messages}
          onChange={(offer_messages) => change(row.desk, { offer_messages })}
          aria-label={`${row.name}: ${t("dispositions.offer_messages")}`}
          data-testid={`offer-messages-${row.code}`}
        />
      ),
    },
  ];
  return (
    <section className="panel" style={{ marginTop: 16 }}>
      <header>
        <h2>{t("dispositions.queues")}</h2>
      </header>
      <Table<Row> size="small" rowKey="code" dataSource={rows} columns={columns} pagination={false} />
    </section>
  );
}
