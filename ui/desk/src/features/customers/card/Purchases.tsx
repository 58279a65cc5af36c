/** What a customer bought, the newest first. */
import type { Purchase } from "@huying/api";
import { Table } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Loaded, Nothing } from "@/parts/states";
import { usePurchases } from "@/server/customers";

const itemsOf = (it: Purchase): string => it.items.map((one) => [one.name, one.quantity && one.quantity !== 1 ? `×${one.quantity}` : ""].filter(Boolean).join(" ")).join(", ");

export function Purchases(props: { readonly customerId: string }): ReactNode {
  const { t } = useTexts();
  return (
    <Loaded query={usePurchases(props.customerId)}>
      {(page) => (
        <Table<Purchase>
          size="small"
          rowKey="id"
          dataSource={[...page.items]}
          pagination={false}
          locale={{ emptyText: <Nothing title={t("purchase.none")} /> }}
          columns={[
            { key: "day", title: t("purchase.day"), dataIndex: "day", width: 110, className: "num" },
            { key: "number", title: t("purchase.number"), dataIndex: "number", width: 140, ellipsis: true },
            { key: "items", title: t("purchase.items"), ellipsis: true, render: (_, row) => itemsOf(row) },
            { key: "amount", title: t("purchase.amount"), width: 120, align: "right", className: "num", render: (_, row) => (row.amount === null ? "" : `${row.amount} ${row.currency}`) },
            { key: "note", title: t("customer.note"), dataIndex: "note", ellipsis: true },
          ]}
        />
      )}
    </Loaded>
  );
}
