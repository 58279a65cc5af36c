/** Trunks: the gateways and carriers that bring the calls. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import type { Trunk, TrunkInput } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber, Popconfirm, Select, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { Failure, Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { removeTrunk, saveTrunk, useTrunks } from "@/server/setup";

interface Fields {
  readonly name: string;
  readonly addresses: string[];
  readonly port: number;
  readonly transport: "udp" | "tcp" | "tls";
  readonly codecs: TrunkInput["codecs"];
  readonly username?: string;
  readonly secret?: string;
  readonly channel_limit: number;
}

const CODECS = ["alaw", "ulaw", "g722", "opus"];

const store = ({ name, ...fields }: Fields): Promise<unknown> => saveTrunk(name, { ...fields, username: fields.username ?? "", secret: fields.secret ?? "" });

function TrunkDialog(props: { readonly trunk: Trunk | null; readonly onClose: () => void; readonly onSaved: () => void }): ReactNode {
  const { t } = useTexts();
  const { trunk } = props;
  const missing = [{ required: true, message: t("common.missing") }];
  const initial: Partial<Fields> = trunk
    ? { ...trunk, transport: trunk.transport as Fields["transport"], codecs: trunk.codecs as Fields["codecs"] }
    : { addresses: [], port: 5060, transport: "udp", codecs: ["alaw", "ulaw"], channel_limit: 0 };
  return (
    <FormDialog<Fields> title={trunk ? t("trunk.edit") : t("trunk.new")} initial={initial} onSave={store} onSaved={props.onSaved} onClose={props.onClose} testId="trunk">
      <Form.Item name="name" label={t("trunk.name")} extra={t("queue.code_hint")} rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9-]{0,39}$/, message: t("queue.code_hint") }]}>
        <Input disabled={trunk !== null} autoFocus data-testid="trunk-name" />
      </Form.Item>
      <Form.Item name="addresses" label={t("trunk.addresses")} extra={t("trunk.addresses_hint")} rules={missing}>
        <Select mode="tags" open={false} suffix={null} tokenSeparators={[",", " "]} />
      </Form.Item>
      <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr 1fr", columnGap: 16 }}>
        <Form.Item name="port" label={t("trunk.port")} rules={missing}>
          <InputNumber min={1} max={65535} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="transport" label={t("trunk.transport")}>
          <Select options={["udp", "tcp", "tls"].map((value) => ({ value, label: value.toUpperCase() }))} />
        </Form.Item>
        <Form.Item name="channel_limit" label={t("trunk.channel_limit")} tooltip={t("trunk.channel_limit_hint")}>
          <InputNumber min={0} max={10_000} style={{ width: "100%" }} />
        </Form.Item>
      </div>
      <Form.Item name="codecs" label={t("trunk.codecs")} rules={missing}>
        <Select mode="multiple" options={CODECS.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 16 }}>
        <Form.Item name="username" label={t("trunk.username")}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="secret" label={t("trunk.secret")} extra={trunk ? t("person.password_keep") : undefined}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </div>
    </FormDialog>
  );
}

export function TrunksTab(): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const { run } = useCommand();
  const query = useTrunks();
  const [edited, setEdited] = useState<Trunk | "new" | null>(null);
  const renew = (): void => void client.invalidateQueries({ queryKey: ["trunks"] });
  const columns: TableColumnsType<Trunk> = [
    { key: "name", title: t("trunk.name"), render: (_, row) => <b>{row.name}</b> },
    { key: "addresses", title: t("trunk.addresses"), className: "num", render: (_, row) => row.addresses.join(", ") },
    { key: "port", title: t("trunk.port"), className: "num", render: (_, row) => `${row.port} ${row.transport.toUpperCase()}` },
    { key: "codecs", title: t("trunk.codecs"), render: (_, row) => row.codecs.join(", ") },
    { key: "limit", title: t("trunk.channel_limit"), align: "right", className: "num", render: (_, row) => row.channel_limit || "–" },
    {
      key: "edit",
      title: "",
      width: 120,
      render: (_, row) => (
        <span className="row">
          <Button size="small" type="link" onClick={() => setEdited(row)}>
            {t("common.edit")}
          </Button>
          <Popconfirm title={t("trunk.remove", { name: row.name })} onConfirm={() => void run(() => removeTrunk(row.name)).then(renew)}>
            <Button size="small" type="text" danger icon={<DeleteOutlined />} aria-label={t("common.remove")} />
          </Popconfirm>
        </span>
      ),
    },
  ];
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <div className="row" style={{ marginBottom: 10 }}>
        <span className="grow" />
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-trunk">
          {t("trunk.new")}
        </Button>
      </div>
      <Table<Trunk>
        size="small"
        rowKey="name"
        dataSource={[...(query.data ?? [])]}
        columns={columns}
        loading={query.isPending}
        pagination={false}
        locale={{ emptyText: <Nothing title={t("trunk.none")} hint={t("trunk.none_hint")} /> }}
      />
      {edited && <TrunkDialog trunk={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={renew} />}
    </>
  );
}
