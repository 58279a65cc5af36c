/** How the business dials: numbers, what is shown, recording, after-call work, time limits. */
import type { DialSettings } from "@huying/api";
import { App, Button, Form, Input, InputNumber, Switch } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useUnsaved } from "@/parts/unsaved";
import { useCommand } from "@/parts/useCommand";
import { CLASSES, saveDialSettings, useRenewDialling } from "@/server/dialling";
import { useQueues } from "@/server/names";

type Names = readonly (string | number)[];

function Word(props: { readonly name: Names; readonly label: string; readonly hint?: string; readonly width?: number }): ReactNode {
  return (
    <Form.Item name={[...props.name]} label={props.label} extra={props.hint}>
      <Input maxLength={21} style={{ width: props.width ?? 220 }} />
    </Form.Item>
  );
}

function Amount(props: { readonly name: Names; readonly label: string; readonly unit: string; readonly of?: number; readonly min: number; readonly max: number }): ReactNode {
  const { of = 1 } = props;
  return (
    <Form.Item name={[...props.name]} label={props.label} getValueProps={(value?: number) => ({ value: (value ?? 0) / of })} normalize={(value: number | null) => Math.round((value ?? props.min) * of)}>
      <InputNumber<number> min={props.min} max={props.max} precision={0} suffix={props.unit} style={{ width: 140 }} />
    </Form.Item>
  );
}

function Flag(props: { readonly name: keyof DialSettings; readonly label: string }): ReactNode {
  return (
    <Form.Item name={props.name} label={props.label} valuePropName="checked">
      <Switch />
    </Form.Item>
  );
}

function Limits(): ReactNode {
  const { t } = useTexts();
  return (
    <>
      <h3>{t("dialling.limits")}</h3>
      <p className="quiet">{t("dialling.limits_hint")}</p>
      {CLASSES.map((kind) => (
        <div key={kind} className="row wrap" style={{ alignItems: "flex-end" }}>
          <Amount name={["limits", kind, "seconds"]} label={t(`dialling.class_${kind}`)} unit={t("dialling.minutes")} of={60} min={0} max={1440} />
          <Amount name={["limits", kind, "warn_seconds"]} label={t("dialling.warn")} unit={t("dialling.seconds")} min={0} max={600} />
        </div>
      ))}
    </>
  );
}

/** Limits of nothing are left out, queues without a number too. */
function told(value: DialSettings): DialSettings {
  const limits = Object.fromEntries(Object.entries(value.limits).filter(([, limit]) => limit.seconds > 0));
  return { ...value, limits, caller_numbers: Object.fromEntries(Object.entries(value.caller_numbers).filter(([, number]) => number)) };
}

export function Settings(props: { readonly saved: DialSettings }): ReactNode {
  const { t, local } = useTexts();
  const [form] = Form.useForm<DialSettings>();
  const [changed, setChanged] = useState(false);
  const { message } = App.useApp();
  const { run, busy } = useCommand();
  const renew = useRenewDialling();
  const queues = useQueues().data ?? [];
  useUnsaved(changed);
  const save = async (value: DialSettings): Promise<void> => {
    if (!(await run(() => saveDialSettings(told({ ...props.saved, ...value }))))) return;
    setChanged(false);
    void message.success(t("common.saved"));
    renew();
  };
  const limits = Object.fromEntries(CLASSES.map((kind) => [kind, props.saved.limits[kind] ?? { seconds: 0, warn_seconds: 30 }]));
  return (
    <Form form={form} layout="vertical" initialValues={{ ...props.saved, limits }} onValuesChange={() => setChanged(true)} onFinish={(value) => void save(value)}>
      <h3 style={{ marginTop: 0 }}>{t("dialling.numbers")}</h3>
      <div className="row wrap">
        <Word name={["country"]} label={t("dialling.country")} />
        <Word name={["area_code"]} label={t("dialling.area_code")} />
        <Word name={["outside_prefix"]} label={t("dialling.outside_prefix")} />
        <Word name={["trunk_prefix"]} label={t("dialling.trunk_prefix")} />
        <Word name={["caller_number"]} label={t("dialling.caller_number")} hint={t("dialling.caller_number_hint")} />
      </div>
      <h3>{t("dialling.by_queue")}</h3>
      <div className="row wrap">
        {queues.map((it) => (
          <Word key={it.id} name={["caller_numbers", it.id]} label={local(it.name)} />
        ))}
      </div>
      <h3>{t("dialling.calls")}</h3>
      <div className="row wrap">
        <Amount name={["ring_seconds"]} label={t("dialling.ring")} unit={t("dialling.seconds")} min={10} max={180} />
        <Amount name={["after_call_seconds"]} label={t("dialling.after_call")} unit={t("dialling.seconds")} min={0} max={3600} />
        <Amount name={["wish_seconds"]} label={t("dialling.wish")} unit={t("dialling.minutes")} of={60} min={1} max={1440} />
      </div>
      <Flag name="after_call_when_not_reached" label={t("dialling.after_not_reached")} />
      <Flag name="record_outbound" label={t("dialling.record_outbound")} />
      <Flag name="record_internal" label={t("dialling.record_internal")} />
      <Limits />
      <Button type="primary" htmlType="submit" disabled={!changed} loading={busy} data-testid="dialling-save">
        {t("common.save")}
      </Button>
    </Form>
  );
}
