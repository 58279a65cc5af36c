/** Entries of the address book: of the company, of one's teams, or one's own. */
import { EditOutlined, PhoneOutlined, PlusOutlined } from "@ant-design/icons";
import type { AddressEntry } from "@huying/api";
import { Button, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { Failure, Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { useNames } from "@/server/names";
import { useMay } from "@/server/session";
import { dialTarget, useEntries } from "@/server/targets";
import { EntryDialog } from "./EntryDialog";

const PAGE = 50;

export function Entries(props: { readonly scope: AddressEntry["scope"]; readonly search: string }): ReactNode {
  const { t } = useTexts();
  const names = useNames();
  const may = useMay();
  const { run, busy } = useCommand();
  const [page, setPage] = useState(1);
  const [edited, setEdited] = useState<AddressEntry | "new" | null>(null);
  const query = useEntries({ search: props.search, scope: props.scope, limit: PAGE, offset: (page - 1) * PAGE });
  const mayAdd = props.scope === "own" || may(props.scope === "company" ? "settings.manage" : "agents.steer");
  const number = (value: string): ReactNode =>
    value && (
      <span className="row">
        <Button size="small" icon={<PhoneOutlined />} loading={busy} onClick={() => void run((knowing) => dialTarget({ kind: "number", id: null, number: value }, knowing))} aria-label={t("book.call", { name: value })} />
        <span className="num">{phoneNumber(value)}</span>
      </span>
    );
  const columns: TableColumnsType<AddressEntry> = [
    { key: "name", title: t("book.name"), ellipsis: true, render: (_, row) => row.name },
    { key: "organisation", title: t("book.organisation"), ellipsis: true, render: (_, row) => row.organisation },
    ...(props.scope === "team" ? [{ key: "group", title: t("book.group"), width: 130, ellipsis: true, render: (_: unknown, row: AddressEntry) => (row.group_id ? names.group(row.group_id) : "") }] : []),
    { key: "number", title: t("book.number"), width: 200, render: (_, row) => number(row.number) },
    { key: "other", title: t("book.other_number"), width: 200, render: (_, row) => number(row.other_number) },
    { key: "note", title: t("book.note"), ellipsis: true, render: (_, row) => row.note },
    {
      key: "edit",
      title: "",
      width: 50,
      render: (_, row) => row.may_change && <Button size="small" type="text" icon={<EditOutlined />} onClick={() => setEdited(row)} aria-label={t("common.edit")} data-testid="edit-entry" />,
    },
  ];
  return (
    <section className="panel" data-testid="entries">
      {mayAdd && (
        <header>
          <span className="grow" />
          <Button size="small" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-entry">
            {t("book.add")}
          </Button>
        </header>
      )}
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      <Table<AddressEntry>
        size="small"
        rowKey="id"
        dataSource={query.data?.items ?? []}
        columns={columns}
        loading={query.isPending}
        pagination={{ current: page, pageSize: PAGE, total: query.data?.total ?? 0, onChange: setPage, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Nothing title={t("book.empty")} hint={t(mayAdd ? "book.empty_hint" : "book.empty_others")} /> }}
      />
      {edited && <EntryDialog scope={props.scope} entry={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </section>
  );
}
