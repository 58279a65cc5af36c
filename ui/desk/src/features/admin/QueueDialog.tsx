/** Makes or changes a queue: names, times, recording. */
import type { Queue } from "@huying/api";
import { Form, Input, InputNumber, Switch } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { addQueue, changeQueue } from "@/server/setup";
import { namesOf, NameFields, type NameInputs } from "./NameFields";

export const TIMES = ["offer_seconds", "after_call_seconds", "service_level_seconds", "short_abandon_seconds", "announce_seconds"] as const;
const LIMITS = {
  offer_seconds: [5, 120],
  after_call_seconds: [0, 3600],
  service_level_seconds: [1, 3600],
  short_abandon_seconds: [0, 120],
  announce_seconds: [10, 3600],
} as const;

type Times = Record<(typeof TIMES)[number], number>;
type Fields = Times & NameInputs & { readonly code: string; readonly record: boolean };

const FIRST: Partial<Fields> = {
  offer_seconds: 20,
  after_call_seconds: 30,
  service_level_seconds: 20,
  short_abandon_seconds: 5,
  announce_seconds: 30,
  record: true,
};

function store(queue: Queue | null, fields: Fields): Promise<unknown> {
  const times = Object.fromEntries(TIMES.map((name) => [name, fields[name]])) as Times;
  const body = { ...times, name: namesOf(fields), record: fields.record };
  return queue ? changeQueue(queue.id, body) : addQueue({ ...body, code: fields.code });
}

export function QueueDialog(props: { readonly queue: Queue | null; readonly onClose: () => void; readonly onSaved: () => void }): ReactNode {
  const { t } = useTexts();
  const { queue } = props;
  const initial: Partial<Fields> = queue ? { ...queue, name_zh: queue.name["zh-CN"] ?? "", name_en: queue.name.en ?? "" } : FIRST;
  return (
    <FormDialog<Fields>
      title={queue ? t("queue.edit") : t("queue.new")}
      initial={initial}
      onSave={(fields) => store(queue, fields)}
      onSaved={props.onSaved}
      onClose={props.onClose}
      testId="queue"
    >
      <NameFields />
      <Form.Item name="code" label={t("queue.code")} extra={t("queue.code_hint")} rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9-]{0,39}$/, message: t("queue.code_hint") }]}>
        <Input disabled={queue !== null} data-testid="queue-code" />
      </Form.Item>
      <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 16 }}>
        {TIMES.map((name) => (
          <Form.Item key={name} name={name} label={t(`queue.${name}`)} rules={[{ required: true, message: t("common.missing") }]}>
            <InputNumber min={LIMITS[name][0]} max={LIMITS[name][1]} suffix={t("queue.unit")} style={{ width: "100%" }} />
          </Form.Item>
        ))}
        <Form.Item name="record" label={t("queue.record")} valuePropName="checked">
          <Switch />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
