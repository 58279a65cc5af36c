/** A list of the business's own reasons: adding, changing, taking away, and putting in order where there is one. */
import { ArrowDownOutlined, ArrowUpOutlined, PlusOutlined } from "@ant-design/icons";
import { useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { Button, Form, Input, Popconfirm, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { Failure, Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { NameFields, namesOf, type NameInputs } from "./NameFields";
import { CODE } from "./names";

export interface Reason {
  readonly code: string;
  readonly name: Readonly<Record<string, string>>;
  readonly active: boolean;
  readonly position?: number;
}
export type ReasonFields = NameInputs & { readonly code: string };
/** What is stored of every reason. */
export interface Stored {
  readonly name: Record<string, string>;
  readonly active: boolean;
  readonly position?: number;
}

interface ReasonListProps<T extends Reason, F extends ReasonFields> {
  readonly kind: "break_reason" | "refusal_reason";
  readonly query: UseQueryResult<T[]>;
  /** The query's key beside those of the desk's settings and of changes. */
  readonly queryKey: string;
  readonly store: (code: string, stored: Stored, fields?: F) => Promise<unknown>;
  /** Of the form beside code and names. */
  readonly initial: (reason: T | null) => Partial<F>;
  readonly fields?: ReactNode;
  readonly sign?: (reason: T) => ReactNode;
  readonly columns?: TableColumnsType<T>;
  readonly ordered?: boolean;
  readonly testId: string;
}

type DialogProps<T extends Reason, F extends ReasonFields> = ReasonListProps<T, F> & { readonly reason: T | null; readonly onClose: () => void; readonly onSaved: () => void };

function ReasonDialog<T extends Reason, F extends ReasonFields>(props: DialogProps<T, F>): ReactNode {
  const { t, local } = useTexts();
  const { reason, kind, testId } = props;
  const named = reason ? { code: reason.code, name_zh: reason.name["zh-CN"] ?? "", name_en: reason.name.en ?? "" } : {};
  return (
    <FormDialog<F>
      title={reason ? local(reason.name) : t(`choices.new_${kind}`)}
      initial={{ ...props.initial(reason), ...named }}
      onSave={(fields) => props.store(fields.code, { name: namesOf(fields), active: true }, fields)}
      onSaved={props.onSaved}
      onClose={props.onClose}
      testId={testId}
    >
      <NameFields />
      <Form.Item name="code" label={t("queue.code")} extra={t("queue.code_hint")} rules={[{ required: true, pattern: CODE, message: t("queue.code_hint") }]}>
        <Input disabled={reason !== null} data-testid={`${testId}-code`} />
      </Form.Item>
      {props.fields}
    </FormDialog>
  );
}

export function ReasonList<T extends Reason, F extends ReasonFields = ReasonFields>(props: ReasonListProps<T, F>): ReactNode {
  const { t, local } = useTexts();
  const client = useQueryClient();
  const { run, busy } = useCommand();
  const { kind, query, ordered = false } = props;
  const [edited, setEdited] = useState<T | "new" | null>(null);
  const shown = (query.data ?? []).filter((it) => it.active);
  const renew = (): void => void client.invalidateQueries({ predicate: ({ queryKey }) => ["desk-settings", props.queryKey, "changes"].includes(String(queryKey[0])) });
  const remove = (it: T): void => void run(() => props.store(it.code, { name: it.name, active: false })).then(renew);
  /** Every one gets its place anew where it is not there already. */
  const move = (from: number, to: number): void => {
    const order = [...shown];
    order.splice(to, 0, ...order.splice(from, 1));
    const places = order.map((it, position) => ({ it, position })).filter(({ it, position }) => it.position !== position);
    void run(async () => {
      for (const { it, position } of places) await props.store(it.code, { name: it.name, active: true, position });
    }).then(renew);
  };
  const columns: TableColumnsType<T> = [
    {
      key: "name",
      title: t("queue.name"),
      render: (_, row) => (
        <>
          {props.sign?.(row)}
          <b>{local(row.name)}</b>
        </>
      ),
    },
    { key: "code", title: t("queue.code"), dataIndex: "code" },
    ...(props.columns ?? []),
    {
      key: "edit",
      title: "",
      width: ordered ? 220 : 140,
      render: (_, row, index) => (
        <span className="row" data-testid={`${props.testId}-reason-${row.code}`}>
          {ordered && <Button size="small" icon={<ArrowUpOutlined />} aria-label={t("own_field.up")} disabled={index === 0 || busy} onClick={() => move(index, index - 1)} />}
          {ordered && <Button size="small" icon={<ArrowDownOutlined />} aria-label={t("own_field.down")} disabled={index === shown.length - 1 || busy} onClick={() => move(index, index + 1)} />}
          <Button size="small" type="link" onClick={() => setEdited(row)}>
            {t("common.edit")}
          </Button>
          <Popconfirm title={t("choices.remove", { name: local(row.name) })} onConfirm={() => remove(row)}>
            <Button size="small" type="link" danger data-testid={`${props.testId}-remove-${row.code}`}>
              {t("common.remove")}
            </Button>
          </Popconfirm>
        </span>
      ),
    },
  ];
  return (
    <div style={ordered ? { marginTop: 24 } : {}}>
      <div className="row" style={{ marginBottom: 8 }}>
        <h3 style={{ margin: 0, fontSize: 13 }}>{t(`choices.${kind}`)}</h3>
        <span className="grow" />
        <Button size="small" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid={`new-${kind}`}>
          {t(`choices.new_${kind}`)}
        </Button>
      </div>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      <Table<T>
        size="small"
        rowKey="code"
        dataSource={shown}
        columns={columns}
        loading={query.isPending}
        pagination={false}
        locale={{ emptyText: <Nothing title={t("choices.none")} /> }}
      />
      {edited && <ReasonDialog<T, F> {...props} reason={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={renew} />}
    </div>
  );
}
