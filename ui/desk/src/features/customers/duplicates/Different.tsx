/** Pairs whom somebody said to be different, to think of it again. */
import type { ToldApart } from "@huying/api";
import { Button, Table } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Failure, Nothing } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useToldApart } from "@/server/duplicates";
import { Names } from "./Names";
import { useTellApart } from "./useTellApart";

const PAGE = 20;
const idsOf = (it: ToldApart): string[] => it.customers.map((one) => one.id);

export function Different(): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const [page, setPage] = useState(1);
  const { alike, busy } = useTellApart();
  const query = useToldApart({ limit: PAGE, offset: (page - 1) * PAGE }, true);
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Table<ToldApart>
      size="small"
      rowKey={(it) => idsOf(it).join()}
      dataSource={[...(query.data?.items ?? [])]}
      loading={query.isPending}
      scroll={{ x: 620 }}
      pagination={{ current: page, pageSize: PAGE, total: query.data?.total ?? 0, onChange: setPage, showSizeChanger: false, hideOnSinglePage: true }}
      locale={{ emptyText: <Nothing title={t("duplicates.none_different")} hint={t("duplicates.told_apart_hint")} /> }}
      columns={[
        { key: "who", title: t("nav.customers"), render: (_, row) => <Names customers={row.customers} /> },
        { key: "at", title: t("duplicates.at"), width: 180, render: (_, row) => times.dateTime(row.at) },
        {
          key: "act",
          title: "",
          width: 190,
          render: (_, row) => (
            <Button size="small" disabled={busy} onClick={() => void alike(idsOf(row))} data-testid="may-be-same">
              {t("duplicates.may_be_same")}
            </Button>
          ),
        },
      ]}
    />
  );
}
