/** The fields of a customer that are asked on a call, to add one or to change one. */
import { MinusCircleOutlined, PlusOutlined } from "@ant-design/icons";
import type { Customer, CustomerChange, CustomerInput } from "@huying/api";
import { Button, Form, Input, Select, Space } from "antd";
import type { ReactNode } from "react";
import { LANGUAGES, useTexts } from "@/i18n";
import { useFormCommand } from "@/parts/useFormCommand";
import { changeOf, fieldsOf, newCustomer, type ShortFields } from "./input";
import { useShareNumbers } from "./useShareNumbers";
import css from "./CustomerForm.module.css";

export const CUSTOMER_CLASSES = ["normal", "gold", "vip"] as const;

interface CustomerFormProps {
  readonly initial?: Customer | undefined;
  readonly number?: string | undefined;
  readonly onAdd?: (input: CustomerInput) => Promise<unknown>;
  readonly onChange?: (change: CustomerChange) => Promise<unknown>;
  readonly onCancel?: (() => void) | undefined;
  /** As far as it was written before, and each change of it: for a form that is left and comes back. */
  readonly written?: ShortFields | undefined;
  readonly onWritten?: (fields: ShortFields) => void;
}

export function NumberList(): ReactNode {
  const { t } = useTexts();
  return (
    <Form.List name="numbers">
      {(fields, { add, remove }) => (
        <Form.Item label={t("customer.numbers")}>
          {fields.map((field) => (
            <Space.Compact key={field.key} block style={{ marginBottom: 6 }}>
              <Form.Item name={[field.name, "number"]} noStyle rules={[{ required: true, message: t("customer.number_missing") }]}>
                <Input placeholder="+86 138 0000 0000" data-testid="contact-customer-number" aria-label={t("customer.numbers")} />
              </Form.Item>
              <Form.Item name={[field.name, "label"]} noStyle>
                <Input placeholder={t("customer.number_label")} aria-label={t("customer.number_label")} style={{ width: 110 }} />
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
  const [form] = Form.useForm<ShortFields>();
  const { save, busy } = useFormCommand(form);
  const sharing = useShareNumbers();
  const { initial, number, onAdd, onChange } = props;
  const first: ShortFields = initial ? fieldsOf(initial) : { name: "", class: "normal", numbers: number ? [{ number, label: "" }] : [] };
  const store = (fields: ShortFields, share_numbers: boolean): Promise<unknown> | undefined =>
    initial ? onChange?.({ ...changeOf(initial, fields), share_numbers }) : onAdd?.({ ...newCustomer(fields), share_numbers });
  const submit = (fields: ShortFields): void => void save(() => sharing(async (share) => store(fields, share)));
  return (
    <Form<ShortFields> form={form} layout="vertical" initialValues={props.written ?? first} onValuesChange={(_, fields) => props.onWritten?.(fields)} onFinish={submit} data-testid="customer-form">
      <div className="row" style={{ alignItems: "start" }}>
        <Form.Item name="name" label={t("customer.name")} rules={[{ required: true, message: t("customer.name_missing") }]} className="grow">
          <Input maxLength={200} data-testid="customer-form-name" autoFocus />
        </Form.Item>
        <Form.Item name="class" label={t("customer.class")}>
          <Select style={{ width: 110 }} options={CUSTOMER_CLASSES.map((value) => ({ value, label: code("customer_class", value) }))} />
        </Form.Item>
      </div>
      <NumberList />
      <div className="row" style={{ alignItems: "start" }}>
        <Form.Item name="company" label={t("customer.company")} className="grow">
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="language" label={t("customer.language")}>
          <Select style={{ width: 110 }} allowClear options={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
      </div>
      <Form.Item name="email" label={t("customer.email")} rules={[{ type: "email", message: code("field_error", "not-an-email") }]}>
        <Input inputMode="email" maxLength={254} data-testid="customer-form-email" />
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
      <div className={`row ${css.save ?? ""}`}>
        <Button type="primary" htmlType="submit" loading={busy} data-testid="customer-form-save">
          {t("common.save")}
        </Button>
        {props.onCancel && <Button onClick={props.onCancel}>{t("common.cancel")}</Button>}
      </div>
    </Form>
  );
}
