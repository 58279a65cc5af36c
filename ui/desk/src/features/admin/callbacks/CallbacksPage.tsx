/** How the business calls back: how often, how long, which numbers, and from which queues on the web page. */
import type { CallbackSettings } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, InputNumber, Select, Switch } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Loaded } from "@/parts/states";
import { useUnsaved } from "@/parts/unsaved";
import { useCommand } from "@/parts/useCommand";
import { callbackSettingsKey, saveCallbackSettings, useCallbackSettings } from "@/server/later";
import { useQueues } from "@/server/names";

interface AmountProps {
  readonly name: keyof CallbackSettings;
  readonly label: string;
  readonly unit?: string;
  /** Seconds in the unit shown. */
  readonly of?: number;
  readonly min: number;
  readonly max: number;
  readonly extra?: string;
}

function Amount(props: AmountProps): ReactNode {
  const { of = 1 } = props;
  return (
    <Form.Item
      name={props.name}
      label={props.label}
      extra={props.extra}
      getValueProps={(value: number) => ({ value: value / of })}
      normalize={(value: number | null) => Math.round((value ?? props.min) * of)}
    >
      <InputNumber<number> min={props.min} max={props.max} precision={0} suffix={props.unit} style={{ width: 140 }} />
    </Form.Item>
  );
}

function Prefixes(props: { readonly name: keyof CallbackSettings; readonly label: string; readonly extra?: string }): ReactNode {
  return (
    <Form.Item name={props.name} label={props.label} extra={props.extra}>
      <Select mode="tags" tokenSeparators={[",", " "]} open={false} suffix={null} style={{ maxWidth: 420 }} />
    </Form.Item>
  );
}

function Editor(props: { readonly saved: CallbackSettings }): ReactNode {
  const { t, local } = useTexts();
  const [form] = Form.useForm<CallbackSettings>();
  const [changed, setChanged] = useState(false);
  const client = useQueryClient();
  const { message } = App.useApp();
  const { run, busy } = useCommand();
  const queues = useQueues();
  useUnsaved(changed);
  const save = async (value: CallbackSettings): Promise<void> => {
    if (!(await run(() => saveCallbackSettings(value)))) return;
    setChanged(false);
    void message.success(t("common.saved"));
    await client.invalidateQueries({ queryKey: callbackSettingsKey });
    void client.invalidateQueries({ queryKey: ["changes"] });
  };
  return (
    <Form form={form} layout="vertical" initialValues={props.saved} onValuesChange={() => setChanged(true)} onFinish={(value) => void save(value)}>
      <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(260px, 1fr))", columnGap: 24, maxWidth: 1100 }}>
        <Amount name="most_tries" label={t("callbacks_admin.tries")} extra={t("callbacks_admin.tries_hint")} min={1} max={10} />
        <Amount name="pause_seconds" label={t("callbacks_admin.pause")} unit={t("callbacks_admin.minutes")} of={60} min={1} max={1440} />
        <Amount name="expire_seconds" label={t("callbacks_admin.expire")} unit={t("callbacks_admin.hours")} of={3600} min={1} max={336} />
        <Amount name="ring_seconds" label={t("callbacks_admin.ring")} unit={t("callbacks_admin.seconds")} min={10} max={120} />
        <Amount name="own_seconds" label={t("callbacks_admin.own")} extra={t("callbacks_admin.own_hint")} unit={t("callbacks_admin.minutes")} of={60} min={0} max={60} />
        <Amount name="most_days" label={t("callbacks_admin.ahead")} unit={t("callbacks_admin.days")} min={1} max={365} />
      </div>
      <Form.Item name="after_call_when_not_reached" label={t("callbacks_admin.after_call")} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Prefixes name="allowed_prefixes" label={t("callbacks_admin.allowed")} extra={t("callbacks_admin.allowed_hint")} />
      <Prefixes name="denied_prefixes" label={t("callbacks_admin.denied")} />
      <Form.Item name="web_queues" label={t("callbacks_admin.web")}>
        <Select mode="multiple" style={{ maxWidth: 420 }} showSearch={{ optionFilterProp: "label" }} options={(queues.data ?? []).map((it) => ({ value: it.id, label: local(it.name) }))} />
      </Form.Item>
      <Button type="primary" htmlType="submit" disabled={!changed} loading={busy} data-testid="callbacks-save">
        {t("common.save")}
      </Button>
    </Form>
  );
}

export default function CallbacksPage(): ReactNode {
  const { t } = useTexts();
  const query = useCallbackSettings();
  return (
    <div className="page" data-testid="callbacks-page">
      <div className="page-head">
        <h1>{t("admin_area.callbacks")}</h1>
      </div>
      <section className="panel">
        <div className="body">
          <p className="quiet" style={{ marginTop: 0, maxWidth: "80ch" }}>
            {t("callbacks_admin.hint")}
          </p>
          <Loaded query={query}>{(saved) => <Editor saved={saved} />}</Loaded>
        </div>
      </section>
    </div>
  );
}
