/** Every queue with who waits, who serves, and today's figures. */
import type { QueueRow } from "@huying/api";
import { Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { percent, seconds } from "@/parts/format";
import { Nothing } from "@/parts/states";
import { secondsSince } from "@/parts/format";
import { Elapsed, useNow } from "@/parts/time";
import css from "./LivePage.module.css";

function Longest(props: { readonly row: QueueRow }): ReactNode {
  const now = useNow();
  const { longest_waiting_since: since, service_level_seconds: limit } = props.row;
  const late = since !== null && limit !== null && limit !== undefined && secondsSince(since, now) > limit;
  return (
    <span className={late ? css.late : undefined}>
      <Elapsed since={since} />
    </span>
  );
}

/** Today's service level beside what is promised; red where that is missed. */
function Level(props: { readonly row: QueueRow }): ReactNode {
  const { t } = useTexts();
  const { today, target_percent: target, target_missed: missed, service_level_seconds: within } = props.row;
  const known = target !== null && target !== undefined;
  return (
    <span className={missed ? css.missed : undefined} title={known ? t("live.target", { percent: target, seconds: within ?? 0 }) : undefined} data-testid="target" data-missed={missed ?? false}>
      {percent(today.service_level)}
      {known && <span className="quiet"> / {target}</span>}
    </span>
  );
}

export function QueuesTable(props: { readonly rows: readonly QueueRow[]; readonly loaded: boolean }): ReactNode {
  const { t, local } = useTexts();
  const number = (key: string, title: string, value: (row: QueueRow) => ReactNode) => ({ key, title, align: "right" as const, className: "num", render: (_: unknown, row: QueueRow) => value(row) });
  const columns: TableColumnsType<QueueRow> = [
    { key: "name", title: t("live.queue"), width: 170, ellipsis: true, render: (_, row) => <b title={local(row.name)} className={row.target_missed ? css.missed : undefined}>{local(row.name) || row.code}</b> },
    number("waiting", t("live.waiting"), (row) => <span className={row.waiting > 0 ? css.late : undefined}>{row.waiting}</span>),
    number("longest", t("live.longest"), (row) => <Longest row={row} />),
    number("signed_in", t("live.signed_in"), (row) => row.signed_in),
    number("ready", t("live.ready"), (row) => row.ready),
    number("talking", t("live.talking"), (row) => row.talking),
    number("after_call", t("live.after_call"), (row) => row.after_call),
    number("on_break", t("live.on_break"), (row) => row.on_break),
    number("offered", t("live.offered_today"), (row) => row.today.offered ?? 0),
    number("answered", t("live.answered_today"), (row) => row.today.answered ?? 0),
    number("abandoned", t("live.abandoned_today"), (row) => row.today.abandoned ?? 0),
    number("level", t("live.service_level"), (row) => <Level row={row} />),
    number("asa", t("live.asa"), (row) => seconds(row.today.asa_seconds)),
  ];
  return (
    <Table<QueueRow>
      size="small"
      rowKey="queue_id"
      dataSource={[...props.rows]}
      columns={columns}
      loading={!props.loaded}
      pagination={false}
      scroll={{ x: 1000 }}
      locale={{ emptyText: <Nothing title={t("live.no_queues")} hint={t("live.no_queues_hint")} /> }}
      onRow={(row) => ({ "data-testid": `queue-${row.code}` }) as React.HTMLAttributes<HTMLElement>}
    />
  );
}
