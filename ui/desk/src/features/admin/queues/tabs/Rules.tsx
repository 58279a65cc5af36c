/** Who may take the queue's contacts and how that relaxes while they wait: written, checked, and tried on who is there now. */
import { Button, Input } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Failure } from "@/parts/states";
import { ChoiceField, Field } from "../fields";
import css from "../Queues.module.css";
import { RuleText } from "../rules/RuleText";
import { Steps } from "../rules/Steps";
import { useRuleAnswers } from "../rules/useRules";
import type { TabProps } from "./tab";

type Attributes = Readonly<Record<string, string>>;

function Attributes(props: { readonly value: Attributes; readonly onChange: (value: Attributes) => void }): ReactNode {
  const { t, code } = useTexts();
  const { value, onChange } = props;
  const put = (key: string, text: string): void => {
    const others = Object.entries(value).filter(([name]) => name !== key);
    onChange(Object.fromEntries(text ? [...others, [key, text]] : others));
  };
  const any = { value: "", label: t("rules.any") };
  return (
    <div className={css.fields} style={{ gridTemplateColumns: "repeat(auto-fill, minmax(130px, 1fr))", marginBottom: 10 }}>
      <ChoiceField label={t("rules.language")} value={value.language ?? ""} onChange={(text) => put("language", text)} options={[any, ...["zh-CN", "en"].map((it) => ({ value: it, label: code("language", it) }))]} />
      <ChoiceField label={t("rules.class")} value={value.customer_class ?? ""} onChange={(text) => put("customer_class", text)} options={[any, ...["normal", "gold", "vip"].map((it) => ({ value: it, label: code("customer_class", it) }))]} />
      <Field label={t("rules.region")}>{(id) => <Input id={id} allowClear value={value.region ?? ""} onChange={(event) => put("region", event.target.value.trim())} />}</Field>
    </div>
  );
}

export function Rules({ draft, change, queueId }: TabProps): ReactNode {
  const { t } = useTexts();
  const [attributes, setAttributes] = useState<Attributes>({});
  const { check, late, error, preview, live } = useRuleAnswers(queueId, draft.requirements, draft.groups, attributes);
  const put = (requirements: string): void => change({ requirements });
  const tidy = check && !late && check.problems.length === 0 && check.text.trim() !== draft.requirements.trim() ? check.text : null;
  return (
    <div className={css.rules}>
      <section>
        <h3 style={{ margin: "0 0 4px", fontSize: 13 }}>{t("field.requirements")}</h3>
        <p className={css.hint} style={{ marginBottom: 8 }}>
          {t("rules.hint")}
        </p>
        <RuleText text={draft.requirements} problems={late ? [] : (check?.problems ?? [])} onChange={put} own={queueId} />
        {tidy && (
          <Button size="small" type="link" onClick={() => put(tidy)} data-testid="tidy-rules">
            {t("rules.tidy")}
          </Button>
        )}
      </section>
      <section style={{ opacity: late ? 0.6 : 1 }}>
        <h3 style={{ margin: "0 0 4px", fontSize: 13 }}>{t("rules.who")}</h3>
        <p className={css.hint} style={{ marginBottom: 8 }}>
          {t("rules.who_hint")}
        </p>
        <Attributes value={attributes} onChange={setAttributes} />
        {error !== null && error !== undefined && <Failure error={error} />}
        {!live && <p style={{ color: "var(--warn)", margin: "0 0 8px" }}>{t("rules.not_live")}</p>}
        {check && check.steps.length > 0 && <Steps steps={preview ?? check.steps} preview={preview} />}
      </section>
    </div>
  );
}
