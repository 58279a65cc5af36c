/** The fields of a customer, to add one or to change one. */
import { MinusCircleOutlined, PlusOutlined } from "@ant-design/icons";
import type { Customer, CustomerInput } from "@huying/api";
import { Button, Form, Input, Select, Space } from "antd";
import type { ReactNode } from "react";
import { LANGUAGES, useTexts } from "@/i18n";
import { useCommand } from "@/parts/useCommand";

export const CUSTOMER_CLASSES = ["normal", "gold", "vip"] as const;

interface CustomerFormProps {
  readonly initial?: Customer | undefined;
  readonly number?: string | undefined;
  readonly onSubmit: (input: CustomerInput) => Promise<unknown>;
  readonly onCancel?: (() => void) | undefined;
}

interface Fields {
  readonly name: string;
  readonly class: Customer["class"];
  readonly numbers: readonly { readonly number: string; readonly label: string }[];
  readonly company?: string;
  readonly language?: string;
  readonly email?: string;
  readonly address?: string;
  readonly warning?: string;
  readonly note?: string;
}

const fieldsOf = (customer: Customer): Fields => ({
  name: customer.name,
  class: customer.class,
  numbers: customer.numbers.map(({ number, label }) => ({ number, label })),
  company: customer.company?.name ?? "",
  language: customer.language,
  email: customer.email,
  address: customer.address,
  warning: customer.warning,
  note: customer.note,
});

/** The form's lines as parts of the customer; a line that was not touched leaves its parts as they are. */
function inputOf(fields: Fields, initial?: Customer): CustomerInput {
  const was = initial && fieldsOf(initial);
  const changed = (name: "company" | "email" | "address" | "warning"): string | undefined => (fields[name] === was?.[name] ? undefined : (fields[name] ?? ""));
  const [company, email, address, warning] = (["company", "email", "address", "warning"] as const).map(changed);
  return {
    name: fields.name,
    class: fields.class,
    numbers: fields.numbers.map((it, place) => ({ number: it.number, label: it.label, main: place === 0 })),
    share_numbers: false,
    language: fields.language ?? "",
    note: fields.note ?? "",
    ...(company !== undefined && { company: company ? { name: company } : null }),
    ...(email !== undefined && { emails: email ? [{ email, label: "" }] : [] }),
    ...(address !== undefined && { addresses: address ? [{ kind: "home", province: "", city: "", district: "", street: address, postcode: "", default: true }] : [] }),
    ...(warning !== undefined && { warnings: warning ? [{ text: warning, level: "warning" }] : [] }),
  };
}

function Numbers(): ReactNode {
  const { t } = useTexts();
  return (
    <Form.List name="numbers">
      {(fields, { add, remove }) => (
        <Form.Item label={t("customer.numbers")}>
          {fields.map((field) => (
            <Space.Compact key={field.key} block style={{ marginBottom: 6 }}>
              <Form.Item name={[field.name, "number"]} noStyle rules={[{ required: true, message: t("customer.number_missing") }]}>
                <Input placeholder="+86 138 0000 0000" data-testid="contact-customer-number" />
              </Form.Item>
              <Form.Item name={[field.name, "label"]} noStyle>
                <Input placeholder={t("customer.number_label")} style={{ width: 110 }} />
              </Form.Item>
              <Button icon={<MinusCircleOutlined />} onClick={() => remove(field.name)} aria-label={t("common.remove")} />
            </Space.Compact>
          ))}
          <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => add({ number: "", label: "" })}>
            {t("customer.add_number")}
          </Button>
        </Form.Item>
      )}
    </Form.List>
  );
}

export function CustomerForm(props: CustomerFormProps): ReactNode {
  const { t, code } = useTexts();
  const { run, busy } = useCommand();
  const { initial, number } = props;
  const first: Partial<Fields> = initial ? fieldsOf(initial) : { class: "normal", numbers: number ? [{ number, label: "" }] : [] };
  const submit = (fields: Fields): void => void run(() => props.onSubmit(inputOf(fields, initial)));
  return (
    <Form<Fields> layout="vertical" initialValues={first} onFinish={submit} data-testid="customer-form">
      <div className="row" style={{ alignItems: "start" }}>
        <Form.Item name="name" label={t("customer.name")} rules={[{ required: true, message: t("customer.name_missing") }]} className="grow">
          <Input maxLength={200} data-testid="customer-form-name" autoFocus />
        </Form.Item>
        <Form.Item name="class" label={t("customer.class")}>
          <Select style={{ width: 110 }} options={CUSTOMER_CLASSES.map((value) => ({ value, label: code("customer_class", value) }))} />
        </Form.Item>
      </div>
      <Numbers />
      <div className="row" style={{ alignItems: "start" }}>
        <Form.Item name="company" label={t("customer.company")} className="grow">
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="language" label={t("customer.language")}>
          <Select style={{ width: 110 }} allowClear options={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
      </div>
      <Form.Item name="email" label={t("customer.email")}>
        <Input type="email" maxLength={200} />
      </Form.Item>
      <Form.Item name="address" label={t("customer.address")}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 3 }} maxLength={500} />
      </Form.Item>
      <Form.Item name="warning" label={t("customer.warning")} tooltip={t("customer.warning_hint")}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="note" label={t("customer.note")}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={4000} />
      </Form.Item>
      <div className="row">
        <Button type="primary" htmlType="submit" loading={busy} data-testid="customer-form-save">
          {t("common.save")}
        </Button>
        {props.onCancel && <Button onClick={props.onCancel}>{t("common.cancel")}</Button>}
      </div>
    </Form>
  );
}
