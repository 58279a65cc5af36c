/** Customers who may be the same, group by group, to compare and merge, or to say that they are different. */
import type { LikelySame } from "@huying/api";
import { Button, Segmented, Table } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { Failure, Nothing } from "@/parts/states";
import { useDuplicates } from "@/server/duplicates";
import { Different } from "./Different";
import { MergeDialog } from "./MergeDialog";
import { Names } from "./Names";
import { useTellApart } from "./useTellApart";

const PAGE = 20;
const idsOf = (it: LikelySame): string[] => it.customers.map((one) => one.id);

function MayBeSame(): ReactNode {
  const { t, code } = useTexts();
  const [page, setPage] = useState(1);
  const [merging, setMerging] = useState<readonly string[] | null>(null);
  const { apart, busy } = useTellApart();
  const query = useDuplicates({ limit: PAGE, offset: (page - 1) * PAGE });
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <Table<LikelySame>
        size="small"
        rowKey={(it) => idsOf(it).join()}
        dataSource={[...(query.data?.items ?? [])]}
        loading={query.isPending}
        scroll={{ x: 760 }}
        pagination={{ current: page, pageSize: PAGE, total: query.data?.total ?? 0, onChange: setPage, showSizeChanger: false, hideOnSinglePage: true }}
        locale={{ emptyText: <Nothing title={t("duplicates.none")} /> }}
        columns={[
          { key: "who", title: t("nav.customers"), render: (_, row) => <Names customers={row.customers} /> },
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
            width: 290,
            render: (_, row) => (
              <div className="row">
                <Button size="small" onClick={() => setMerging(idsOf(row))} data-testid="compare">
                  {t("duplicates.compare")}
                </Button>
                <Button size="small" disabled={busy} onClick={() => void apart(idsOf(row))} data-testid="tell-apart">
                  {t("duplicates.different")}
                </Button>
              </div>
            ),
          },
        ]}
      />
      {merging && <MergeDialog ids={merging} onClose={() => setMerging(null)} onMerged={() => setMerging(null)} />}
    </>
  );
}

export default function DuplicatesPage(): ReactNode {
  const { t } = useTexts();
  const [shown, setShown] = useState("same");
  const options = [
    { value: "same", label: t("duplicates.title") },
    { value: "different", label: <span data-testid="show-different">{t("duplicates.said_different")}</span> },
  ];
  return (
    <section className="panel">
      <header>
        <h2>{t("customers.part_duplicates")}</h2>
        <Segmented size="small" options={options} value={shown} onChange={setShown} />
        <span className="quiet ellipsis">{t("duplicates.hint")}</span>
      </header>
      {shown === "same" ? <MayBeSame /> : <Different />}
    </section>
  );
}
