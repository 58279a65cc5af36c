/** What a customer bought, the newest first; to add, change and take away for those who may. */
import { PlusOutlined } from "@ant-design/icons";
import type { Purchase, PurchaseInput } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm, Table } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Loaded, Nothing } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { addPurchase, changePurchase, removePurchase, usePurchases } from "@/server/customers";
import { useMay } from "@/server/session";
import { PurchaseForm } from "./PurchaseForm";

const PAGE = 20;
const itemsOf = (it: Purchase): string => it.items.map((one) => [one.name, one.quantity && one.quantity !== 1 ? `×${one.quantity}` : ""].filter(Boolean).join(" ")).join(", ");
const amountOf = (it: Purchase): string => (it.amount === null ? "" : `${it.amount.toFixed(2)} ${it.currency}`);

export function Purchases(props: { readonly customerId: string }): ReactNode {
  const { t } = useTexts();
  const mayEdit = useMay()("customers.edit");
  const client = useQueryClient();
  const { run } = useCommand();
  const [page, setPage] = useState(1);
  const [edited, setEdited] = useState<Purchase | "new" | null>(null);
  const query = usePurchases(props.customerId, { limit: PAGE, offset: (page - 1) * PAGE });
  const renew = async (): Promise<void> => {
    setEdited(null);
    await client.invalidateQueries({ queryKey: ["customers", props.customerId, "purchases"] });
  };
  const submit = async (input: PurchaseInput): Promise<void> => {
    await (edited === "new" || edited === null ? addPurchase(props.customerId, input) : changePurchase(edited.id, input));
    await renew();
  };
  const acts = (row: Purchase): ReactNode => (
    <span className="row" style={{ gap: 0 }}>
      <Button size="small" type="link" onClick={() => setEdited(row)} data-testid="edit-purchase">
        {t("common.edit")}
      </Button>
      <Popconfirm title={t("purchase.remove")} onConfirm={() => void run(() => removePurchase(row.id)).then(renew)} okButtonProps={{ "data-testid": "remove-purchase-yes" }}>
        <Button size="small" type="link" danger data-testid="remove-purchase">
          {t("common.remove")}
        </Button>
      </Popconfirm>
    </span>
  );
  return (
    <div style={{ display: "flex", flexDirection: "column", gap: 12 }}>
      <Loaded query={query}>
        {(found) => (
          <Table<Purchase>
            size="small"
            rowKey="id"
            dataSource={[...found.items]}
            pagination={{ current: page, pageSize: PAGE, total: found.total, onChange: setPage, showSizeChanger: false, hideOnSinglePage: true }}
            locale={{ emptyText: <Nothing title={t("purchase.none")} /> }}
            columns={[
              { key: "date", title: t("purchase.day"), dataIndex: "date", width: 110, className: "num" },
              { key: "number", title: t("purchase.number"), dataIndex: "number", width: 140, ellipsis: true },
              { key: "items", title: t("purchase.items"), ellipsis: true, render: (_, row) => itemsOf(row) },
              { key: "amount", title: t("purchase.amount"), width: 130, align: "right", className: "num", render: (_, row) => amountOf(row) },
              { key: "note", title: t("customer.note"), dataIndex: "note", ellipsis: true },
              ...(mayEdit ? [{ key: "acts", title: "", width: 140, render: (_: unknown, row: Purchase) => acts(row) }] : []),
            ]}
          />
        )}
      </Loaded>
      {edited && <PurchaseForm key={edited === "new" ? "new" : edited.id} {...(edited === "new" ? {} : { initial: edited })} onSubmit={submit} onCancel={() => setEdited(null)} />}
      {!edited && mayEdit && (
        <Button type="dashed" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="add-purchase">
          {t("purchase.add")}
        </Button>
      )}
    </div>
  );
}
