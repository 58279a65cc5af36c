/** Customers: find, open, add. */
import { UserAddOutlined } from "@ant-design/icons";
import type { Customer, CustomerInput } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Drawer, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { useNavigate, useParams } from "react-router";
import { useTexts } from "@/i18n";
import { CustomerForm } from "@/parts/customer/CustomerForm";
import { phoneNumber } from "@/parts/format";
import { ClassPill } from "@/parts/pills";
import { SearchBox } from "@/parts/SearchBox";
import { Failure, Nothing } from "@/parts/states";
import { useDebounced } from "@/parts/useDebounced";
import { addCustomer, useCustomers } from "@/server/customers";
import { useMay } from "@/server/session";
import { CustomerDrawer } from "./CustomerDrawer";
import { ExportCustomers } from "./ExportCustomers";

const PAGE = 50;

function CustomersTable(props: { readonly search: string; readonly onOpen: (id: string) => void }): ReactNode {
  const { t } = useTexts();
  const [page, setPage] = useState(1);
  const query = useCustomers({ search: props.search, limit: PAGE, offset: (page - 1) * PAGE });
  const columns: TableColumnsType<Customer> = [
    { key: "name", title: t("customer.name"), ellipsis: true, render: (_, row) => <b>{row.name}</b> },
    { key: "class", title: t("customer.class"), width: 90, render: (_, row) => <ClassPill value={row.class} /> },
    { key: "company", title: t("customer.company"), ellipsis: true, render: (_, row) => row.company?.name },
    { key: "numbers", title: t("customer.numbers"), width: 170, className: "num", ellipsis: true, render: (_, row) => [phoneNumber(row.numbers[0]?.number), row.numbers.length > 1 ? `+${row.numbers.length - 1}` : ""].join(" ") },
    { key: "address", title: t("customer.address"), ellipsis: true, dataIndex: "address" },
    { key: "warning", title: t("customer.warning"), ellipsis: true, dataIndex: "warning" },
  ];
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Table<Customer>
      size="small"
      rowKey="id"
      dataSource={[...(query.data?.items ?? [])]}
      columns={columns}
      loading={query.isPending || query.isPlaceholderData}
      scroll={{ x: 900 }}
      pagination={{
        current: page,
        pageSize: PAGE,
        total: query.data?.total ?? 0,
        onChange: setPage,
        showSizeChanger: false,
        showTotal: (total) => t("common.total", { total }),
        style: { padding: "0 12px" },
      }}
      locale={{ emptyText: <Nothing title={t("customers.empty")} hint={t("customers.empty_hint")} /> }}
      onRow={(row) => ({ onClick: () => props.onOpen(row.id), style: { cursor: "pointer" }, "data-testid": "customer-row" }) as React.HTMLAttributes<HTMLElement>}
    />
  );
}

function NewCustomer(props: { readonly open: boolean; readonly onClose: () => void; readonly onAdded: (id: string) => void }): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const submit = async (input: CustomerInput): Promise<void> => {
    const made = await addCustomer(input);
    await client.invalidateQueries({ queryKey: ["customers", "list"] });
    props.onAdded(made.id);
  };
  return (
    <Drawer open={props.open} onClose={props.onClose} size={520} title={t("customer.new")} destroyOnHidden>
      <CustomerForm onSubmit={submit} onCancel={props.onClose} />
    </Drawer>
  );
}

export default function CustomersPage(): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const navigate = useNavigate();
  const id = useParams()["*"] || null;
  const [search, setSearch] = useState("");
  const [adding, setAdding] = useState(false);
  const wanted = useDebounced(search.trim());
  const open = (next: string | null): void => void navigate(next ? `/customers/${next}` : "/customers");
  return (
    <div className="page" data-testid="customers-page">
      <div className="page-head">
        <h1>{t("nav.customers")}</h1>
        <SearchBox value={search} onChange={setSearch} placeholder={t("customers.search")} />
        <span className="grow" />
        <ExportCustomers search={wanted} />
        {may("customers.edit") && (
          <Button type="primary" icon={<UserAddOutlined />} onClick={() => setAdding(true)} data-testid="new-customer">
            {t("customer.new")}
          </Button>
        )}
      </div>
      <section className="panel">
        <CustomersTable key={wanted} search={wanted} onOpen={open} />
      </section>
      <NewCustomer
        open={adding}
        onClose={() => setAdding(false)}
        onAdded={(made) => {
          setAdding(false);
          open(made);
        }}
      />
      <CustomerDrawer id={id} onClose={() => open(null)} />
    </div>
  );
}
