/** Customers: find as you type, narrow, open by mouse or keys, add, take out. */
import { SearchOutlined, UserAddOutlined } from "@ant-design/icons";
import type { CustomerInput } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Drawer, Input, type InputRef } from "antd";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { CustomerForm } from "@/parts/customer/CustomerForm";
import { Key, useShortcut } from "@/parts/shortcuts";
import { useDebounced } from "@/parts/useDebounced";
import { addCustomer, useCustomers, type CustomerFilter } from "@/server/customers";
import { useMay } from "@/server/session";
import { CustomersTable, PAGE } from "./CustomersTable";
import { ExportButton } from "./ExportButton";
import { Filters } from "./Filters";
import { useTypeAnywhere } from "./useTypeAnywhere";

const PAUSE_MS = 120;

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
      <CustomerForm onAdd={submit} onCancel={props.onClose} />
    </Drawer>
  );
}

interface ListProps {
  /** False while a card lies over it. */
  readonly active: boolean;
  readonly companyId: string | undefined;
  readonly onOpen: (id: string) => void;
}

export function CustomersList(props: ListProps): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const [search, setSearch] = useState("");
  const [narrow, setNarrow] = useState<CustomerFilter>(props.companyId ? { company_id: props.companyId } : {});
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState(-1);
  const [adding, setAdding] = useState(false);
  const input = useRef<InputRef>(null);
  const typed = useDebounced(search.trim(), PAUSE_MS);
  const filter: CustomerFilter = { ...narrow, search: typed };
  const query = useCustomers({ ...filter, limit: PAGE, offset: (page - 1) * PAGE });
  const rows = query.data?.items ?? [];
  const find = (value: string): void => {
    setSearch(value);
    setPage(1);
    setChosen(-1);
  };
  useShortcut("/", "common.search", () => input.current?.focus(), props.active);
  useShortcut("n", "customer.new", () => setAdding(true), props.active && may("customers.edit"));
  useTypeAnywhere(input, (letter) => find(search + letter), props.active && !adding);
  useEffect(() => {
    if (props.active) input.current?.focus();
  }, [props.active]);
  const onKey = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setChosen((now) => Math.max(-1, Math.min(rows.length - 1, now + (event.key === "ArrowDown" ? 1 : -1))));
    } else if (event.key === "Enter") {
      const row = rows[Math.max(chosen, 0)];
      if (row && !query.isPlaceholderData) props.onOpen(row.id);
    }
  };
  return (
    <>
      <div className="row wrap">
        <Input
          ref={input}
          allowClear
          prefix={<SearchOutlined />}
          suffix={search ? null : <Key keys="/" />}
          value={search}
          onChange={(event) => find(event.target.value)}
          onKeyDown={onKey}
          placeholder={t("customers.search")}
          aria-label={t("common.search")}
          data-testid="search"
          style={{ width: 320 }}
        />
        <Filters
          value={narrow}
          onChange={(value) => {
            setNarrow(value);
            setPage(1);
          }}
        />
        <span className="grow" />
        <ExportButton filter={filter} />
        {may("customers.edit") && (
          <Button type="primary" icon={<UserAddOutlined />} onClick={() => setAdding(true)} data-testid="new-customer">
            {t("customer.new")}
          </Button>
        )}
      </div>
      <section className="panel">
        <CustomersTable query={query} typed={typed} page={page} chosen={chosen} onPage={setPage} onOpen={props.onOpen} />
      </section>
      <NewCustomer
        open={adding}
        onClose={() => setAdding(false)}
        onAdded={(made) => {
          setAdding(false);
          props.onOpen(made);
        }}
      />
    </>
  );
}
