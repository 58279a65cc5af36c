/** The queues: who serves them and how, what they are to reach, and who waits now. */
import { PlusOutlined } from "@ant-design/icons";
import type { Queue, QueueRow } from "@huying/api";
import { Button, Switch, Table, Tooltip, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { Link, Route, Routes, useNavigate } from "react-router";
import { useTexts } from "@/i18n";
import { openable } from "@/parts/openable";
import { useQueueRows } from "@/live/LiveProvider";
import { Pill } from "@/parts/pills";
import { SearchBox } from "@/parts/SearchBox";
import { Failure, Nothing } from "@/parts/states";
import { useAllQueues, useGroups } from "@/server/routing";
import { useMay } from "@/server/session";
import { QueueEditor } from "./QueueEditor";
import { OpenPill } from "./ScheduleField";

function Waiting(props: { readonly rows: readonly QueueRow[]; readonly queueId: string }): ReactNode {
  const row = props.rows.find((it) => it.queue_id === props.queueId);
  if (!row) return "–";
  return <b style={{ color: row.waiting > 0 ? "var(--warn)" : "var(--quiet)" }}>{row.waiting}</b>;
}

function useColumns(live: readonly QueueRow[] | null): TableColumnsType<Queue> {
  const { t, local, code } = useTexts();
  const groups = useGroups().data;
  const groupNames = (ids: readonly string[]): string => ids.map((id) => local(groups?.find((it) => it.id === id)?.name) || id.slice(0, 8)).join(", ");
  return [
    {
      key: "name",
      title: t("queue.name"),
      render: (_, row) => (
        <span className="row">
          <Link to={row.id} data-testid={`queue-open-${row.code}`} style={{ fontWeight: 600 }}>
            {local(row.name)}
          </Link>
          {!row.active && <Pill tone="idle">{t("queues.inactive")}</Pill>}
          {row.problems.length > 0 && (
            <Tooltip title={row.problems.map((it) => it.message).join("\n")}>
              <span>
                <Pill tone="bad">{t("queues.problem")}</Pill>
              </span>
            </Tooltip>
          )}
        </span>
      ),
    },
    { key: "strategy", title: t("field.strategy"), width: 140, render: (_, row) => code("value_strategy", row.strategy) },
    { key: "groups", title: t("field.groups"), render: (_, row) => (row.groups.length > 0 ? groupNames(row.groups) : <span className="quiet">–</span>) },
    { key: "rules", title: t("queues.rules_count"), width: 90, align: "right", className: "num", render: (_, row) => row.requirements.split(/[;；\n]/).filter((it) => it.trim()).length || "–" },
    { key: "target", title: t("queues.tab_targets"), width: 130, className: "num", render: (_, row) => t("queues.target_short", { percent: row.target_percent, seconds: row.service_level_seconds }) },
    { key: "open", title: t("queues.open"), width: 100, render: (_, row) => <OpenPill scheduleId={row.schedule_id} /> },
    ...(live ? [{ key: "waiting", title: t("live.waiting"), width: 80, align: "right" as const, className: "num", render: (_: unknown, row: Queue) => <Waiting rows={live} queueId={row.id} /> }] : []),
  ];
}

function List(props: { readonly live: readonly QueueRow[] | null }): ReactNode {
  const { t, local } = useTexts();
  const mayManage = useMay()("queues.manage");
  const navigate = useNavigate();
  const query = useAllQueues();
  const [search, setSearch] = useState("");
  const [hidden, setHidden] = useState(false);
  const columns = useColumns(props.live);
  const word = search.trim().toLowerCase();
  const all = query.data ?? [];
  const rows = all.filter((it) => (hidden || it.active) && `${local(it.name)} ${it.code}`.toLowerCase().includes(word));
  return (
    <div className="page" data-testid="queues-page">
      <div className="page-head">
        <h1>{t("admin.queues")}</h1>
        <SearchBox value={search} onChange={setSearch} placeholder={t("queues.search")} width={200} />
        <span className="grow" />
        {all.some((it) => !it.active) && (
          <label className="row">
            <Switch size="small" checked={hidden} onChange={setHidden} />
            {t("queues.show_inactive")}
          </label>
        )}
        {mayManage && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate("new")} data-testid="new-queue">
            {t("queue.new")}
          </Button>
        )}
      </div>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      <section className="panel">
        <Table<Queue>
          size="small"
          rowKey="id"
          dataSource={rows}
          columns={columns}
          loading={query.isPending}
          pagination={{ pageSize: 50, hideOnSinglePage: true }}
          locale={{ emptyText: <Nothing title={word ? t("queues.none_found") : t("live.no_queues")} hint={word ? "" : t("live.no_queues_hint")} /> }}
          onRow={(row) => openable(() => void navigate(row.id), `queue-row-${row.code}`)}
        />
      </section>
    </div>
  );
}

function LiveList(): ReactNode {
  return <List live={useQueueRows().rows} />;
}

export default function QueuesPage(): ReactNode {
  const live = useMay()("live.view");
  return (
    <Routes>
      <Route index element={live ? <LiveList /> : <List live={null} />} />
      <Route path=":id" element={<QueueEditor />} />
    </Routes>
  );
}
