/** Tasks: mine, of my queues, given by me, or everybody's; make one, change one, take it back. */
import type { Task } from "@huying/api";
import { PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Segmented, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Failure, Nothing } from "@/parts/states";
import { TaskDialog } from "@/parts/tasks/TaskDialog";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { useNames } from "@/server/names";
import { useMay } from "@/server/session";
import { cancelTask, tasksKey, useTasks, type TaskScope } from "@/server/work";

function useColumns(onEdit: (task: Task) => void): TableColumnsType<Task> {
  const { t } = useTexts();
  const names = useNames();
  const times = useTimes();
  const client = useQueryClient();
  const { run, busy } = useCommand();
  const cancel = (it: Task): void => void run(() => cancelTask(it.id)).then(() => client.invalidateQueries({ queryKey: tasksKey }));
  const state = (it: Task): string => {
    if (!it.queue_id) return "";
    return it.work?.holder_id ? t("work.holder", { name: names.agent(it.work.holder_id) }) : t("work.waits");
  };
  return [
    { key: "title", title: t("work.title"), width: 260, render: (_, row) => <b>{row.title}</b> },
    { key: "whose", title: t("work.person"), ellipsis: true, render: (_, row) => (row.queue_id ? names.queue(row.queue_id) : row.person_name) },
    { key: "priority", title: t("work.priority.label"), width: 72, render: (_, row) => t(`work.priority.${row.priority}`) },
    { key: "due", title: t("work.due"), width: 100, render: (_, row) => times.shortTime(row.due_at) },
    { key: "customer", title: t("work.customer"), ellipsis: true, dataIndex: "customer_name" },
    { key: "by", title: t("work.given_by"), ellipsis: true, dataIndex: "created_by_name" },
    { key: "state", title: t("work.state"), ellipsis: true, render: (_, row) => state(row) },
    {
      key: "do",
      title: "",
      width: 190,
      align: "right",
      render: (_, row) => (
        <span className="row">
          <Button size="small" onClick={() => onEdit(row)}>
            {t("common.edit")}
          </Button>
          <Button size="small" danger disabled={busy} onClick={() => cancel(row)} data-testid="task-cancel">
            {t("work.cancel")}
          </Button>
        </span>
      ),
    },
  ];
}

export function TasksPanel(): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const [scope, setScope] = useState<TaskScope>(may("contacts.view") ? "all" : "mine");
  const [edited, setEdited] = useState<Task | "new" | null>(null);
  const query = useTasks(scope, "");
  const columns = useColumns(setEdited);
  const scopes: readonly { readonly value: TaskScope; readonly label: string }[] = [
    { value: "mine", label: t("work.my_tasks") },
    { value: "queues", label: t("work.queue_tasks") },
    { value: "given", label: t("work.given_tasks") },
    ...(may("contacts.view") ? [{ value: "all" as const, label: t("work.everybody") }] : []),
  ];
  return (
    <section className="panel" data-testid="tasks">
      <header>
        <h2>{t("work.all_tasks")}</h2>
        <span className="quiet num">{query.data?.total}</span>
        <span className="grow" />
        <Segmented<TaskScope> size="small" value={scope} onChange={setScope} options={[...scopes]} aria-label={t("work.all_tasks")} />
        <Button size="small" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="give-task">
          {t("work.new_task")}
        </Button>
      </header>
      {query.error ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Table<Task>
          size="small"
          rowKey="id"
          dataSource={[...(query.data?.items ?? [])]}
          columns={columns}
          loading={query.isPending}
          pagination={false}
          scroll={{ x: 1000 }}
          locale={{ emptyText: <Nothing title={t("work.no_tasks")} hint={t("work.no_tasks_hint")} /> }}
        />
      )}
      {edited && <TaskDialog task={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </section>
  );
}
