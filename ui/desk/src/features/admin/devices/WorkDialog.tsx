/** What goes on by itself, for everybody, one group or one agent. */
import type { WorkSetting, WorkValues } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Form, InputNumber, Select } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { saveWorkSetting, workSettingsKey } from "@/server/devices";
import { useAgents } from "@/server/names";
import { useGroups } from "@/server/routing";

const AMOUNTS = [
  ["answer_seconds", "answer", -1, 3600],
  ["after_call_seconds", "after_call", -1, 3600],
  ["accept_seconds", "accept", -1, 3600],
  ["dial_seconds", "dial", -1, 3600],
  ["most_talk_seconds", "most_talk", 0, 86400],
  ["warn_seconds", "warn", 0, 600],
] as const;

interface Fields extends WorkValues {
  readonly whom?: string;
}

function Whom(): ReactNode {
  const { t, local } = useTexts();
  const agents = useAgents();
  const groups = useGroups();
  const options = [
    { label: t("admin_devices.group"), options: (groups.data ?? []).map((it) => ({ value: `group:${it.id}`, label: local(it.name) })) },
    { label: t("admin_devices.agent"), options: (agents.data ?? []).map((it) => ({ value: `agent:${it.id}`, label: it.name })) },
  ];
  return (
    <Form.Item name="whom" label={t("admin_devices.whom")} rules={[{ required: true }]}>
      <Select showSearch={{ optionFilterProp: "label" }} options={options} data-testid="work-whom" />
    </Form.Item>
  );
}

export function WorkDialog(props: { readonly row: WorkSetting; readonly title: string; readonly isNew: boolean; readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const { row, isNew } = props;
  const save = ({ whom, ...values }: Fields): Promise<unknown> => {
    const [kind, id] = (whom ?? "").split(":");
    const chosen = isNew ? { agent_id: kind === "agent" ? (id ?? null) : null, group_id: kind === "group" ? (id ?? null) : null } : row;
    return saveWorkSetting(chosen, values);
  };
  const saved = (): void => {
    void client.invalidateQueries({ queryKey: workSettingsKey });
    void client.invalidateQueries({ queryKey: ["changes"] });
  };
  const initial = isNew ? {} : Object.fromEntries(AMOUNTS.map(([name]) => [name, row[name] ?? null]));
  return (
    <FormDialog<Fields> title={props.title} initial={initial} onSave={save} onSaved={saved} onClose={props.onClose} testId="work-setting">
      {isNew && <Whom />}
      <p className="quiet">{t("admin_devices.value_hint")}</p>
      <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(200px, 1fr))", columnGap: 16 }}>
        {AMOUNTS.map(([name, label, min, max]) => (
          <Form.Item key={name} name={name} label={t(`admin_devices.${label}`)}>
            <InputNumber<number> min={min} max={max} precision={0} style={{ width: 140 }} data-testid={`work-${name}`} />
          </Form.Item>
        ))}
      </div>
    </FormDialog>
  );
}
