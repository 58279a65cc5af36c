/** Making or changing a task: for oneself, for a colleague, or for a queue, whose agents are offered it like calls. */
import type { Task } from "@huying/api";
import { Form, Input, Select } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { MomentItem } from "@/parts/dates/MomentItem";
import { momentOf, wallTime } from "@/parts/dates/wall";
import { FormDialog } from "@/parts/FormDialog";
import { useAgents, useQueues } from "@/server/names";
import { useSession } from "@/server/session";
import { changeTask, createTask, tasksKey } from "@/server/work";
import "./texts";

interface Fields {
  readonly title: string;
  readonly text?: string;
  readonly whose: string;
  readonly priority: number;
  readonly due?: string | undefined;
  readonly remind?: string | undefined;
}

interface TaskDialogProps {
  /** Null for a new one. */
  readonly task: Task | null;
  readonly customerId?: string | null;
  readonly contactId?: string | null;
  readonly onClose: () => void;
}

export function TaskDialog(props: TaskDialogProps): ReactNode {
  const { t, local: name } = useTexts();
  const { person, business } = useSession();
  const zone = business.time_zone;
  const shown = (iso: string | null): string | undefined => (iso ? wallTime(Date.parse(iso), zone) : undefined);
  const iso = (wall: string | undefined): string | null => (wall ? momentOf(wall, zone) : null);
  const agents = useAgents();
  const queues = useQueues();
  const client = useQueryClient();
  const { task } = props;
  const whose = [
    { label: t("work.for_me"), options: [{ value: `person:${person.id}`, label: person.name }] },
    { label: t("work.for_queue"), options: (queues.data ?? []).map((it) => ({ value: `queue:${it.id}`, label: name(it.name) })) },
    { label: t("work.for_person"), options: (agents.data ?? []).filter((it) => it.id !== person.id).map((it) => ({ value: `person:${it.id}`, label: it.name })) },
  ];
  const initial: Partial<Fields> = task
    ? {
        title: task.title,
        text: task.text,
        whose: task.queue_id ? `queue:${task.queue_id}` : `person:${task.person_id}`,
        priority: task.priority,
        due: shown(task.due_at),
        remind: shown(task.remind_at),
      }
    : { whose: `person:${person.id}`, priority: 1 };
  const store = (fields: Fields): Promise<unknown> => {
    const [kind, id] = fields.whose.split(":");
    const body = {
      title: fields.title,
      text: fields.text ?? "",
      kind: "task" as const,
      priority: fields.priority,
      due_at: iso(fields.due),
      remind_at: iso(fields.remind),
      customer_id: task?.customer_id ?? props.customerId ?? null,
      contact_id: task?.contact_id ?? props.contactId ?? null,
      person_id: kind === "person" ? (id ?? null) : null,
      queue_id: kind === "queue" ? (id ?? null) : null,
    };
    return task ? changeTask(task.id, body) : createTask(body);
  };
  return (
    <FormDialog<Fields>
      title={task ? t("work.change_task") : t("work.new_task")}
      initial={initial}
      onSave={store}
      onSaved={() => void client.invalidateQueries({ queryKey: tasksKey })}
      onClose={props.onClose}
      testId="task"
    >
      <Form.Item name="title" label={t("work.title")} rules={[{ required: true, message: t("common.missing") }]}>
        <Input autoFocus maxLength={200} data-testid="task-title" />
      </Form.Item>
      <Form.Item name="text" label={t("work.text")}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
      </Form.Item>
      <Form.Item name="whose" label={t("work.whose")}>
        <Select options={whose} showSearch={{ optionFilterProp: "label" }} data-testid="task-whose" />
      </Form.Item>
      <div style={{ display: "grid", gridTemplateColumns: "minmax(0, 0.7fr) minmax(0, 1fr) minmax(0, 1fr)", columnGap: 12 }}>
        <Form.Item name="priority" label={t("work.priority.label")}>
          <Select options={[0, 1, 2, 3].map((value) => ({ value, label: t(`work.priority.${value}`) }))} />
        </Form.Item>
        <MomentItem name="due" label={t("work.due")} testId="task-due" />
        <MomentItem name="remind" label={t("work.remind")} testId="task-remind" />
      </div>
    </FormDialog>
  );
}
