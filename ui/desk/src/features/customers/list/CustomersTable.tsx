/** The customers found: what was typed is marked, arrows and Enter choose. */
import type { CustomerLine } from "@huying/api";
import { Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { openable } from "@/parts/openable";
import { ClassPill, Pill } from "@/parts/pills";
import { Failure, Nothing } from "@/parts/states";
import type { useCustomers } from "@/server/customers";
import { TagPill } from "../card/Tags";
import css from "./List.module.css";
import { Marked, MarkedNumber } from "./Marked";

export const PAGE = 50;
/** What has a column of its own; anything else that was met is told beside the name. */
const SHOWN = new Set(["name", "number", "company", "code"]);

interface TableProps {
  readonly query: ReturnType<typeof useCustomers>;
  readonly typed: string;
  readonly page: number;
  readonly chosen: number;
  readonly onPage: (page: number) => void;
  readonly onOpen: (id: string) => void;
}

function Name(props: { readonly row: CustomerLine; readonly typed: string }): ReactNode {
  const { code } = useTexts();
  const { row, typed } = props;
  const sounds = row.matched.some((it) => it.kind === "pinyin" || it.kind === "initials");
  const others = row.matched.filter((it) => !SHOWN.has(it.kind) && it.kind !== "pinyin" && it.kind !== "initials");
  return (
    <span className="row">
      <b className="ellipsis" title={row.name}>
        <Marked text={row.name} typed={typed} whole={sounds} />
      </b>
      {others.map((it) => (
        <span key={`${it.kind}-${it.text}`} className="quiet ellipsis">
          {code("matched", it.kind)} <Marked text={it.text} typed={typed} />
        </span>
      ))}
    </span>
  );
}

function useColumns(typed: string): TableColumnsType<CustomerLine> {
  const { t } = useTexts();
  const numberOf = (row: CustomerLine): string | undefined => row.matched.find((it) => it.kind === "number")?.text ?? row.numbers[0]?.number;
  return [
    { key: "name", title: t("customer.name"), ellipsis: true, render: (_, row) => <Name row={row} typed={typed} /> },
    { key: "class", title: t("customer.class"), width: 80, render: (_, row) => <ClassPill value={row.class} /> },
    { key: "company", title: t("customer.company"), ellipsis: true, render: (_, row) => (row.company ? <Marked text={row.company.name} typed={typed} /> : "") },
    {
      key: "numbers",
      title: t("customer.numbers"),
      width: 180,
      className: "num",
      ellipsis: true,
      render: (_, row) => {
        const number = numberOf(row);
        return (
          <>
            {number && <MarkedNumber number={number} typed={typed} />} {row.numbers.length > 1 && <span className="quiet">+{row.numbers.length - 1}</span>}
          </>
        );
      },
    },
    { key: "code", title: t("customer.code"), width: 120, ellipsis: true, render: (_, row) => <Marked text={row.code} typed={typed} /> },
    { key: "address", title: t("customer.address"), ellipsis: true, dataIndex: "address" },
    {
      key: "marks",
      title: t("customer.marks"),
      width: 220,
      render: (_, row) => (
        <span className="row wrap" style={{ gap: 4 }}>
          {row.do_not_call && <Pill tone="bad">{t("customer.do_not_call")}</Pill>}
          {row.tags.slice(0, 3).map((it) => (
            <TagPill key={it.id} name={it.name} colour={it.colour} />
          ))}
        </span>
      ),
    },
  ];
}

export function CustomersTable(props: TableProps): ReactNode {
  const { t } = useTexts();
  const { query, typed } = props;
  const columns = useColumns(typed);
  const data = query.data;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Table<CustomerLine>
      size="small"
      rowKey="id"
      dataSource={[...(data?.items ?? [])]}
      columns={columns}
      loading={{ spinning: query.isPending || query.isPlaceholderData, delay: 150 }}
      scroll={{ x: 960 }}
      pagination={{
        current: props.page,
        pageSize: PAGE,
        total: data?.total ?? 0,
        onChange: props.onPage,
        showSizeChanger: false,
        showTotal: (total) => t(data?.more ? "customers.more" : "common.total", { total }),
        style: { padding: "0 12px" },
      }}
      locale={{ emptyText: query.data ? <Nothing title={t("customers.empty")} hint={t("customers.empty_hint")} /> : " " }}
      rowClassName={(_, index) => (index === props.chosen ? (css.chosen ?? "") : "")}
      onRow={(row) => openable(() => props.onOpen(row.id), "customer-row")}
    />
  );
}
