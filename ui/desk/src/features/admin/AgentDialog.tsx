/** Makes a person an agent, or changes the extension and the groups. */
import type { AgentSummary, Person } from "@huying/api";
import { Form, Input, InputNumber, Select, Switch } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { useGroups, useRoutingSettings } from "@/server/routing";
import { removeAgent, saveAgent } from "@/server/setup";
import { CHANNELS, ownCapacity } from "./routing/joins";

interface Fields {
  readonly takes: boolean;
  readonly extension: string;
  readonly auto_answer: boolean;
  readonly groups: readonly string[];
  readonly capacity: Readonly<Record<string, number | null>>;
}

const USUAL_LEVEL = 5;

interface AgentDialogProps {
  readonly person: Person;
  readonly agent: AgentSummary | undefined;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** Groups keep the level they have; a new one begins with the usual. */
function levels(groups: readonly string[], were: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(groups.map((id) => [id, were[id] ?? USUAL_LEVEL]));
}

function store(personId: string, fields: Fields, was: AgentSummary | undefined, usual: Readonly<Record<string, number>> | undefined): Promise<unknown> {
  const { takes, extension, groups, auto_answer } = fields;
  const capacity = usual ? { capacity: ownCapacity(fields.capacity, usual) } : {};
  if (takes) return saveAgent(personId, { extension, auto_answer, groups: levels(groups, was?.groups ?? {}), ...capacity });
  return was ? removeAgent(personId) : Promise.resolve();
}

export function AgentDialog(props: AgentDialogProps): ReactNode {
  const { t, local, code } = useTexts();
  const groups = useGroups();
  const usual = useRoutingSettings().data?.capacity;
  const { person, agent } = props;
  const initial: Partial<Fields> = agent
    ? { takes: true, extension: agent.extension, groups: Object.keys(agent.groups), auto_answer: agent.auto_answer, capacity: agent.capacity }
    : { takes: true, groups: [], auto_answer: false, capacity: {} };
  return (
    <FormDialog<Fields>
      title={t("agent.title", { name: person.name })}
      initial={initial}
      onSave={(fields) => store(person.id, fields, agent, usual)}
      onSaved={props.onSaved}
      onClose={props.onClose}
      testId="agent-setup"
    >
      <Form.Item name="takes" label={t("agent.takes")} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="extension" label={t("agent.extension")} rules={[{ required: true, pattern: /^\d{2,8}$/, message: t("agent.extension_hint") }]}>
        <Input inputMode="numeric" data-testid="agent-extension" />
      </Form.Item>
      <Form.Item name="groups" label={t("agent.groups")} extra={t("agent.groups_hint")}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: "label" }}
          options={(groups.data ?? []).filter((it) => it.active).map((it) => ({ value: it.id, label: local(it.name) }))}
          data-testid="agent-groups"
        />
      </Form.Item>
      <div>{t("agent_capacity.title")}</div>
      <div className="quiet" style={{ fontSize: 12, marginBottom: 6 }}>
        {t("agent_capacity.hint")}
      </div>
      <div style={{ display: "grid", gridTemplateColumns: "repeat(4, 1fr)", columnGap: 12 }}>
        {CHANNELS.map((it) => (
          <Form.Item key={it} name={["capacity", it]} label={code("channel_word", it)}>
            <InputNumber min={0} max={100} precision={0} placeholder={String(usual?.[it] ?? 1)} style={{ width: "100%" }} />
          </Form.Item>
        ))}
      </div>
      <Form.Item name="auto_answer" label={t("agent.auto_answer")} valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDialog>
  );
}
