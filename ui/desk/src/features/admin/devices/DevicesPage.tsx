/** What agents may choose as devices, and what goes on by itself: for everybody, by group, by agent. */
import type { DeviceRules, WorkSetting } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Radio, Select, Switch, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Loaded } from "@/parts/states";
import { useUnsaved } from "@/parts/unsaved";
import { useCommand } from "@/parts/useCommand";
import { deviceRulesKey, KINDS, saveDeviceRules, useDeviceRules, useWorkSettings } from "@/server/devices";
import { useNames } from "@/server/names";
import { WorkDialog } from "./WorkDialog";

function Prefixes(props: { readonly name: keyof DeviceRules; readonly label: string; readonly extra?: string }): ReactNode {
  return (
    <Form.Item name={props.name} label={props.label} extra={props.extra}>
      <Select mode="tags" tokenSeparators={[",", " "]} open={false} suffix={null} style={{ maxWidth: 420 }} />
    </Form.Item>
  );
}

function Rules(props: { readonly saved: DeviceRules }): ReactNode {
  const { t, code } = useTexts();
  const [changed, setChanged] = useState(false);
  const client = useQueryClient();
  const { message } = App.useApp();
  const { run, busy } = useCommand();
  useUnsaved(changed);
  const save = async (value: DeviceRules): Promise<void> => {
    if (!(await run(() => saveDeviceRules(value)))) return;
    setChanged(false);
    void message.success(t("common.saved"));
    await client.invalidateQueries({ queryKey: deviceRulesKey });
    void client.invalidateQueries({ queryKey: ["changes"] });
  };
  return (
    <Form<DeviceRules> layout="vertical" initialValues={props.saved} onValuesChange={() => setChanged(true)} onFinish={(value) => void save(value)}>
      <Form.Item name="kinds" label={t("admin_devices.kinds")} rules={[{ required: true }]}>
        <Select mode="multiple" style={{ maxWidth: 520 }} options={KINDS.map((it) => ({ value: it, label: code("device_kind", it) }))} data-testid="rules-kinds" />
      </Form.Item>
      <Form.Item name="permanent" label={t("admin_devices.permanent")} valuePropName="checked">
        <Switch data-testid="rules-permanent" />
      </Form.Item>
      <Form.Item name="browser_sound" label={t("admin_devices.browser_sound")} extra={t("admin_devices.browser_sound_hint")}>
        <Radio.Group options={(["g711", "opus"] as const).map((value) => ({ value, label: t(`admin_devices.sound_${value}`) }))} data-testid="rules-sound" />
      </Form.Item>
      <Prefixes name="allowed_prefixes" label={t("admin_devices.allowed")} extra={t("admin_devices.allowed_hint")} />
      <Prefixes name="denied_prefixes" label={t("admin_devices.denied")} />
      <Button type="primary" htmlType="submit" disabled={!changed} loading={busy} data-testid="device-rules-save">
        {t("common.save")}
      </Button>
    </Form>
  );
}

const EVERYBODY: WorkSetting = { agent_id: null, group_id: null };

function useWhom(): (row: WorkSetting) => string {
  const { t } = useTexts();
  const names = useNames();
  return (row) => (row.agent_id ? names.agent(row.agent_id) : row.group_id ? names.group(row.group_id) : t("admin_devices.everybody"));
}

function Work(props: { readonly rows: readonly WorkSetting[] }): ReactNode {
  const { t } = useTexts();
  const whom = useWhom();
  const [open, setOpen] = useState<{ readonly row: WorkSetting; readonly isNew: boolean } | null>(null);
  const all = props.rows.some((it) => !it.agent_id && !it.group_id) ? props.rows : [EVERYBODY, ...props.rows];
  const value = (it: number | null | undefined, special: number, word: string): string => (it === null || it === undefined ? "" : it === special ? t(word) : String(it));
  const columns: TableColumnsType<WorkSetting> = [
    { key: "whom", title: t("admin_devices.whom"), render: (_, row) => whom(row) },
    { key: "answer", title: t("admin_devices.answer"), className: "num", render: (_, row) => value(row.answer_seconds, -1, "admin_devices.by_hand") },
    { key: "after", title: t("admin_devices.after_call"), className: "num", render: (_, row) => value(row.after_call_seconds, -1, "admin_devices.as_queue") },
    { key: "accept", title: t("admin_devices.accept"), className: "num", render: (_, row) => value(row.accept_seconds, -1, "admin_devices.by_hand") },
    { key: "dial", title: t("admin_devices.dial"), className: "num", render: (_, row) => value(row.dial_seconds, -1, "admin_devices.by_hand") },
    { key: "talk", title: t("admin_devices.most_talk"), className: "num", render: (_, row) => value(row.most_talk_seconds, 0, "admin_devices.no_limit") },
    { key: "warn", title: t("admin_devices.warn"), className: "num", render: (_, row) => value(row.warn_seconds, -1, "") },
    {
      key: "edit",
      title: "",
      width: 90,
      render: (_, row) => (
        <Button size="small" onClick={() => setOpen({ row, isNew: false })} data-testid={`work-edit-${row.agent_id ?? row.group_id ?? "all"}`}>
          {t("admin_devices.edit")}
        </Button>
      ),
    },
  ];
  return (
    <>
      <p className="quiet">{t("admin_devices.work_hint")}</p>
      <Table<WorkSetting> size="small" rowKey={(row) => row.agent_id ?? row.group_id ?? "all"} columns={columns} dataSource={[...all]} pagination={false} />
      <Button style={{ marginTop: 10 }} onClick={() => setOpen({ row: EVERYBODY, isNew: true })} data-testid="work-add">
        {t("admin_devices.add")}
      </Button>
      {open && <WorkDialog row={open.row} title={open.isNew ? t("admin_devices.add") : whom(open.row)} isNew={open.isNew} onClose={() => setOpen(null)} />}
    </>
  );
}

export default function DevicesPage(): ReactNode {
  const { t } = useTexts();
  const rules = useDeviceRules();
  const work = useWorkSettings();
  return (
    <div className="page" data-testid="admin-devices">
      <div className="page-head">
        <h1>{t("admin_devices.title")}</h1>
      </div>
      <section className="panel">
        <div className="body">
          <h2>{t("admin_devices.rules")}</h2>
          <Loaded query={rules}>{(saved) => <Rules saved={saved} />}</Loaded>
        </div>
      </section>
      <section className="panel">
        <div className="body">
          <h2>{t("admin_devices.work")}</h2>
          <Loaded query={work}>{(rows) => <Work rows={rows} />}</Loaded>
        </div>
      </section>
    </div>
  );
}
