/** The internal numbers of the house: queues and flows, the extensions of agents, parking slots. A flow's is given here. */
import type { InnerNumber, InnerNumbers as Numbers } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { Link } from "react-router";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { Loaded, Nothing } from "@/parts/states";
import { innerNumbersKey, saveFlowNumber, useInnerNumbers } from "@/server/keypad";

interface Fields {
  readonly number?: string;
}

function NumberDialog(props: { readonly flow: InnerNumber; readonly onClose: () => void; readonly onSaved: () => void }): ReactNode {
  const { t, local } = useTexts();
  const { flow } = props;
  return (
    <FormDialog<Fields>
      title={t("inner.of_flow", { name: local(flow.name) })}
      initial={{ number: flow.number }}
      onSave={({ number }) => saveFlowNumber(flow.id, number?.trim() ?? "")}
      onSaved={props.onSaved}
      onClose={props.onClose}
      testId="flow-number"
    >
      <Form.Item name="number" label={t("field.internal_number")} extra={t("inner.flow_hint")}>
        <Input autoFocus maxLength={8} inputMode="numeric" style={{ width: 160 }} data-testid="flow-number-input" />
      </Form.Item>
    </FormDialog>
  );
}

function Ranges({ numbers }: { readonly numbers: Numbers }): ReactNode {
  const { t } = useTexts();
  const { extensions, slots } = numbers;
  const shown = extensions.map((it) => (it.first === it.last ? it.first : `${it.first}–${it.last}`));
  return (
    <dl className="row-wrap" style={{ margin: "0 0 12px", columnGap: 8 }}>
      <dt className="quiet">{t("inner.extensions")}</dt>
      <dd style={{ margin: 0 }} data-testid="inner-extensions">
        {shown.join(", ") || "–"}
      </dd>
      <dt className="quiet">{t("inner.slots")}</dt>
      <dd style={{ margin: 0 }} data-testid="inner-slots">{`${slots.first}–${slots.last}`}</dd>
    </dl>
  );
}

export function InnerNumbers(): ReactNode {
  const { t, local } = useTexts();
  const query = useInnerNumbers();
  const client = useQueryClient();
  const [open, setOpen] = useState<InnerNumber | null>(null);
  const saved = (): void => void client.invalidateQueries({ predicate: ({ queryKey }) => [innerNumbersKey[0], "changes", "targets"].includes(String(queryKey[0])) });
  const columns: TableColumnsType<InnerNumber> = [
    { key: "number", title: t("field.internal_number"), width: 150, render: (_, it) => (it.number ? <code data-testid={`inner-${it.code}`}>{it.number}</code> : <span className="quiet">{t("inner.none")}</span>) },
    { key: "kind", title: t("inner.kind"), width: 110, render: (_, it) => t(`inner.${it.kind}`) },
    { key: "name", title: t("queue.name"), render: (_, it) => local(it.name) },
    {
      key: "do",
      width: 130,
      render: (_, it) =>
        it.kind === "flow" ? (
          <Button size="small" aria-label={`${t("common.edit")}: ${local(it.name)}`} onClick={() => setOpen(it)} data-testid={`edit-inner-${it.code}`}>
            {t("common.edit")}
          </Button>
        ) : (
          <Link to="/admin/queues">{t("inner.in_queue")}</Link>
        ),
    },
  ];
  return (
    <section className="panel" aria-label={t("inner.title")} data-testid="inner-numbers">
      <div className="body">
        <h2>{t("inner.title")}</h2>
        <p className="quiet" style={{ marginTop: 0, maxWidth: "80ch" }}>
          {t("inner.hint")}
        </p>
        <Loaded query={query}>
          {(found) => (
            <>
              <Ranges numbers={found} />
              <Table<InnerNumber>
                size="small"
                rowKey="id"
                columns={columns}
                dataSource={found.items}
                pagination={found.items.length > 50 ? { pageSize: 50 } : false}
                scroll={{ x: "max-content" }}
                locale={{ emptyText: <Nothing title={t("inner.nothing")} /> }}
              />
            </>
          )}
        </Loaded>
      </div>
      {open && <NumberDialog flow={open} onClose={() => setOpen(null)} onSaved={saved} />}
    </section>
  );
}
