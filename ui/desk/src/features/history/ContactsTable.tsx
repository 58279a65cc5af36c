/** Contacts, newest first. */
import { GlobalOutlined, PhoneOutlined, SoundOutlined } from "@ant-design/icons";
import type { ContactSummary } from "@huying/api";
import { Table, Tooltip, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { openable } from "@/parts/openable";
import { phoneNumber, seconds } from "@/parts/format";
import { endingOf, EndingPill } from "@/parts/pills";
import { Nothing } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useNames } from "@/server/names";

/** Below this many people are not content (ITU-T G.107). */
const POOR_MOS = 3.3;

interface ContactsTableProps {
  readonly rows: readonly ContactSummary[];
  readonly loading: boolean;
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
  readonly onOpen: (contactId: string) => void;
}

export function ContactsTable(props: ContactsTableProps): ReactNode {
  const { t, code } = useTexts();
  const times = useTimes();
  const names = useNames();
  const columns: TableColumnsType<ContactSummary> = [
    { key: "started", title: t("contact.started"), width: 124, className: "num", render: (_, row) => times.dateTime(row.started_at) },
    {
      key: "channel",
      title: <span className="unseen">{t("contact.channel")}</span>,
      width: 34,
      render: (_, row) => <Tooltip title={code("channel", row.channel)}>{row.channel === "web_call" ? <GlobalOutlined /> : <PhoneOutlined />}</Tooltip>,
    },
    { key: "customer", title: t("contact.customer"), width: 116, ellipsis: true, render: (_, row) => row.customer_name || row.remote_name || "–" },
    { key: "number", title: t("contact.number"), width: 148, className: "num", ellipsis: true, render: (_, row) => phoneNumber(row.remote_number) || "–" },
    { key: "queue", title: t("contact.queue"), ellipsis: true, width: 120, render: (_, row) => (row.queue_id ? names.queue(row.queue_id) : "–") },
    { key: "agent", title: t("contact.agent"), ellipsis: true, width: 110, render: (_, row) => row.agent_name || (row.agent_id ? names.agent(row.agent_id) : "–") },
    { key: "ending", title: t("contact.ending"), width: 116, render: (_, row) => <EndingPill ending={endingOf(row)} /> },
    { key: "wait", title: t("contact.wait"), width: 66, align: "right", className: "num", render: (_, row) => seconds(row.wait_seconds) },
    { key: "talk", title: t("contact.talk"), width: 66, align: "right", className: "num", render: (_, row) => seconds(row.talk_seconds) },
    { key: "disposition", title: t("contact.disposition"), width: 110, ellipsis: true, render: (_, row) => (row.disposition ? names.dispositionPath(row.disposition) : "") },
    { key: "note", title: t("contact.note"), width: 120, ellipsis: true, render: (_, row) => row.note },
    {
      key: "mos",
      title: <Tooltip title={t("quality.mos_hint")}>{t("quality.mos")}</Tooltip>,
      width: 54,
      align: "right",
      className: "num",
      render: (_, row) => (typeof row.mos === "number" ? <span style={row.mos < POOR_MOS ? { color: "var(--bad)" } : undefined}>{row.mos.toFixed(1)}</span> : ""),
    },
    { key: "recording", title: <span className="unseen">{t("recording.title")}</span>, width: 34, render: (_, row) => (row.recordings ? <SoundOutlined aria-label={t("recording.title")} /> : null) },
  ];
  return (
    <Table<ContactSummary>
      size="small"
      rowKey="contact_id"
      dataSource={[...props.rows]}
      columns={columns}
      loading={props.loading}
      scroll={{ x: 1218 }}
      pagination={{
        current: props.page,
        pageSize: props.pageSize,
        total: props.total,
        onChange: props.onPage,
        showSizeChanger: false,
        showTotal: (total) => t("common.total", { total }),
        style: { padding: "0 12px" },
      }}
      locale={{ emptyText: <Nothing title={t("history.empty")} hint={t("history.empty_hint")} /> }}
      onRow={(row) => openable(() => props.onOpen(row.contact_id), "history-row")}
    />
  );
}
