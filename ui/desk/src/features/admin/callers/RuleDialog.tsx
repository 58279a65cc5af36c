/** One rule for callers: for whom it holds, and what follows. */
import type { CallerRule, CallerRuleInput, CustomerClass } from "@huying/api";
import { Form, Input, InputNumber, Segmented, Select } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { MomentItem } from "@/parts/dates/MomentItem";
import { momentOf, wallTime } from "@/parts/dates/wall";
import { FormDialog } from "@/parts/FormDialog";
import { addRule, saveRule, type Effect } from "@/server/callers";
import { useAgents } from "@/server/names";
import { useSession } from "@/server/session";

/** Fields that are not shown for an effect are not there when it is sent. */
type Fields = Pick<CallerRuleInput, "matches" | "effect"> & { readonly [Name in Exclude<keyof CallerRuleInput, "matches" | "effect" | "until">]?: CallerRuleInput[Name] | undefined } & {
  readonly until?: string | undefined;
};
const MATCHES = ["number", "prefix", "class", "hidden"] as const;
const EFFECTS: readonly Effect[] = ["vip", "blocked", "green"];

function Who(props: { readonly classes: readonly CustomerClass[] }): ReactNode {
  const { t, local } = useTexts();
  const matches = Form.useWatch<string | undefined>("matches");
  const missing = [{ required: true, whitespace: true, message: t("common.missing") }];
  return (
    <>
      <Form.Item name="matches" label={t("callers.matches")}>
        <Segmented block options={MATCHES.map((value) => ({ value, label: t(`callers.by_${value}`) }))} />
      </Form.Item>
      {(matches === "number" || matches === "prefix") && (
        <Form.Item name="value" label={t(`callers.by_${matches}`)} extra={t(`callers.hint_${matches}`)} rules={missing}>
          <Input maxLength={40} autoFocus data-testid="rule-value" />
        </Form.Item>
      )}
      {matches === "class" && (
        <Form.Item name="value" label={t("callers.by_class")} rules={missing}>
          <Select options={props.classes.map((it) => ({ value: it.code, label: local(it.name) }))} data-testid="rule-class" />
        </Form.Item>
      )}
    </>
  );
}

function What(): ReactNode {
  const { t } = useTexts();
  const agents = useAgents().data ?? [];
  const effect = Form.useWatch<string | undefined>("effect");
  const missing = [{ required: true, message: t("common.missing") }];
  const two = { display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 16 };
  return (
    <>
      <Form.Item name="effect" label={t("callers.effect")} extra={effect && t(`callers.hint_${effect}`)}>
        <Segmented block options={EFFECTS.map((value) => ({ value, label: t(`callers.effect_${value}`) }))} />
      </Form.Item>
      {effect === "vip" && (
        <div style={two}>
          <Form.Item name="rank" label={t("callers.rank")} tooltip={t("callers.rank_hint")}>
            <InputNumber min={0} max={1000} precision={0} style={{ width: "100%" }} />
          </Form.Item>
          <Form.Item name="head_start_seconds" label={t("callers.head_start")} tooltip={t("callers.head_start_hint")}>
            <InputNumber min={0} max={86_400} precision={0} style={{ width: "100%" }} data-testid="rule-head-start" />
          </Form.Item>
        </div>
      )}
      {effect === "green" && (
        <div style={two}>
          <Form.Item name="agent_id" label={t("callers.agent")} rules={missing}>
            <Select showSearch={{ optionFilterProp: "label" }} options={agents.map((it) => ({ value: it.id, label: `${it.name} ${it.extension}` }))} data-testid="rule-agent" />
          </Form.Item>
          <Form.Item name="seconds" label={t("callers.seconds")} tooltip={t("callers.seconds_hint")} rules={missing}>
            <InputNumber min={1} max={600} precision={0} style={{ width: "100%" }} />
          </Form.Item>
        </div>
      )}
    </>
  );
}

export function RuleDialog(props: { readonly rule: CallerRule | null; readonly classes: readonly CustomerClass[]; readonly onClose: () => void; readonly onSaved: () => void }): ReactNode {
  const { t } = useTexts();
  const zone = useSession().business.time_zone;
  const { rule } = props;
  const initial: Partial<Fields> = rule
    ? { ...(rule as CallerRuleInput), seconds: rule.seconds || 30, until: rule.until ? wallTime(Date.parse(rule.until), zone) : undefined }
    : { matches: "number", effect: "vip", rank: 0, head_start_seconds: 300, seconds: 30, reason: "" };
  const store = ({ until, ...fields }: Fields): Promise<unknown> => {
    const body: CallerRuleInput = {
      matches: fields.matches,
      value: fields.value ?? "",
      effect: fields.effect,
      rank: fields.rank ?? 0,
      head_start_seconds: fields.head_start_seconds ?? 0,
      agent_id: fields.agent_id ?? null,
      seconds: fields.seconds ?? 0,
      reason: fields.reason ?? "",
      until: until ? momentOf(until, zone) : null,
    };
    return rule ? saveRule(rule.id, body) : addRule(body);
  };
  return (
    <FormDialog<Fields> title={rule ? t("callers.edit") : t("callers.new")} initial={initial} onSave={store} onSaved={props.onSaved} onClose={props.onClose} testId="rule">
      <Who classes={props.classes} />
      <What />
      <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 16 }}>
        <MomentItem name="until" label={t("callers.until")} extra={t("callers.until_hint")} placeholder={t("callers.always")} testId="rule-until" />
        <Form.Item name="reason" label={t("callers.reason")}>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={500} data-testid="rule-reason" />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
