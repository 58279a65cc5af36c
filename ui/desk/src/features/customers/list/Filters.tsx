/** Narrows the list: class, tag, company. */
import type { Customer } from "@huying/api";
import { Select } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { CUSTOMER_CLASSES } from "@/parts/customer/CustomerForm";
import { useDebounced } from "@/parts/useDebounced";
import { useCompanies } from "@/server/companies";
import { useTags, type CustomerFilter } from "@/server/customers";
import css from "./List.module.css";

interface FiltersProps {
  readonly value: CustomerFilter;
  readonly onChange: (value: CustomerFilter) => void;
}

export function CompanySelect(props: { readonly value: string | undefined; readonly onChange: (id: string | undefined) => void }): ReactNode {
  const { t } = useTexts();
  const [typed, setTyped] = useState("");
  const found = useCompanies({ search: useDebounced(typed.trim()), limit: 20, offset: 0 });
  return (
    <Select<string>
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={props.value ?? null}
      onChange={(id: string | undefined) => props.onChange(id)}
      loading={found.isFetching}
      options={(found.data?.items ?? []).map((it) => ({ value: it.id, label: it.name }))}
      placeholder={t("customer.company")}
      aria-label={t("customer.company")}
      style={{ width: 170 }}
      data-testid="filter-company"
    />
  );
}

export function Filters(props: FiltersProps): ReactNode {
  const { t, code } = useTexts();
  const tags = useTags().data ?? [];
  const { value, onChange } = props;
  return (
    <span className={css.filters}>
      <Select<Customer["class"]>
        allowClear
        value={value.class ?? null}
        onChange={(chosen?: Customer["class"]) => onChange({ ...value, class: chosen })}
        options={CUSTOMER_CLASSES.map((it) => ({ value: it, label: code("customer_class", it) }))}
        placeholder={t("customer.class")}
        aria-label={t("customer.class")}
        style={{ width: 100 }}
        data-testid="filter-class"
      />
      <Select<string>
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        value={value.tag ?? null}
        onChange={(tag?: string) => onChange({ ...value, tag })}
        options={tags.map((it) => ({ value: it.id, label: it.name }))}
        placeholder={t("customer.tags")}
        aria-label={t("customer.tags")}
        style={{ width: 130 }}
        data-testid="filter-tag"
      />
      <CompanySelect value={value.company_id} onChange={(company_id) => onChange({ ...value, company_id })} />
    </span>
  );
}
