/** Customers who may be the same, group by group, to compare and merge. */
import type { LikelySame } from "@huying/api";
import { Button, Table } from "antd";
import { useState, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { Failure, Nothing } from "@/parts/states";
import { useDuplicates } from "@/server/duplicates";
import { MergeDialog } from "./MergeDialog";

const PAGE = 20;
const keyOf = (it: LikelySame): string => it.customers.map((one) => one.id).join("-");

export default function DuplicatesPage(): ReactNode {
  const { t, code } = useTexts();
  const navigate = useNavigate();
  const [page, setPage] = useState(1);
  const [merging, setMerging] = useState<readonly string[] | null>(null);
  const query = useDuplicates({ limit: PAGE, offset: (page - 1) * PAGE });
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <section className="panel">
      <header>
        <h2>{t("duplicates.title")}</h2>
        <span className="quiet ellipsis">{t("duplicates.hint")}</span>
      </header>
      <Table<LikelySame>
        size="small"
        rowKey={keyOf}
        dataSource={[...(query.data?.items ?? [])]}
        loading={query.isPending}
        pagination={{ current: page, pageSize: PAGE, total: query.data?.total ?? 0, onChange: setPage, showSizeChanger: false, hideOnSinglePage: true }}
        locale={{ emptyText: <Nothing title={t("duplicates.none")} /> }}
        columns={[
          {
            key: "who",
            title: t("nav.customers"),
            render: (_, row) =>
              row.customers.map((it) => (
                <div key={it.id} className="row">
                  <button type="button" className="link" style={{ flex: "none" }} onClick={() => void navigate(`/customers/${it.id}`)}>
                    {it.name}
                  </button>
                  <span className="quiet ellipsis">{[it.code, it.company?.name, phoneNumber(it.numbers[0]?.number), it.address].filter(Boolean).join(" · ")}</span>
                </div>
              )),
          },
          {
            key: "why",
            title: t("duplicates.why"),
            width: 260,
            render: (_, row) =>
              row.reasons.map((it) => (
                <div key={`${it.kind}-${it.text}`}>
                  {code("duplicate_reason", it.kind)} <span className="quiet">{it.kind === "number" ? phoneNumber(it.text) : it.text}</span>
                </div>
              )),
          },
          {
            key: "act",
            title: "",
            width: 150,
            render: (_, row) => (
              <Button size="small" onClick={() => setMerging(row.customers.map((it) => it.id))} data-testid="compare">
                {t("duplicates.compare")}
              </Button>
            ),
          },
        ]}
      />
      {merging && <MergeDialog ids={merging} onClose={() => setMerging(null)} onMerged={() => setMerging(null)} />}
    </section>
  );
}
