/** All articles, also drafts: found by title, narrowed by state and language. */
import { PlusOutlined } from "@ant-design/icons";
import type { EditedLine } from "@huying/api";
import { Button, Segmented, Select, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { SearchBox } from "@/parts/SearchBox";
import { useAction } from "@/parts/shortcuts";
import { Failure, Nothing } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useDebounced } from "@/parts/useDebounced";
import { useEditedList, type EditedFilter, type Language } from "@/server/knowledge";
import { useNames } from "@/server/names";
import { StatePill } from "./StatePill";

const PAGE = 50;
const STATES = ["", "draft", "changed", "published", "withdrawn"] as const;
type State = NonNullable<EditedFilter["status"]>;

function useColumns(onOpen: (id: string) => void): TableColumnsType<EditedLine> {
  const { t, code } = useTexts();
  const names = useNames();
  const times = useTimes();
  const title = (row: EditedLine): ReactNode => (
    <button type="button" className="link" style={{ textAlign: "start" }} lang={row.language} onClick={() => onOpen(row.id)} data-testid="edit-article">
      {row.title}
    </button>
  );
  return [
    { key: "title", title: code("article_field", "title"), render: (_, row) => title(row) },
    { key: "state", title: t("article_edit.status"), width: 130, render: (_, row) => <StatePill article={row} /> },
    { key: "language", title: t("article_edit.language"), width: 90, render: (_, row) => code("article_language", row.language) },
    { key: "category", title: code("article_field", "category"), width: 140, ellipsis: true, dataIndex: "category" },
    { key: "queues", title: code("article_field", "queue_ids"), width: 190, ellipsis: true, render: (_, row) => row.queue_ids.map(names.queue).join(", ") },
    { key: "helped", title: t("article_edit.helped"), width: 120, align: "right", render: (_, row) => <span className="num">{`${row.helped} / ${row.not_helped}`}</span> },
    { key: "changed", title: t("article_edit.changed"), width: 160, render: (_, row) => <span className="num">{times.dateTime(row.changed_at)}</span> },
  ];
}

export function ArticlesTable(props: { readonly onOpen: (id: string) => void }): ReactNode {
  const { t, code } = useTexts();
  const [typed, setTyped] = useState("");
  const [status, setStatus] = useState<State>("");
  const [language, setLanguage] = useState<Language | undefined>();
  const [page, setPage] = useState(1);
  const search = useDebounced(typed.trim(), 200);
  const columns = useColumns(props.onOpen);
  const query = useEditedList({ search, status, ...(language ? { language } : {}), limit: PAGE, offset: (page - 1) * PAGE });
  useAction("article_edit.new", () => props.onOpen("new"));
  const narrow = (change: () => void): void => {
    change();
    setPage(1);
  };
  return (
    <>
      <div className="page-head">
        <h1>{t("nav.knowledge")}</h1>
        <SearchBox value={typed} onChange={(value) => narrow(() => setTyped(value))} placeholder={t("article_edit.search")} width={250} />
        <Segmented<State>
          value={status}
          onChange={(value) => narrow(() => setStatus(value))}
          aria-label={t("article_edit.status")}
          options={STATES.map((value) => ({ value, label: <span data-testid={`articles-${value || "all"}`}>{value ? code("article_status", value) : t("article_edit.all")}</span> }))}
        />
        <Select<Language>
          allowClear
          placeholder={t("article_edit.language")}
          aria-label={t("article_edit.language")}
          value={language ?? null}
          onChange={(value: Language | undefined) => narrow(() => setLanguage(value))}
          options={(["zh-CN", "en"] as const).map((value) => ({ value, label: code("article_language", value) }))}
          style={{ width: 110 }}
        />
        <span className="grow" />
        <Button type="primary" icon={<PlusOutlined />} onClick={() => props.onOpen("new")} data-testid="new-article">
          {t("article_edit.new")}
        </Button>
      </div>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {!(query.error && !query.data) && (
        <section className="panel">
          <Table<EditedLine>
            size="small"
            rowKey="id"
            dataSource={query.data?.items ?? []}
            columns={columns}
            loading={query.isPending}
            scroll={{ x: 900 }}
            pagination={{ current: page, pageSize: PAGE, total: query.data?.total ?? 0, hideOnSinglePage: true, showSizeChanger: false, onChange: setPage }}
            locale={{ emptyText: <Nothing title={t("article_edit.none")} hint={t("article_edit.none_hint")} /> }}
          />
        </section>
      )}
    </>
  );
}
