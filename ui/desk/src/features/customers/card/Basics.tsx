/** Name, class, code, company, language and note of a customer. */
import type { Customer, CustomerChange } from "@huying/api";
import { Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { LANGUAGES, useTexts } from "@/i18n";
import { CUSTOMER_CLASSES } from "@/parts/customer/CustomerForm";
import css from "./Card.module.css";
import { Section } from "./Section";

interface Fields {
  readonly name: string;
  readonly class: Customer["class"];
  readonly code: string;
  readonly company: string;
  readonly role: string;
  readonly language?: string;
  readonly note: string;
}

export interface PartProps {
  readonly customer: Customer;
  readonly save: (change: CustomerChange) => Promise<unknown>;
}

function Inputs(): ReactNode {
  const { t, code } = useTexts();
  return (
    <>
      <div className={css.pair}>
        <Form.Item name="name" label={t("customer.name")} rules={[{ required: true, whitespace: true, message: t("customer.name_missing") }]}>
          <Input maxLength={200} autoFocus data-testid="basics-name" />
        </Form.Item>
        <Form.Item name="class" label={t("customer.class")}>
          <Select options={CUSTOMER_CLASSES.map((value) => ({ value, label: code("customer_class", value) }))} />
        </Form.Item>
        <Form.Item name="company" label={t("customer.company")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="role" label={t("customer.role")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="code" label={t("customer.code")} tooltip={t("customer.code_hint")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="language" label={t("customer.language")}>
          <Select allowClear options={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t("customer.note")}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
      </Form.Item>
    </>
  );
}

function changeOf(fields: Fields): CustomerChange {
  const company = fields.company.trim();
  return {
    share_numbers: false,
    name: fields.name,
    class: fields.class,
    code: fields.code,
    company: company ? { name: company, role: fields.role } : null,
    language: fields.language ?? "",
    note: fields.note,
  };
}

export function Basics(props: PartProps): ReactNode {
  const { t, code } = useTexts();
  const { customer } = props;
  const initial: Fields = {
    name: customer.name,
    class: customer.class,
    code: customer.code,
    company: customer.company?.name ?? "",
    role: customer.company?.role ?? "",
    note: customer.note,
    ...(customer.language ? { language: customer.language } : {}),
  };
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t("customer.code"), customer.code],
    [t("customer.company"), [customer.company?.name, customer.company?.role].filter(Boolean).join(" · ")],
    [t("customer.language"), code("language", customer.language)],
    [t("customer.note"), customer.note && <span style={{ whiteSpace: "pre-wrap" }}>{customer.note}</span>],
  ];
  return (
    <Section<Fields> title={t("customer.particulars")} name="basics" initial={initial} onSave={(fields) => props.save(changeOf(fields))} inputs={<Inputs />}>
      <dl className="facts">
        {facts.map(([label, value]) => (
          <div key={label} style={{ display: "contents" }}>
            <dt>{label}</dt>
            <dd>{value || <span className="quiet">–</span>}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
