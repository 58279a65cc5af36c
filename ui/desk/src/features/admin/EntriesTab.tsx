/** Where customers enter: service numbers and web entries, each with its flow. */
import { PlusOutlined } from "@ant-design/icons";
import type { EntryPoint } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Select, Switch, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { LANGUAGES, useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { Pill } from "@/parts/pills";
import { Failure, Nothing } from "@/parts/states";
import { useAgents, useNames } from "@/server/names";
import { saveEntryPoint, useEntryPoints, useFlows } from "@/server/setup";
import { NameFields, namesOf, type NameInputs } from "./NameFields";

type Fields = NameInputs & { readonly kind: "number" | "web"; readonly address: string; readonly flow_id: string; readonly language: "zh-CN" | "en"; readonly active: boolean; readonly person_id?: string | null };

const store = (fields: Fields): Promise<unknown> =>
  saveEntryPoint(fields.kind, fields.address, { name: namesOf(fields), flow_id: fields.flow_id, language: fields.language, active: fields.active, person_id: (fields.kind === "number" && fields.person_id) || null });

function EntryDialog(props: { readonly entry: EntryPoint | null; readonly onClose: () => void; readonly onSaved: () => void }): ReactNode {
  const { t, local, code } = useTexts();
  const flows = useFlows();
  const agents = useAgents().data ?? [];
  const { entry } = props;
  const missing = [{ required: true, message: t("common.missing") }];
  const initial: Partial<Fields> = entry
    ? { ...entry, language: entry.language === "en" ? "en" : "zh-CN", name_zh: entry.name["zh-CN"] ?? "", name_en: entry.name.en ?? "" }
    : { kind: "number", language: "zh-CN", active: true };
  return (
    <FormDialog<Fields> title={entry ? t("entry.edit") : t("entry.new")} initial={initial} onSave={store} onSaved={props.onSaved} onClose={props.onClose} testId="entry">
      <Form.Item name="kind" label={t("entry.kind")} rules={missing}>
        <Select disabled={entry !== null} options={["number", "web"].map((value) => ({ value, label: code("entry_kind", value) }))} />
      </Form.Item>
      <Form.Item name="address" label={t("entry.address")} extra={t("entry.address_hint")} rules={missing}>
        <Input disabled={entry !== null} maxLength={60} data-testid="entry-address" />
      </Form.Item>
      <NameFields />
      <Form.Item name="flow_id" label={t("entry.flow")} rules={missing}>
        <Select options={(flows.data ?? []).map((it) => ({ value: it.id, label: local(it.name) || it.code, disabled: it.published === 0 }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={["kind"]}>
        {({ getFieldValue }) =>
          getFieldValue("kind") === "number" && (
            <Form.Item name="person_id" label={t("entry.person")} extra={t("entry.person_hint")}>
              <Select allowClear placeholder={t("entry.nobody")} showSearch={{ optionFilterProp: "label" }} options={agents.map((it) => ({ value: it.id, label: `${it.extension} ${it.name}` }))} />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item name="language" label={t("entry.language")}>
        <Select options={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name="active" label={t("entry.active")} valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDialog>
  );
}

export function EntriesTab(): ReactNode {
  const { t, local, code } = useTexts();
  const client = useQueryClient();
  const query = useEntryPoints();
  const flows = useFlows();
  const [edited, setEdited] = useState<EntryPoint | "new" | null>(null);
  const names = useNames();
  const flowName = (id: string): string => local(flows.data?.find((it) => it.id === id)?.name);
  const columns: TableColumnsType<EntryPoint> = [
    { key: "name", title: t("queue.name"), render: (_, row) => <b>{local(row.name)}</b> },
    { key: "kind", title: t("entry.kind"), render: (_, row) => code("entry_kind", row.kind) },
    { key: "address", title: t("entry.address"), className: "num", dataIndex: "address" },
    { key: "flow", title: t("entry.flow"), render: (_, row) => (row.person_id ? t("entry.direct", { name: names.agent(row.person_id) }) : flowName(row.flow_id)) },
    { key: "language", title: t("entry.language"), render: (_, row) => code("language", row.language) },
    { key: "active", title: t("entry.active"), render: (_, row) => <Pill tone={row.active ? "good" : "idle"}>{code("yes_no", String(row.active))}</Pill> },
    {
      key: "edit",
      title: "",
      width: 80,
      render: (_, row) => (
        <Button size="small" type="link" onClick={() => setEdited(row)}>
          {t("common.edit")}
        </Button>
      ),
    },
  ];
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <div className="row" style={{ marginBottom: 10 }}>
        <span className="grow" />
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-entry">
          {t("entry.new")}
        </Button>
      </div>
      <Table<EntryPoint>
        size="small"
        rowKey="id"
        dataSource={[...(query.data ?? [])]}
        columns={columns}
        loading={query.isPending}
        pagination={false}
        locale={{ emptyText: <Nothing title={t("entry.none")} hint={t("entry.none_hint")} /> }}
      />
      {edited && (
        <EntryDialog entry={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={() => void client.invalidateQueries({ queryKey: ["entry-points"] })} />
      )}
    </>
  );
}
