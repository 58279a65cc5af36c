/** The contacts that are in the centre now. */
import type { AgentRow, ContactRow } from "@huying/api";
import { Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { openable } from "@/parts/openable";
import { ContactPill } from "@/parts/pills";
import { Nothing } from "@/parts/states";
import { Elapsed } from "@/parts/time";
import { useNames } from "@/server/names";

interface CallsTableProps {
  readonly rows: readonly ContactRow[];
  readonly agents: readonly AgentRow[];
  readonly loaded: boolean;
  readonly onOpen: (contactId: string) => void;
}

export function CallsTable(props: CallsTableProps): ReactNode {
  const { t, code } = useTexts();
  const names = useNames();
  const agentName = (id: string | null | undefined): string => props.agents.find((it) => it.agent_id === id)?.name ?? "";
  const columns: TableColumnsType<ContactRow> = [
    { key: "state", title: t("live.state"), width: 116, render: (_, row) => <ContactPill state={row.state} /> },
    { key: "queue", title: t("live.queue"), ellipsis: true, render: (_, row) => (row.queue_id ? names.queue(row.queue_id) : row.node || "–") },
    { key: "place", title: t("live.place"), width: 52, align: "right", render: (_, row) => row.place ?? "" },
    { key: "agent", title: t("live.agent"), ellipsis: true, render: (_, row) => agentName(row.agent_id ?? row.offer?.agent_id) || "–" },
    { key: "language", title: t("live.language"), width: 88, render: (_, row) => code("language", row.language) },
    { key: "since", title: t("live.since"), width: 76, align: "right", render: (_, row) => <Elapsed since={row.waiting_since ?? row.talk_since ?? row.since} /> },
  ];
  const rows = [...props.rows].sort((a, b) => Date.parse(a.entered_at) - Date.parse(b.entered_at));
  return (
    <Table<ContactRow>
      size="small"
      rowKey="contact_id"
      virtual
      scroll={{ y: 420, x: 480 }}
      dataSource={rows}
      columns={columns}
      loading={!props.loaded}
      pagination={false}
      locale={{ emptyText: <Nothing title={t("live.no_calls")} hint={t("live.no_calls_hint")} /> }}
      onRow={(row) => openable(() => props.onOpen(row.contact_id))}
    />
  );
}
