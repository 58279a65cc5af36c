/** The fields of an order: its number and day, what was bought, what it cost. */
import { MinusCircleOutlined, PlusOutlined } from "@ant-design/icons";
import type { Purchase, PurchaseInput } from "@huying/api";
import { Button, Form, Input, InputNumber, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { DatePicker } from "@/parts/dates/picker";
import { useFormCommand } from "@/parts/useFormCommand";
import css from "./Card.module.css";

const CURRENCIES = ["CNY", "USD", "EUR", "HKD", "JPY", "GBP"];

interface Fields {
  readonly date: Dayjs;
  readonly number: string;
  readonly items: readonly { readonly name: string; readonly quantity: number }[];
  readonly amount: number | null;
  readonly currency: string;
  readonly note: string;
}

interface PurchaseFormProps {
  readonly initial?: Purchase;
  readonly onSubmit: (input: PurchaseInput) => Promise<unknown>;
  readonly onCancel: () => void;
}

function Items(): ReactNode {
  const { t } = useTexts();
  const missing = [{ required: true, whitespace: true, message: t("common.missing") }];
  return (
    <Form.Item label={t("purchase.items")}>
      <Form.List name="items">
        {(rows, { add, remove }) => (
          <>
            {rows.map((row) => (
              <div key={row.key} className="row" style={{ marginBottom: 6 }}>
                <Form.Item name={[row.name, "name"]} noStyle rules={missing}>
                  <Input maxLength={200} aria-label={t("purchase.item")} placeholder={t("purchase.item")} data-testid="purchase-item" />
                </Form.Item>
                <Form.Item name={[row.name, "quantity"]} noStyle rules={[{ required: true, message: t("common.missing") }]}>
                  <InputNumber min={0.001} max={1_000_000} style={{ width: 90 }} aria-label={t("purchase.quantity")} />
                </Form.Item>
                <Button type="text" size="small" icon={<MinusCircleOutlined />} onClick={() => remove(row.name)} aria-label={t("common.remove")} />
              </div>
            ))}
            <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => add({ name: "", quantity: 1 })} data-testid="purchase-add-item">
              {t("purchase.add_item")}
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}

export function PurchaseForm(props: PurchaseFormProps): ReactNode {
  const { t } = useTexts();
  const [form] = Form.useForm<Fields>();
  const { save, busy } = useFormCommand(form);
  const { initial } = props;
  const first: Fields = {
    date: dayjs(initial?.date),
    number: initial?.number ?? "",
    items: initial ? initial.items : [{ name: "", quantity: 1 }],
    amount: initial?.amount ?? null,
    currency: initial?.currency ?? "CNY",
    note: initial?.note ?? "",
  };
  const submit = (fields: Fields): void => void save(() => props.onSubmit({ ...fields, items: [...fields.items], date: fields.date.format("YYYY-MM-DD") }));
  return (
    <Form<Fields> form={form} layout="vertical" size="small" initialValues={first} onFinish={submit} className={css.section} data-testid="purchase-form">
      <div className={css.pair}>
        <Form.Item name="date" label={t("purchase.day")} rules={[{ required: true, message: t("common.missing") }]}>
          <DatePicker allowClear={false} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="number" label={t("purchase.number")}>
          <Input maxLength={200} autoFocus data-testid="purchase-number" />
        </Form.Item>
      </div>
      <Items />
      <div className={css.pair}>
        <Form.Item name="amount" label={t("purchase.amount")}>
          <InputNumber min={-1_000_000_000} max={1_000_000_000} precision={2} style={{ width: "100%" }} data-testid="purchase-amount" />
        </Form.Item>
        <Form.Item name="currency" label={t("purchase.currency")}>
          <Select options={[...new Set([first.currency, ...CURRENCIES])].map((value) => ({ value, label: value }))} />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t("customer.note")}>
        <Input maxLength={2000} />
      </Form.Item>
      <div className={css.acts}>
        <Button type="primary" htmlType="submit" loading={busy} data-testid="purchase-save">
          {t("common.save")}
        </Button>
        <Button onClick={props.onCancel}>{t("common.cancel")}</Button>
      </div>
    </Form>
  );
}
