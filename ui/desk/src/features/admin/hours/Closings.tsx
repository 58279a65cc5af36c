/** What is closed or opened over the hours: now and ahead as banners, with all that was before as a table. */
import type { Closing, Schedule } from "@huying/api";
import { Alert, Button, Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Nothing } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { endClosing, useClosings, useRenewHours } from "@/server/hours";
import { useMay } from "@/server/session";

interface Props {
  readonly schedules: readonly Schedule[];
}

function useWords(schedules: readonly Schedule[]): (it: Closing) => string {
  const { t, local } = useTexts();
  return (it) => (it.schedule_id ? local(schedules.find((schedule) => schedule.id === it.schedule_id)?.name) : t("hours.everything"));
}

export function ClosingBanners(props: Props): ReactNode {
  const { t } = useTexts();
  const { shortTime } = useTimes();
  const may = useMay();
  const { run, busy } = useCommand();
  const renew = useRenewHours();
  const what = useWords(props.schedules);
  const present = (useClosings().data ?? []).filter((it) => it.in_force || it.ahead);
  const end = (it: Closing): void => void run(() => endClosing(it.id)).then((done) => done && renew());
  return (
    <>
      {present.map((it) => (
        <Alert
          key={it.id}
          type={it.opens ? "info" : it.ahead ? "warning" : "error"}
          showIcon
          data-testid="closing-banner"
          title={[t(it.opens ? "hours.opened_what" : "hours.closed_what", { what: what(it) }), it.reason].filter(Boolean).join(" · ")}
          description={[
            t("hours.from_to", { from: shortTime(it.begins_at), to: it.ends_at ? shortTime(it.ends_at) : t("hours.length_ended") }),
            t("hours.set_by", { name: it.set_by.name || "–", time: shortTime(it.set_at) }),
          ].join(" · ")}
          action={
            may("hours.close") && (
              <Button size="small" loading={busy} onClick={() => end(it)} data-testid="end-closing">
                {t("hours.end_now")}
              </Button>
            )
          }
        />
      ))}
    </>
  );
}

export function ClosingsTable(props: Props): ReactNode {
  const { t } = useTexts();
  const { shortTime } = useTimes();
  const what = useWords(props.schedules);
  const query = useClosings();
  const columns: TableColumnsType<Closing> = [
    { key: "what", title: t("hours.what"), render: (_, row) => t(row.opens ? "hours.opened_what" : "hours.closed_what", { what: what(row) }) },
    { key: "reason", title: t("hours.reason"), dataIndex: "reason", ellipsis: true },
    { key: "from", title: t("hours.from"), className: "num", width: 130, render: (_, row) => shortTime(row.begins_at) },
    { key: "to", title: t("hours.to"), className: "num", width: 130, render: (_, row) => shortTime(row.lifted_at ?? row.ends_at) },
    { key: "by", title: t("hours.by"), width: 150, render: (_, row) => row.set_by.name },
    { key: "ended", title: t("hours.ended_by"), width: 150, render: (_, row) => row.lifted_by?.name ?? (row.in_force ? <span className="pill bad">{t("hours.in_force")}</span> : "") },
  ];
  return (
    <section className="panel">
      <Table<Closing> size="small" rowKey="id" loading={query.isPending} columns={columns} dataSource={query.data ?? []} pagination={false} locale={{ emptyText: <Nothing title={t("hours.no_closings")} /> }} />
    </section>
  );
}
