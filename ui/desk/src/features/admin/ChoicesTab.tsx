/** What agents may choose: reasons for a break, and ways to close a contact. */
import { PlusOutlined } from "@ant-design/icons";
import type { DeskSettings } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Popconfirm, Select, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { Loaded, Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { useNames, useQueues } from "@/server/names";
import { useDeskSettings } from "@/server/session";
import { saveDisposition } from "@/server/setup";
import { BreakReasons } from "./BreakReasons";
import { NameFields, namesOf, type NameInputs } from "./NameFields";

type Choice = DeskSettings["dispositions"][number];
type Fields = NameInputs & { readonly code: string; readonly queue_id?: string | null };

interface ChoiceDialogProps {
  readonly choice: Choice | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

function ChoiceDialog(props: ChoiceDialogProps): ReactNode {
  const { t, local } = useTexts();
  const queues = useQueues();
  const { choice } = props;
  const initial: Partial<Fields> = choice
    ? { code: choice.code, name_zh: choice.name["zh-CN"] ?? "", name_en: choice.name.en ?? "", queue_id: choice.queue_ids[0] ?? null }
    : {};
  const store = async (fields: Fields): Promise<void> => {
    const places = choice?.queue_ids.length ? choice.queue_ids : [fields.queue_id ?? null];
    for (const queue_id of places) await saveDisposition(fields.code, { name: namesOf(fields), active: true, queue_id });
  };
  return (
    <FormDialog<Fields> title={t("choices.new_disposition")} initial={initial} onSave={store} onSaved={props.onSaved} onClose={props.onClose} testId="choice">
      <NameFields />
      <Form.Item name="code" label={t("queue.code")} extra={t("queue.code_hint")} rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9-]{0,39}$/, message: t("queue.code_hint") }]}>
        <Input disabled={choice !== null} data-testid="choice-code" />
      </Form.Item>
      <Form.Item name="queue_id" label={t("choices.queue")}>
        <Select allowClear disabled={choice !== null} placeholder={t("reports.all_queues")} options={(queues.data ?? []).map((it) => ({ value: it.id, label: local(it.name) }))} />
      </Form.Item>
    </FormDialog>
  );
}

function Dispositions(props: { readonly choices: readonly Choice[] }): ReactNode {
  const { t, local } = useTexts();
  const names = useNames();
  const client = useQueryClient();
  const { run } = useCommand();
  const [edited, setEdited] = useState<Choice | "new" | null>(null);
  const renew = (): void => void client.invalidateQueries({ queryKey: ["desk-settings"] });
  /** One choice may stand under several queues, each a row of its own. */
  const withdraw = async (it: Choice): Promise<void> => {
    const places = it.queue_ids.length ? it.queue_ids : [null];
    for (const queue_id of places) await saveDisposition(it.code, { name: it.name, active: false, queue_id });
  };
  const remove = (it: Choice): void => void run(() => withdraw(it)).then(renew);
  const columns: TableColumnsType<Choice> = [
    { key: "name", title: t("queue.name"), render: (_, row) => <b>{local(row.name)}</b> },
    { key: "code", title: t("queue.code"), dataIndex: "code" },
    { key: "queue", title: t("choices.queue"), render: (_, row) => row.queue_ids.map(names.queue).join(", ") || t("reports.all_queues") },
    {
      key: "edit",
      title: "",
      width: 140,
      render: (_, row) => (
        <span className="row">
          <Button size="small" type="link" onClick={() => setEdited(row)}>
            {t("common.edit")}
          </Button>
          <Popconfirm title={t("choices.remove", { name: local(row.name) })} onConfirm={() => remove(row)}>
            <Button size="small" type="link" danger>
              {t("common.remove")}
            </Button>
          </Popconfirm>
        </span>
      ),
    },
  ];
  return (
    <div>
      <div className="row" style={{ marginBottom: 8 }}>
        <h3 style={{ margin: 0, fontSize: 13 }}>{t("choices.disposition")}</h3>
        <span className="grow" />
        <Button size="small" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-disposition">
          {t("choices.new_disposition")}
        </Button>
      </div>
      <Table<Choice> size="small" rowKey="code" dataSource={[...props.choices]} columns={columns} pagination={false} locale={{ emptyText: <Nothing title={t("choices.none")} /> }} />
      {edited && <ChoiceDialog choice={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={renew} />}
    </div>
  );
}

export function ChoicesTab(): ReactNode {
  const query = useDeskSettings();
  return (
    <Loaded query={query}>
      {(settings) => (
        <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(420px, 1fr))", gap: 24 }}>
          <BreakReasons />
          <Dispositions choices={settings.dispositions} />
        </div>
      )}
    </Loaded>
  );
}
