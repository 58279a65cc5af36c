/** What a customer agreed to, and that he is not to be called. What was said before is kept. */
import type { Customer, CustomerChange } from "@huying/api";
import { Form, Input, Radio, Switch } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { DatePicker } from "@/parts/dates/picker";
import { Pill } from "@/parts/pills";
import { useTimes } from "@/parts/times";
import type { PartProps } from "./Basics";
import css from "./Card.module.css";
import { Section } from "./Section";

const KINDS = ["calls", "sms", "email", "recording", "data"] as const;
type Said = "yes" | "no" | "unknown";

interface Fields {
  readonly refused: boolean;
  readonly reason: string;
  readonly until?: Dayjs | null;
  readonly said: Readonly<Record<string, Said>>;
  readonly source: string;
}

const kindsOf = (customer: Customer): readonly string[] => [...new Set([...KINDS, ...customer.consents.map((it) => it.kind)])];
const saidOf = (customer: Customer, kind: string): Said => {
  const current = customer.consents.find((it) => it.kind === kind && it.current);
  return current ? (current.given ? "yes" : "no") : "unknown";
};

function Inputs(props: { readonly customer: Customer }): ReactNode {
  const { t, code } = useTexts();
  const refused = Form.useWatch<boolean | undefined>("refused");
  return (
    <>
      <Form.Item name="refused" label={t("customer.do_not_call")} valuePropName="checked">
        <Switch data-testid="do-not-call" />
      </Form.Item>
      {refused && (
        <div className={css.pair}>
          <Form.Item name="reason" label={t("customer.reason")}>
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item name="until" label={t("customer.until")}>
            <DatePicker placeholder={t("customer.for_good")} style={{ width: "100%" }} />
          </Form.Item>
        </div>
      )}
      {kindsOf(props.customer).map((kind) => (
        <Form.Item key={kind} name={["said", kind]} label={code("consent", kind)} style={{ marginBottom: 8 }}>
          <Radio.Group options={(["yes", "no", "unknown"] as const).map((value) => ({ value, label: t(`consent_said.${value}`), disabled: value === "unknown" && saidOf(props.customer, kind) !== "unknown" }))} />
        </Form.Item>
      ))}
      <Form.Item name="source" label={t("customer.consent_source")}>
        <Input maxLength={200} placeholder={t("customer.consent_source_hint")} />
      </Form.Item>
    </>
  );
}

/** Only statements that are new are sent; each is kept with its time and who noted it. */
function changeOf(customer: Customer, fields: Fields): CustomerChange {
  const consents = Object.entries(fields.said)
    .filter(([kind, said]) => said !== "unknown" && said !== saidOf(customer, kind))
    .map(([kind, said]) => ({ kind, given: said === "yes", source: fields.source }));
  const do_not_call = fields.refused ? { reason: fields.reason, until: fields.until ? fields.until.endOf("day").toISOString() : null } : null;
  return { share_numbers: false, do_not_call, ...(consents.length > 0 ? { consents } : {}) };
}

export function Consents(props: PartProps): ReactNode {
  const { t, code } = useTexts();
  const times = useTimes();
  const { customer, save } = props;
  const refusal = customer.do_not_call;
  const initial: Fields = {
    refused: refusal !== null,
    reason: refusal?.reason ?? "",
    until: refusal?.until ? dayjs(refusal.until) : null,
    said: Object.fromEntries(kindsOf(customer).map((kind) => [kind, saidOf(customer, kind)])),
    source: "",
  };
  return (
    <Section<Fields> title={t("customer.consent")} name="consents" initial={initial} onSave={(fields) => save(changeOf(customer, fields))} inputs={<Inputs customer={customer} />}>
      {refusal && (
        <p style={{ margin: "0 0 8px" }}>
          <Pill tone="bad">{t("customer.do_not_call")}</Pill> {[refusal.reason, refusal.until ? t("customer.until_day", { day: times.dateTime(refusal.until).slice(0, -9) }) : ""].filter(Boolean).join(" · ")}
        </p>
      )}
      {customer.consents.length === 0 && !refusal && <span className="quiet">{t("customer.no_consent")}</span>}
      <ul className={css.list}>
        {customer.consents.map((it) => (
          <li key={`${it.kind}-${it.at}`} className={it.current ? undefined : "quiet"}>
            <Pill tone={!it.current ? "idle" : it.given ? "good" : "bad"}>{t(it.given ? "consent_said.yes" : "consent_said.no")}</Pill>
            <span className="grow">
              {code("consent", it.kind)} <span className="quiet">{[it.source, times.dateTime(it.at).slice(0, -3)].filter(Boolean).join(" · ")}</span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
