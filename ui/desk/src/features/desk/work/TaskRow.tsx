/** One of my tasks or reminders, and what one does with it. */
import type { Task } from "@huying/api";
import { CheckOutlined, EditOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useNow } from "@/parts/time";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { finishTask, snoozeTask } from "@/server/work";
import { LaterMenu } from "./LaterMenu";
import css from "./Work.module.css";

export function TaskRow(props: { readonly task: Task; readonly reminding?: boolean; readonly onEdit: (task: Task) => void }): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const now = useNow();
  const { run, busy } = useCommand();
  const { task } = props;
  const late = task.due_at !== null && Date.parse(task.due_at) < now;
  return (
    <li data-testid={props.reminding ? "reminder" : "my-task"}>
      <div>
        <div className={css.title}>
          {task.priority > 1 && <Tag color={task.priority > 2 ? "red" : "orange"}>{t(`work.priority.${task.priority}`)}</Tag>}
          {task.title}
        </div>
        <div className={css.small}>
          {task.due_at && <span className={late ? css.late : undefined}>{times.shortTime(task.due_at)}</span>}
          {task.customer_name && <span>{task.customer_name}</span>}
        </div>
      </div>
      {props.reminding && <LaterMenu label={t("work.snooze")} onChoose={(until) => void run(() => snoozeTask(task.id, until))} testId="snooze" loading={busy} />}
      <Button size="small" type="text" icon={<EditOutlined />} aria-label={`${t("common.edit")}: ${task.title}`} onClick={() => props.onEdit(task)} />
      <Button size="small" icon={<CheckOutlined />} aria-label={`${t("work.done")}: ${task.title}`} onClick={() => void run(() => finishTask(task.id))} disabled={busy} data-testid="task-done" />
    </li>
  );
}
