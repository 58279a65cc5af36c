/** Classes of customers: what each has ahead of others. */
import type { CustomerClass } from "@huying/api";
import { Button, Form, InputNumber, Table } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { clock } from "@/parts/format";
import { FormDialog } from "@/parts/FormDialog";
import { ClassPill } from "@/parts/pills";
import { Loaded } from "@/parts/states";
import { saveClass, useCustomerClasses, useRenewCallers } from "@/server/callers";
import { NameFields, namesOf, type NameInputs } from "../NameFields";

type Fields = NameInputs & { readonly rank: number; readonly head_start_seconds: number };

function ClassDialog(props: { readonly of: CustomerClass; readonly onClose: () => void; readonly onSaved: () => void }): ReactNode {
  const { t, local } = useTexts();
  const { of } = props;
  const initial: Fields = { name_zh: of.name["zh-CN"] ?? "", name_en: of.name.en ?? "", rank: of.rank, head_start_seconds: of.head_start_seconds };
  const store = (fields: Fields): Promise<unknown> => saveClass(of.code, { name: namesOf(fields), rank: fields.rank, head_start_seconds: fields.head_start_seconds });
  return (
    <FormDialog<Fields> title={local(of.name)} initial={initial} onSave={store} onSaved={props.onSaved} onClose={props.onClose} testId="class">
      <NameFields />
      <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 16 }}>
        <Form.Item name="rank" label={t("callers.rank")} extra={t("callers.rank_hint")} rules={[{ required: true, message: t("common.missing") }]}>
          <InputNumber min={0} max={1000} precision={0} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="head_start_seconds" label={t("callers.head_start")} extra={t("callers.head_start_hint")} rules={[{ required: true, message: t("common.missing") }]}>
          <InputNumber min={0} max={86_400} precision={0} style={{ width: "100%" }} data-testid="class-head-start" />
        </Form.Item>
      </div>
    </FormDialog>
  );
}

export function Classes(): ReactNode {
  const { t, local } = useTexts();
  const query = useCustomerClasses();
  const renew = useRenewCallers();
  const [edited, setEdited] = useState<CustomerClass | null>(null);
  return (
    <section className="panel">
      <header>
        <h2>{t("callers.classes")}</h2>
        <span className="quiet ellipsis">{t("callers.classes_hint")}</span>
      </header>
      <Loaded query={query}>
        {(classes) => (
          <Table<CustomerClass>
            size="small"
            rowKey="code"
            dataSource={[...classes]}
            pagination={false}
            columns={[
              { key: "name", title: t("queue.name"), render: (_, row) => <b>{local(row.name)}</b> },
              { key: "pill", title: t("callers.shown_as"), render: (_, row) => <ClassPill value={row.code} /> },
              { key: "rank", title: t("callers.rank"), dataIndex: "rank", align: "right", className: "num" },
              { key: "head", title: t("callers.head_start_time"), align: "right", className: "num", render: (_, row) => clock(row.head_start_seconds) },
              {
                key: "edit",
                title: "",
                width: 80,
                render: (_, row) => (
                  <Button size="small" type="link" onClick={() => setEdited(row)} data-testid={`class-${row.code}`}>
                    {t("common.edit")}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {edited && <ClassDialog of={edited} onClose={() => setEdited(null)} onSaved={renew} />}
    </section>
  );
}
