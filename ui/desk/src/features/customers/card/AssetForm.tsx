/** The fields of an appliance or a vehicle. */
import type { Asset, AssetInput } from "@huying/api";
import { Button, Form, Input, Segmented } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { DatePicker } from "@/parts/dates/picker";
import { OwnFieldItems } from "@/parts/customer/OwnFieldItems";
import { fromForm, toForm } from "@/parts/customer/ownFields";
import { useFormCommand } from "@/parts/useFormCommand";
import { useOwnFields } from "@/server/ownFields";
import css from "./Card.module.css";

const TEXTS = ["category", "model", "serial", "plate", "vin", "dealer", "note"] as const;
const DAYS = ["purchased_on", "warranty_until", "insurance_until"] as const;

type Fields = { readonly kind: Asset["kind"]; readonly fields: Record<string, unknown> } & { readonly [name in (typeof TEXTS)[number]]?: string } & {
  readonly [name in (typeof DAYS)[number]]?: Dayjs | null;
};

interface AssetFormProps {
  readonly initial?: Asset;
  readonly onSubmit: (input: AssetInput) => Promise<unknown>;
  readonly onCancel: () => void;
}

export function AssetForm(props: AssetFormProps): ReactNode {
  const { t } = useTexts();
  const [form] = Form.useForm<Fields>();
  const { save, busy } = useFormCommand(form);
  const own = useOwnFields("asset").data ?? [];
  const { initial } = props;
  const kind = (Form.useWatch("kind", form) as Asset["kind"] | undefined) ?? initial?.kind ?? "appliance";
  const vehicle = kind === "vehicle";
  const first = {
    kind: initial?.kind ?? "appliance",
    ...Object.fromEntries(TEXTS.map((name) => [name, initial?.[name] ?? ""])),
    ...Object.fromEntries(DAYS.map((name) => [name, initial?.[name] ? dayjs(initial[name]) : null])),
    fields: toForm(own, initial?.fields ?? {}),
  };
  const submit = (fields: Fields): void =>
    void save(() =>
      props.onSubmit({
        kind: fields.kind,
        ...Object.fromEntries(TEXTS.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]])),
        ...Object.fromEntries(DAYS.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]?.format("YYYY-MM-DD") ?? null])),
        ...(own.length > 0 ? { fields: fromForm(own, fields.fields) } : {}),
      }),
    );
  const text = (name: (typeof TEXTS)[number], required = false): ReactNode => (
    <Form.Item name={name} label={t(`asset.${name === "serial" ? "serial_number" : name}`)} rules={required ? [{ required: true, whitespace: true, message: t("common.missing") }] : []}>
      <Input maxLength={name === "note" ? 2000 : 100} data-testid={`asset-${name}`} />
    </Form.Item>
  );
  const day = (name: (typeof DAYS)[number]): ReactNode => (
    <Form.Item name={name} label={t(`asset.${name}`)}>
      <DatePicker style={{ width: "100%" }} />
    </Form.Item>
  );
  return (
    <Form<Fields> form={form} layout="vertical" size="small" initialValues={first} onFinish={submit} className={css.section} data-testid="asset-form">
      {!initial && (
        <Form.Item name="kind">
          <Segmented
            options={[
              { value: "appliance", label: t("asset_kind.appliance") },
              { value: "vehicle", label: t("asset_kind.vehicle") },
            ]}
          />
        </Form.Item>
      )}
      <div className={css.pair}>
        {text("category")}
        {text("model", !vehicle)}
        {vehicle ? text("plate") : text("serial", true)}
        {vehicle && text("vin")}
        {day("purchased_on")}
        {day("warranty_until")}
        {vehicle && day("insurance_until")}
        {text("dealer")}
      </div>
      {text("note")}
      <OwnFieldItems fields={own} />
      <div className={css.acts}>
        <Button type="primary" htmlType="submit" loading={busy} data-testid="asset-save">
          {t("common.save")}
        </Button>
        <Button onClick={props.onCancel}>{t("common.cancel")}</Button>
      </div>
    </Form>
  );
}
