/** The list of notices: what was told to one, and for leads who has read and confirmed it. */
import { PlusOutlined } from "@ant-design/icons";
import type { Notice } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm, Table, type TableColumnsType } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useColleagueRows, useRoomNames } from "@/parts/colleagues/useColleagueRows";
import { Failure, Nothing } from "@/parts/states";
import { useNow } from "@/parts/time";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { confirmNotice, noticesKey, useAudiences, useNotices, withdrawNotice } from "@/server/colleagues";
import { useMay, useSession } from "@/server/session";
import { NoticeDialog } from "./NoticeDialog";
import { NoticeReaders } from "./NoticeReaders";

export const isOver = (notice: Notice, nowMs: number): boolean => notice.withdrawn_at !== null || Date.parse(notice.ends_at) <= nowMs;

function useAudienceName(): (notice: Notice) => string {
  const { t, local } = useTexts();
  const lists = useAudiences();
  return (notice) => {
    if (notice.audience === "all") return t("colleagues.everybody");
    const among = notice.audience === "group" ? lists.data?.groups : lists.data?.queues;
    return local(among?.find((it) => it.id === notice.audience_id)?.name);
  };
}

function Deeds(props: { readonly notice: Notice; readonly onReaders: () => void; readonly onChanged: () => void }): ReactNode {
  const { t } = useTexts();
  const me = useSession().person.id;
  const may = useMay();
  const now = useNow();
  const { run, busy } = useCommand();
  const { notice } = props;
  const over = isOver(notice, now);
  const then = (work: () => Promise<unknown>) => (): void => void run(work).then((done) => done && props.onChanged());
  return (
    <>
      {!over && notice.importance === "confirm" && !notice.confirmed_at && (
        <Button size="small" type="primary" loading={busy} onClick={then(() => confirmNotice(notice.notice_id))}>
          {t("colleagues.confirm")}
        </Button>
      )}
      {may("notices.publish") && (
        <Button size="small" type="link" onClick={props.onReaders} data-testid="notice-readers">
          {t("colleagues.readers")}
        </Button>
      )}
      {!over && notice.made_by === me && may("notices.publish") && (
        <Popconfirm title={t("colleagues.withdraw_sure")} onConfirm={then(() => withdrawNotice(notice.notice_id))}>
          <Button size="small" type="link" danger>
            {t("colleagues.withdraw")}
          </Button>
        </Popconfirm>
      )}
    </>
  );
}

export function NoticesPanel(): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const now = useNow();
  const may = useMay();
  const names = useRoomNames();
  const audience = useAudienceName();
  const query = useNotices();
  const client = useQueryClient();
  const { notices } = useColleagueRows();
  const [making, setMaking] = useState(false);
  const [readers, setReaders] = useState<Notice | null>(null);
  const renew = (): void => void client.invalidateQueries({ queryKey: noticesKey });
  useEffect(() => void client.invalidateQueries({ queryKey: noticesKey }), [client, notices]);
  const state = (it: Notice): string =>
    it.withdrawn_at ? t("colleagues.withdrawn") : isOver(it, now) ? t("colleagues.over") : it.confirmed_at ? t("colleagues.confirmed") : it.importance === "confirm" ? t("colleagues.must_confirm") : it.read_at ? t("colleagues.read") : t("colleagues.new");
  const columns: TableColumnsType<Notice> = [
    { key: "at", title: t("colleagues.told_at"), width: 120, render: (_, it) => times.shortTime(it.made_at) },
    { key: "what", title: t("colleagues.notice"), render: (_, it) => <><b>{it.title}</b>{it.text && <div className="quiet" style={{ whiteSpace: "pre-wrap" }}>{it.text}</div>}</> },
    { key: "by", title: t("colleagues.told_by"), width: 120, ellipsis: true, render: (_, it) => names.person(it.made_by) },
    { key: "to", title: t("colleagues.told_to"), width: 140, ellipsis: true, render: (_, it) => audience(it) },
    { key: "until", title: t("colleagues.until"), width: 130, render: (_, it) => times.shortTime(it.ends_at) },
    { key: "state", title: t("colleagues.state"), width: 110, render: (_, it) => state(it) },
    { key: "do", title: "", width: 220, align: "right", render: (_, it) => <Deeds notice={it} onReaders={() => setReaders(it)} onChanged={renew} /> },
  ];
  return (
    <section className="panel" data-testid="notices">
      <header>
        <h2>{t("colleagues.notices")}</h2>
        <span className="grow" />
        {may("notices.publish") && (
          <Button type="primary" size="small" icon={<PlusOutlined />} onClick={() => setMaking(true)} data-testid="new-notice">
            {t("colleagues.new_notice")}
          </Button>
        )}
      </header>
      {query.error ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Table<Notice> size="small" rowKey="notice_id" dataSource={[...(query.data ?? [])]} columns={columns} loading={query.isPending} pagination={false} scroll={{ x: 1000 }} locale={{ emptyText: <Nothing title={t("colleagues.no_notices")} /> }} />
      )}
      {making && <NoticeDialog onClose={() => setMaking(false)} onSaved={renew} />}
      <NoticeReaders notice={readers} onClose={() => setReaders(null)} />
    </section>
  );
}
