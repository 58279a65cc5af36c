/** The customers who wait to be called back, in the order of their wait; a lead may strike one off. */
import type { Callback } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm, Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber, shortTime } from "@/parts/format";
import { ContactPill } from "@/parts/pills";
import { Failure, Nothing } from "@/parts/states";
import { Elapsed } from "@/parts/time";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { callbacksKey, cancelCallback, useCallbacks } from "@/server/later";
import { useNames } from "@/server/names";
import { useMay } from "@/server/session";

function Cancel(props: { readonly contactId: string }): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const { run, busy } = useCommand();
  const cancel = async (): Promise<void> => {
    await run(() => cancelCallback(props.contactId));
    await client.invalidateQueries({ queryKey: callbacksKey });
  };
  return (
    <Popconfirm title={t("later.cancel_sure")} okText={t("later.cancel")} cancelText={t("common.cancel")} onConfirm={cancel}>
      <Button size="small" danger disabled={busy} data-testid="cancel-callback">
        {t("later.cancel")}
      </Button>
    </Popconfirm>
  );
}

export function CallbacksTable(): ReactNode {
  const { t, code } = useTexts();
  const names = useNames();
  const may = useMay();
  const times = useTimes();
  const query = useCallbacks();
  const columns: TableColumnsType<Callback> = [
    { key: "who", title: t("later.customer"), width: 180, ellipsis: true, render: (_, row) => <span className="num">{[row.name, phoneNumber(row.number)].filter(Boolean).join(" ")}</span> },
    { key: "queue", title: t("later.queue"), width: 110, ellipsis: true, render: (_, row) => (row.queue_id ? names.queue(row.queue_id) : "–") },
    { key: "state", title: t("later.state"), width: 96, render: (_, row) => <ContactPill state={row.state} /> },
    { key: "place", title: t("later.place"), width: 56, align: "right", render: (_, row) => row.place ?? "" },
    { key: "waits", title: t("later.waiting"), width: 80, align: "right", render: (_, row) => (row.state === "scheduled" ? "" : <Elapsed since={row.waiting_since ?? row.asked_at} />) },
    { key: "tries", title: t("later.tries"), width: 60, align: "right", render: (_, row) => row.dials || "" },
    { key: "last", title: t("later.last"), width: 88, render: (_, row) => (row.last_result ? code("callback_result", row.last_result) : "") },
    { key: "next", title: t("later.next"), width: 88, render: (_, row) => row.next_at || row.due_at ? shortTime(row.next_at ?? row.due_at, times) : "" },
    { key: "expires", title: t("later.expires"), width: 84, render: (_, row) => shortTime(row.expires_at, times) },
    { key: "from", title: t("later.from"), width: 112, render: (_, row) => code("callback_by", row.by) },
    { key: "do", title: "", width: 108, align: "right", render: (_, row) => may("agents.steer") && <Cancel contactId={row.contact_id} /> },
  ];
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Table<Callback>
      size="small"
      rowKey="contact_id"
      dataSource={[...(query.data?.items ?? [])]}
      columns={columns}
      loading={query.isPending}
      pagination={false}
      scroll={{ x: 1040 }}
      locale={{ emptyText: <Nothing title={t("later.no_callbacks")} hint={t("later.no_callbacks_hint")} /> }}
    />
  );
}
