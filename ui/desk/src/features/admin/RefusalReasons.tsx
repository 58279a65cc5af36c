/** Reasons for refusing what rings: names, order, and which are offered. */
import { ArrowDownOutlined, ArrowUpOutlined, PlusOutlined } from "@ant-design/icons";
import type { RefusalReason } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Popconfirm, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { Failure, Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { saveRefusalReason, useRefusalReasons } from "@/server/setup";
import { NameFields, namesOf, type NameInputs } from "./NameFields";
import { CODE } from "./names";

type Fields = NameInputs & { readonly code: string };

function ReasonDialog(props: { readonly reason: RefusalReason | null; readonly onClose: () => void; readonly onSaved: () => void }): ReactNode {
  const { t, local } = useTexts();
  const { reason } = props;
  const initial: Partial<Fields> = reason ? { code: reason.code, name_zh: reason.name["zh-CN"] ?? "", name_en: reason.name.en ?? "" } : {};
  const store = (fields: Fields): Promise<unknown> => saveRefusalReason(fields.code, { name: namesOf(fields), active: true });
  return (
    <FormDialog<Fields> title={reason ? local(reason.name) : t("choices.new_refusal_reason")} initial={initial} onSave={store} onSaved={props.onSaved} onClose={props.onClose} testId="refusal">
      <NameFields />
      <Form.Item name="code" label={t("queue.code")} extra={t("queue.code_hint")} rules={[{ required: true, pattern: CODE, message: t("queue.code_hint") }]}>
        <Input disabled={reason !== null} data-testid="refusal-code" />
      </Form.Item>
    </FormDialog>
  );
}

export function RefusalReasons(): ReactNode {
  const { t, local } = useTexts();
  const client = useQueryClient();
  const { run, busy } = useCommand();
  const query = useRefusalReasons();
  const [edited, setEdited] = useState<RefusalReason | "new" | null>(null);
  const shown = (query.data ?? []).filter((it) => it.active);
  const renew = (): void => void client.invalidateQueries({ predicate: ({ queryKey }) => ["desk-settings", "refusal-reasons", "changes"].includes(String(queryKey[0])) });
  const remove = (it: RefusalReason): void => void run(() => saveRefusalReason(it.code, { name: it.name, active: false })).then(renew);
  /** Every one gets its place anew where it is not there already. */
  const move = (from: number, to: number): void => {
    const order = [...shown];
    order.splice(to, 0, ...order.splice(from, 1));
    const places = order.map((it, position) => ({ it, position })).filter(({ it, position }) => it.position !== position);
    void run(async () => {
      for (const { it, position } of places) await saveRefusalReason(it.code, { name: it.name, active: true, position });
    }).then(renew);
  };
  const columns: TableColumnsType<RefusalReason> = [
    { key: "name", title: t("queue.name"), render: (_, row) => <b>{local(row.name)}</b> },
    { key: "code", title: t("queue.code"), dataIndex: "code" },
    {
      key: "edit",
      title: "",
      width: 220,
      render: (_, row, index) => (
        <span className="row" data-testid={`refusal-reason-${row.code}`}>
          <Button size="small" icon={<ArrowUpOutlined />} aria-label={t("own_field.up")} disabled={index === 0 || busy} onClick={() => move(index, index - 1)} />
          <Button size="small" icon={<ArrowDownOutlined />} aria-label={t("own_field.down")} disabled={index === shown.length - 1 || busy} onClick={() => move(index, index + 1)} />
          <Button size="small" type="link" onClick={() => setEdited(row)}>
            {t("common.edit")}
          </Button>
          <Popconfirm title={t("choices.remove", { name: local(row.name) })} onConfirm={() => remove(row)}>
            <Button size="small" type="link" danger data-testid={`refusal-remove-${row.code}`}>
              {t("common.remove")}
            </Button>
          </Popconfirm>
        </span>
      ),
    },
  ];
  return (
    <div style={{ marginTop: 24 }}>
      <div className="row" style={{ marginBottom: 8 }}>
        <h3 style={{ margin: 0, fontSize: 13 }}>{t("choices.refusal_reason")}</h3>
        <span className="grow" />
        <Button size="small" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-refusal_reason">
          {t("choices.new_refusal_reason")}
        </Button>
      </div>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      <Table<RefusalReason>
        size="small"
        rowKey="code"
        dataSource={shown}
        columns={columns}
        loading={query.isPending}
        pagination={false}
        locale={{ emptyText: <Nothing title={t("choices.none")} /> }}
      />
      {edited && <ReasonDialog reason={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={renew} />}
    </div>
  );
}
