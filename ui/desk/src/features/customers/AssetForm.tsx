/** The fields of an appliance. */
import type { AssetInput } from "@huying/api";
import { Button, DatePicker, Form, Input } from "antd";
import type { Dayjs } from "dayjs";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useCommand } from "@/parts/useCommand";

interface Fields {
  readonly category?: string;
  readonly model: string;
  readonly serial: string;
  readonly purchased_on?: Dayjs;
  readonly warranty_until?: Dayjs;
}

const day = (value: Dayjs | undefined): string | null => value?.format("YYYY-MM-DD") ?? null;

export function AssetForm(props: { readonly onSubmit: (input: AssetInput) => Promise<unknown>; readonly onCancel: () => void }): ReactNode {
  const { t } = useTexts();
  const { run, busy } = useCommand();
  const submit = (fields: Fields): void =>
    void run(() =>
      props.onSubmit({
        kind: "appliance",
        category: fields.category ?? "",
        model: fields.model,
        serial: fields.serial,
        purchased_on: day(fields.purchased_on),
        warranty_until: day(fields.warranty_until),
      }),
    );
  const missing = [{ required: true, message: t("common.missing") }];
  return (
    <Form<Fields> layout="vertical" onFinish={submit}>
      <Form.Item name="category" label={t("asset.category")}>
        <Input />
      </Form.Item>
      <Form.Item name="model" label={t("asset.model")} rules={missing}>
        <Input />
      </Form.Item>
      <Form.Item name="serial" label={t("asset.serial_number")} rules={missing}>
        <Input />
      </Form.Item>
      <div className="row">
        <Form.Item name="purchased_on" label={t("asset.purchased_on")}>
          <DatePicker />
        </Form.Item>
        <Form.Item name="warranty_until" label={t("asset.warranty_until")}>
          <DatePicker />
        </Form.Item>
      </div>
      <div className="row">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t("common.save")}
        </Button>
        <Button onClick={props.onCancel}>{t("common.cancel")}</Button>
      </div>
    </Form>
  );
}
