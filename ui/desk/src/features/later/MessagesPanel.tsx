/** The messages for one's queues: take one, hear it, finish it. */
import type { Message } from "@huying/api";
import { Segmented, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { clock, phoneNumber, shortTime } from "@/parts/format";
import { Failure, Nothing } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useMessages, type MessageState } from "@/server/later";
import { useNames } from "@/server/names";
import { useMay, useSession } from "@/server/session";
import { MessageButtons } from "./MessageButtons";
import { MessageSound } from "./MessageSound";

const LISTS: Readonly<Record<string, readonly MessageState[]>> = { open: ["new", "heard"], done: ["done"] };

function useColumns(): TableColumnsType<Message> {
  const { t, code } = useTexts();
  const names = useNames();
  const may = useMay();
  const times = useTimes();
  const me = useSession().person.id;
  const mayHear = (row: Message): boolean => row.person_id === me || row.taken_by === me || may("recordings.listen");
  return [
    { key: "state", title: t("later.state"), width: 80, render: (_, row) => code("message_state", row.state) },
    { key: "left", title: t("later.left"), width: 100, render: (_, row) => shortTime(row.left_at, times) },
    { key: "who", title: t("later.customer"), width: 190, ellipsis: true, render: (_, row) => <span className="num">{[row.name, phoneNumber(row.number)].filter(Boolean).join(" ") || t("later.anonymous")}</span> },
    { key: "queue", title: t("later.queue"), width: 110, ellipsis: true, render: (_, row) => (row.queue_id ? names.queue(row.queue_id) : "–") },
    { key: "length", title: t("later.length"), width: 72, align: "right", render: (_, row) => clock(row.seconds) },
    { key: "by", title: t("later.taken_by"), width: 90, ellipsis: true, render: (_, row) => (row.taken_by === me ? t("later.you") : row.taken_by ? names.agent(row.taken_by) : "") },
    { key: "note", title: t("later.note"), ellipsis: true, dataIndex: "note" },
    { key: "sound", title: "", width: 256, fixed: "right", render: (_, row) => mayHear(row) && <MessageSound id={row.id} /> },
    { key: "do", title: "", width: 150, fixed: "right", align: "right", render: (_, row) => <MessageButtons message={row} mine={row.taken_by === me} /> },
  ];
}

export function MessagesPanel(): ReactNode {
  const { t } = useTexts();
  const [list, setList] = useState("open");
  const query = useMessages(LISTS[list] ?? []);
  const columns = useColumns();
  return (
    <section className="panel" data-testid="messages">
      <header>
        <h2>{t("later.messages")}</h2>
        <span className="quiet num">{query.data?.total}</span>
        <span className="grow" />
        <Segmented
          size="small"
          value={list}
          onChange={setList}
          options={[
            { value: "open", label: t("later.open_ones") },
            { value: "done", label: t("later.done_ones") },
          ]}
        />
      </header>
      {query.error ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Table<Message>
          size="small"
          rowKey="id"
          dataSource={[...(query.data?.items ?? [])]}
          columns={columns}
          loading={query.isPending}
          pagination={false}
          scroll={{ x: 1090 }}
          locale={{ emptyText: <Nothing title={t("later.no_messages")} hint={t("later.no_messages_hint")} /> }}
        />
      )}
    </section>
  );
}
