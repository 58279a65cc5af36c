/** How contacts are closed: the tree of dispositions, and what each queue shows and asks for. */
import type { Disposition } from "@huying/api";
import { PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm, Table, Tag, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Loaded, Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { dispositionsKey, useDispositions } from "@/server/names";
import { saveDisposition } from "@/server/setup";
import { DispositionDialog } from "./DispositionDialog";
import { QueueDesks } from "./QueueDesks";

interface Node extends Disposition {
  readonly children?: readonly Node[];
}

function below(all: readonly Disposition[], parent: string | null): Node[] {
  return all
    .filter((it) => it.parent_id === parent && it.active)
    .map((it) => {
      const children = below(all, it.id);
      return children.length ? { ...it, children } : { ...it };
    });
}

export type Edited = { readonly disposition: Disposition | null; readonly parentId: string | null };

function Tree(props: { readonly all: readonly Disposition[]; readonly onEdit: (edited: Edited) => void; readonly renew: () => void }): ReactNode {
  const { t, local } = useTexts();
  const { run } = useCommand();
  const remove = (it: Disposition): void => {
    const { name, parent_id, position, note_required, follow_up_required, date_required } = it;
    void run(() => saveDisposition(it.code, { name, parent_id, position, note_required, follow_up_required, date_required, active: false })).then(props.renew);
  };
  const asks = (it: Disposition): string[] => [it.note_required && "note", it.follow_up_required && "follow_up", it.date_required && "date"].filter((one) => one !== false);
  const columns: TableColumnsType<Node> = [
    { key: "name", title: t("queue.name"), render: (_, row) => <b>{local(row.name)}</b> },
    { key: "code", title: t("queue.code"), dataIndex: "code", width: 160 },
    { key: "asks", title: t("dispositions.asks"), width: 240, render: (_, row) => asks(row).map((one) => <Tag key={one}>{t(`dispositions.${one}`)}</Tag>) },
    {
      key: "do",
      title: "",
      width: 230,
      render: (_, row) => (
        <span className="row">
          <Button size="small" type="link" onClick={() => props.onEdit({ disposition: null, parentId: row.id })} data-testid={`add-below-${row.code}`}>
            {t("dispositions.add_below")}
          </Button>
          <Button size="small" type="link" onClick={() => props.onEdit({ disposition: row, parentId: row.parent_id })} data-testid={`edit-${row.code}`}>
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
    <Table<Node>
      size="small"
      rowKey="id"
      dataSource={below(props.all, null)}
      columns={columns}
      pagination={false}
      expandable={{ defaultExpandAllRows: true }}
      locale={{ emptyText: <Nothing title={t("choices.none")} hint={t("dispositions.none_hint")} /> }}
    />
  );
}

export default function DispositionsPage(): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const query = useDispositions();
  const [edited, setEdited] = useState<Edited | null>(null);
  const renew = (): void => void client.invalidateQueries({ predicate: ({ queryKey }) => [dispositionsKey[0], "desk-settings", "changes"].includes(String(queryKey[0])) });
  return (
    <div className="page" data-testid="dispositions-page">
      <div className="page-head">
        <h1>{t("choices.disposition")}</h1>
        <span className="grow" />
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited({ disposition: null, parentId: null })} data-testid="new-disposition">
          {t("choices.new_disposition")}
        </Button>
      </div>
      <Loaded query={query}>
        {(page) => (
          <>
            <section className="panel">
              <Tree all={page.items} onEdit={setEdited} renew={renew} />
            </section>
            <QueueDesks all={page.items} desks={page.queues} renew={renew} />
            {edited && <DispositionDialog edited={edited} all={page.items} onClose={() => setEdited(null)} onSaved={renew} />}
          </>
        )}
      </Loaded>
    </div>
  );
}
