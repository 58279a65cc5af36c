/** One rule of dialling: for whom, which numbers, and when. */
import type { DialRule, DialRuleInput } from "@huying/api";
import { Checkbox, Form, Input, Select, Switch } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { CLASSES, saveDialRule } from "@/server/dialling";
import { useSchedules } from "@/server/hours";
import { useAgents } from "@/server/names";
import { useDeskSettings } from "@/server/session";

const EMPTY: DialRuleInput = {
  name: "",
  position: 0,
  active: true,
  classes: ["internal", "local", "national", "mobile"],
  allowed: [],
  forbidden: [],
  roles: [],
  groups: [],
  agents: [],
  schedule_id: null,
  override_do_not_call: false,
};
const ROLES = ["agent", "reviewer", "knowledge_editor", "lead", "manager", "administrator"] as const;

function Many(props: { readonly name: keyof DialRuleInput; readonly label: string; readonly options: { value: string; label: string }[]; readonly none: string }): ReactNode {
  return (
    <Form.Item name={props.name} label={props.label}>
      <Select mode="multiple" placeholder={props.none} showSearch={{ optionFilterProp: "label" }} options={props.options} />
    </Form.Item>
  );
}

function Patterns(props: { readonly name: "allowed" | "forbidden" }): ReactNode {
  const { t } = useTexts();
  return (
    <Form.Item name={props.name} label={t(`dialling.${props.name}`)} extra={props.name === "forbidden" ? t("dialling.patterns_hint") : null}>
      <Select mode="tags" tokenSeparators={[",", " "]} open={false} suffix={null} />
    </Form.Item>
  );
}

function Fields(): ReactNode {
  const { t, local, code } = useTexts();
  const agents = useAgents().data ?? [];
  const groups = useDeskSettings().data?.groups ?? [];
  const schedules = useSchedules().data ?? [];
  const everybody = t("dialling.everybody");
  return (
    <>
      <Form.Item name="name" label={t("dialling.name")} rules={[{ required: true, whitespace: true, message: t("common.missing") }]}>
        <Input maxLength={100} autoFocus data-testid="dial-rule-name" />
      </Form.Item>
      <Form.Item name="classes" label={t("dialling.classes")}>
        <Checkbox.Group options={CLASSES.map((value) => ({ value, label: t(`dialling.class_${value}`) }))} />
      </Form.Item>
      <Patterns name="allowed" />
      <Patterns name="forbidden" />
      <Many name="roles" label={t("dialling.roles")} none={everybody} options={ROLES.map((value) => ({ value, label: code("role", value) }))} />
      <Many name="groups" label={t("dialling.groups")} none={everybody} options={groups.map((it) => ({ value: it.id, label: local(it.name) }))} />
      <Many name="agents" label={t("dialling.agents")} none={everybody} options={agents.map((it) => ({ value: it.id, label: `${it.extension} ${it.name}` }))} />
      <Form.Item name="schedule_id" label={t("dialling.schedule")}>
        <Select allowClear placeholder={t("dialling.always")} options={schedules.map((it) => ({ value: it.id, label: local(it.name) }))} />
      </Form.Item>
      <Form.Item name="override_do_not_call" label={t("dialling.override")} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="active" label={t("dialling.active")} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  );
}

export function RuleDialog(props: { readonly rule: DialRule | null; readonly onSaved: () => void; readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const { rule } = props;
  const initial: DialRuleInput = rule ? { ...EMPTY, ...rule } : EMPTY;
  const save = (fields: DialRuleInput): Promise<unknown> =>
    saveDialRule(rule?.id ?? null, { ...EMPTY, ...fields, position: initial.position, schedule_id: fields.schedule_id ?? null });
  return (
    <FormDialog<DialRuleInput> title={rule ? rule.name : t("dialling.new_rule")} initial={initial} onSave={save} onSaved={props.onSaved} onClose={props.onClose} testId="dial-rule">
      <Fields />
    </FormDialog>
  );
}
