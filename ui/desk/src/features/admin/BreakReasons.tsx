/** Reasons for a break: names, colour, and how long one may last. */
import { PlusOutlined } from "@ant-design/icons";
import type { BreakReason } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, ColorPicker, Form, Input, InputNumber, Popconfirm, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ReasonDot } from "@/parts/BreakTime";
import { FormDialog } from "@/parts/FormDialog";
import { Failure, Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { saveBreakReason, useBreakReasons } from "@/server/setup";
import { NameFields, namesOf, type NameInputs } from "./NameFields";
import { CODE } from "./names";

type Fields = NameInputs & { readonly code: string; readonly colour: string; readonly minutes: number };

/** Told apart also by those who do not see red from green. */
const COLOURS = ["#4477aa", "#66ccee", "#228833", "#ccbb44", "#ee6677", "#aa3377", "#888888"];

function ReasonDialog(props: { readonly reason: BreakReason | null; readonly onClose: () => void; readonly onSaved: () => void }): ReactNode {
  const { t, local } = useTexts();
  const { reason } = props;
  const initial: Partial<Fields> = reason
    ? { code: reason.code, colour: reason.colour, minutes: reason.most_seconds / 60, name_zh: reason.name["zh-CN"] ?? "", name_en: reason.name.en ?? "" }
    : { colour: COLOURS[0] ?? "", minutes: 0 };
  const store = (fields: Fields): Promise<unknown> =>
    saveBreakReason(fields.code, { name: namesOf(fields), active: true, colour: fields.colour, most_seconds: Math.round(fields.minutes * 60) });
  return (
    <FormDialog<Fields> title={reason ? local(reason.name) : t("choices.new_break_reason")} initial={initial} onSave={store} onSaved={props.onSaved} onClose={props.onClose} testId="choice">
      <NameFields />
      <Form.Item name="code" label={t("queue.code")} extra={t("queue.code_hint")} rules={[{ required: true, pattern: CODE, message: t("queue.code_hint") }]}>
        <Input disabled={reason !== null} data-testid="choice-code" />
      </Form.Item>
      <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 16 }}>
        <Form.Item name="minutes" label={t("break_reason.most")} extra={t("break_reason.most_hint")}>
          <InputNumber min={0} max={1440} suffix={t("break_reason.minutes")} style={{ width: "100%" }} data-testid="break-most" />
        </Form.Item>
        <Form.Item name="colour" label={t("break_reason.colour")} getValueFromEvent={(colour: { toHexString: () => string }) => colour.toHexString().slice(0, 7)}>
          <ColorPicker disabledAlpha format="hex" showText presets={[{ label: "", colors: COLOURS }]} />
        </Form.Item>
      </div>
    </FormDialog>
  );
}

export function BreakReasons(): ReactNode {
  const { t, local } = useTexts();
  const client = useQueryClient();
  const { run } = useCommand();
  const query = useBreakReasons();
  const [edited, setEdited] = useState<BreakReason | "new" | null>(null);
  const renew = (): void => void client.invalidateQueries({ predicate: ({ queryKey }) => ["desk-settings", "break-reasons", "changes"].includes(String(queryKey[0])) });
  const remove = (it: BreakReason): void => void run(() => saveBreakReason(it.code, { name: it.name, active: false })).then(renew);
  const columns: TableColumnsType<BreakReason> = [
    {
      key: "name",
      title: t("queue.name"),
      render: (_, row) => (
        <>
          <ReasonDot colour={row.colour} />
          <b>{local(row.name)}</b>
        </>
      ),
    },
    { key: "code", title: t("queue.code"), dataIndex: "code" },
    {
      key: "most",
      title: t("break_reason.most"),
      className: "num",
      render: (_, row) => (row.most_seconds > 0 ? `${Math.round(row.most_seconds / 6) / 10} ${t("break_reason.minutes")}` : <span className="quiet">{t("break_reason.no_limit")}</span>),
    },
    {
      key: "edit",
      title: "",
      width: 140,
      render: (_, row) => (
        <span className="row">
          <Button size="small" type="link" onClick={() => setEdited(row)}>
            {t("common.edit")}
          </Button>
          <Popconfirm title={t("choices.remove", { name: local(row.name) })} onConfirm={() => remove(row)}>
            <Button size="small" type="link" danger>
              {t("common.remove")}
            </Button>
          </Popconfirm>
        </span>
      ),
    },
  ];
  return (
    <div>
      <div className="row" style={{ marginBottom: 8 }}>
        <h3 style={{ margin: 0, fontSize: 13 }}>{t("choices.break_reason")}</h3>
        <span className="grow" />
        <Button size="small" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-break_reason">
          {t("choices.new_break_reason")}
        </Button>
      </div>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      <Table<BreakReason>
        size="small"
        rowKey="code"
        dataSource={(query.data ?? []).filter((it) => it.active)}
        columns={columns}
        loading={query.isPending}
        pagination={false}
        locale={{ emptyText: <Nothing title={t("choices.none")} /> }}
      />
      {edited && <ReasonDialog reason={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={renew} />}
    </div>
  );
}
