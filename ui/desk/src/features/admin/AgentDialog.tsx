/** Makes a person an agent, or changes the extension, languages and queues. */
import type { AgentInput, AgentSummary, Person } from "@huying/api";
import { Form, Input, Select, Switch } from "antd";
import type { ReactNode } from "react";
import { LANGUAGES, useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { useQueues } from "@/server/names";
import { removeAgent, saveAgent } from "@/server/setup";

type Fields = AgentInput & { readonly takes: boolean };

interface AgentDialogProps {
  readonly person: Person;
  readonly agent: AgentSummary | undefined;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

function store(personId: string, fields: Fields, was: boolean): Promise<unknown> {
  const { takes, extension, languages, queues } = fields;
  if (takes) return saveAgent(personId, { extension, languages, queues, auto_answer: fields.auto_answer });
  return was ? removeAgent(personId) : Promise.resolve();
}

export function AgentDialog(props: AgentDialogProps): ReactNode {
  const { t, local } = useTexts();
  const queues = useQueues();
  const { person, agent } = props;
  const initial: Partial<Fields> = agent
    ? { takes: true, extension: agent.extension, languages: agent.languages as AgentInput["languages"], queues: agent.queues, auto_answer: agent.auto_answer }
    : { takes: true, languages: ["zh-CN"], queues: [], auto_answer: false };
  return (
    <FormDialog<Fields>
      title={t("agent.title", { name: person.name })}
      initial={initial}
      onSave={(fields) => store(person.id, fields, agent !== undefined)}
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
      <Form.Item name="queues" label={t("agent.queues")}>
        <Select mode="multiple" options={(queues.data ?? []).map((it) => ({ value: it.id, label: local(it.name) }))} data-testid="agent-queues" />
      </Form.Item>
      <Form.Item name="languages" label={t("agent.languages")} rules={[{ required: true, message: t("common.missing") }]}>
        <Select mode="multiple" options={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name="auto_answer" label={t("agent.auto_answer")} valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDialog>
  );
}
