/** Moves agents between groups: who, out of which, into which. In force at once. */
import type { AgentRow } from "@huying/api";
import { App, Form, Select } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { useDeskSettings } from "@/server/session";
import { moveAgents } from "@/server/supervision";

interface Fields {
  readonly agents: string[];
  readonly leaves?: string;
  readonly joins?: string;
}

interface MoveDialogProps {
  readonly rows: readonly AgentRow[];
  /** Chosen at first. */
  readonly agent: AgentRow | null;
  readonly onClose: () => void;
}

export function MoveDialog(props: MoveDialogProps): ReactNode {
  const { t, local } = useTexts();
  const { message } = App.useApp();
  const settings = useDeskSettings();
  const groups = (settings.data?.groups ?? []).map((it) => ({ value: it.id, label: local(it.name), code: it.code }));
  const agents = props.rows.map((it) => ({ value: it.agent_id, label: `${it.name} ${it.extension}` }));
  const save = async ({ agents: chosen, leaves = "", joins = "" }: Fields): Promise<void> => {
    const moved = await moveAgents(chosen, leaves, joins);
    void (moved.length > 0 ? message.success(t("lead.moved", { count: moved.length })) : message.info(t("lead.moved_none")));
  };
  return (
    <FormDialog<Fields> title={t("lead.move_title")} initial={{ agents: props.agent ? [props.agent.agent_id] : [] }} onSave={save} onClose={props.onClose} testId="move">
      <p className="quiet">{t("lead.move_hint")}</p>
      <Form.Item name="agents" label={t("lead.agents")} rules={[{ required: true, message: t("common.missing") }]}>
        <Select mode="multiple" options={agents} showSearch={{ optionFilterProp: "label" }} data-testid="move-agents" />
      </Form.Item>
      <Form.Item name="leaves" label={t("lead.leaves")}>
        <Select allowClear options={groups} placeholder={t("lead.nobody_group")} showSearch={{ optionFilterProp: "label" }} optionRender={(it) => <span data-testid={`leaves-${it.data.code}`}>{it.label}</span>} data-testid="move-leaves" />
      </Form.Item>
      <Form.Item name="joins" label={t("lead.joins")}>
        <Select allowClear options={groups} placeholder={t("lead.nobody_group")} showSearch={{ optionFilterProp: "label" }} optionRender={(it) => <span data-testid={`joins-${it.data.code}`}>{it.label}</span>} data-testid="move-joins" />
      </Form.Item>
    </FormDialog>
  );
}
