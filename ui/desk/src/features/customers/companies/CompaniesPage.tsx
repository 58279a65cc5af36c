/** Companies: find, add, change; from each to its customers. */
import { PlusOutlined } from "@ant-design/icons";
import type { Company } from "@huying/api";
import { Button, Drawer, Table, type TableColumnsType } from "antd";
import { useState, type ReactNode } from "react";
import { Link } from "react-router";
import { useTexts } from "@/i18n";
import { openable } from "@/parts/openable";
import { phoneNumber } from "@/parts/format";
import { SearchBox } from "@/parts/SearchBox";
import { Failure, Nothing } from "@/parts/states";
import { useDebounced } from "@/parts/useDebounced";
import { useCompanies } from "@/server/companies";
import { useMay } from "@/server/session";
import { addressLine } from "../card/address";
import { CompanyForm } from "./CompanyForm";

const PAGE = 50;

export default function CompaniesPage(): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const [search, setSearch] = useState("");
  const [page, setPage] = useState(1);
  const [edited, setEdited] = useState<Company | "new" | null>(null);
  const query = useCompanies({ search: useDebounced(search.trim(), 150), limit: PAGE, offset: (page - 1) * PAGE });
  const columns: TableColumnsType<Company> = [
    { key: "name", title: t("company.name"), ellipsis: true, render: (_, row) => <b>{row.name}</b> },
    { key: "code", title: t("customer.code"), width: 130, dataIndex: "code" },
    { key: "numbers", title: t("customer.numbers"), width: 180, className: "num", render: (_, row) => phoneNumber(row.numbers[0]?.number) },
    { key: "address", title: t("customer.address"), ellipsis: true, render: (_, row) => (row.addresses[0] ? addressLine(row.addresses[0]) : "") },
    {
      key: "customers",
      title: t("company.customers"),
      width: 110,
      align: "right",
      className: "num",
      render: (_, row) => (
        <Link to={`/customers?company=${row.id}`} onClick={(event) => event.stopPropagation()}>
          {row.customers}
        </Link>
      ),
    },
  ];
  const find = (value: string): void => {
    setSearch(value);
    setPage(1);
  };
  return (
    <>
      <div className="row wrap">
        <SearchBox value={search} onChange={find} placeholder={t("company.search")} />
        <span className="grow" />
        {may("customers.edit") && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")} data-testid="new-company">
            {t("company.new")}
          </Button>
        )}
      </div>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      <section className="panel">
        <Table<Company>
          size="small"
          rowKey="id"
          dataSource={[...(query.data?.items ?? [])]}
          columns={columns}
          loading={query.isPending}
          scroll={{ x: 800 }}
          pagination={{ current: page, pageSize: PAGE, total: query.data?.total ?? 0, onChange: setPage, showSizeChanger: false, showTotal: (total) => t("common.total", { total }), style: { padding: "0 12px" } }}
          locale={{ emptyText: <Nothing title={t("company.none")} hint={t("company.none_hint")} /> }}
          onRow={(row) => openable(() => setEdited(row), "company-row")}
        />
      </section>
      <Drawer open={edited !== null} onClose={() => setEdited(null)} size={560} title={edited === "new" ? t("company.new") : t("company.title")} destroyOnHidden>
        {edited && <CompanyForm key={edited === "new" ? "new" : edited.id} company={edited === "new" ? null : edited} onDone={() => setEdited(null)} />}
      </Drawer>
    </>
  );
}
