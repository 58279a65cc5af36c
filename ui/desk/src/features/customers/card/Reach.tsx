/** Telephone numbers and mail addresses of a customer. */
import { MinusCircleOutlined, PhoneOutlined, PlusOutlined, StopOutlined } from "@ant-design/icons";
import type { CustomerChange } from "@huying/api";
import { Button, Form, Input, Radio, Space } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useShareNumbers } from "@/parts/customer/useShareNumbers";
import { phoneNumber } from "@/parts/format";
import type { PartProps } from "./Basics";
import css from "./Card.module.css";
import { Section } from "./Section";

interface Fields {
  readonly numbers: readonly { readonly number: string; readonly label: string }[];
  /** Which of them is called first. */
  readonly main: number;
  readonly emails: readonly { readonly email: string; readonly label: string }[];
}

function Numbers(): ReactNode {
  const { t } = useTexts();
  return (
    <Form.List name="numbers">
      {(rows, { add, remove }) => (
        <Form.Item label={t("customer.numbers")}>
          <Form.Item name="main" noStyle>
            <Radio.Group style={{ width: "100%" }}>
              {rows.map((row) => (
                <div className="row" key={row.key} style={{ marginBottom: 6 }}>
                  <Radio value={row.name} aria-label={t("customer.main_number")} title={t("customer.main_number")} />
                  <Space.Compact block>
                    <Form.Item name={[row.name, "number"]} noStyle rules={[{ required: true, message: t("customer.number_missing") }]}>
                      <Input placeholder="+86 138 0000 0000" aria-label={t("customer.numbers")} />
                    </Form.Item>
                    <Form.Item name={[row.name, "label"]} noStyle>
                      <Input placeholder={t("customer.number_label")} style={{ width: 110 }} />
                    </Form.Item>
                    <Button icon={<MinusCircleOutlined />} onClick={() => remove(row.name)} aria-label={t("common.remove")} />
                  </Space.Compact>
                </div>
              ))}
            </Radio.Group>
          </Form.Item>
          <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => add({ number: "", label: "" })} data-testid="add-number">
            {t("customer.add_number")}
          </Button>
        </Form.Item>
      )}
    </Form.List>
  );
}

function Emails(): ReactNode {
  const { t } = useTexts();
  return (
    <Form.List name="emails">
      {(rows, { add, remove }) => (
        <Form.Item label={t("customer.email")}>
          {rows.map((row) => (
            <Space.Compact key={row.key} block style={{ marginBottom: 6 }}>
              <Form.Item name={[row.name, "email"]} noStyle rules={[{ type: "email", message: t("customer.email_wrong") }]}>
                <Input inputMode="email" aria-label={t("customer.email")} />
              </Form.Item>
              <Form.Item name={[row.name, "label"]} noStyle>
                <Input placeholder={t("customer.number_label")} style={{ width: 110 }} />
              </Form.Item>
              <Button icon={<MinusCircleOutlined />} onClick={() => remove(row.name)} aria-label={t("common.remove")} />
            </Space.Compact>
          ))}
          <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => add({ email: "", label: "" })}>
            {t("customer.add_email")}
          </Button>
        </Form.Item>
      )}
    </Form.List>
  );
}

function changeOf(fields: Fields, share_numbers: boolean): CustomerChange {
  return {
    share_numbers,
    numbers: fields.numbers.map(({ number, label }, index) => ({ number, label, main: index === fields.main })),
    emails: fields.emails.filter((it) => it.email.trim() !== "").map(({ email, label }) => ({ email, label })),
  };
}

export function Reach(props: PartProps): ReactNode {
  const { t } = useTexts();
  const sharing = useShareNumbers();
  const { customer } = props;
  const initial: Fields = {
    numbers: customer.numbers.map(({ number, label }) => ({ number, label })),
    main: Math.max(
      0,
      customer.numbers.findIndex((it) => it.main),
    ),
    emails: customer.emails.map(({ email, label }) => ({ email, label })),
  };
  const store = (fields: Fields): Promise<unknown> => sharing((share) => props.save(changeOf(fields, share)));
  return (
    <Section<Fields>
      title={t("customer.reach")}
      name="reach"
      initial={initial}
      onSave={store}
      inputs={
        <>
          <Numbers />
          <Emails />
        </>
      }
    >
      {customer.numbers.length + customer.emails.length === 0 && <span className="quiet">{t("customer.no_reach")}</span>}
      <ul className={css.list}>
        {customer.numbers.map((it) => (
          <li key={it.number}>
            {it.do_not_call ? <StopOutlined style={{ color: "var(--bad)" }} title={t("customer.do_not_call")} /> : <PhoneOutlined className="quiet" />}
            <span className="num">{phoneNumber(it.number)}</span>
            <span className="quiet">{[it.label, it.main && customer.numbers.length > 1 ? t("customer.main") : ""].filter(Boolean).join(" · ")}</span>
          </li>
        ))}
        {customer.emails.map((it) => (
          <li key={it.email}>
            <span>{it.email}</span>
            <span className="quiet">{it.label}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
