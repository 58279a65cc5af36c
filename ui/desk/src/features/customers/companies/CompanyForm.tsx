/** The fields of a company. */
import type { Company, CustomerAddress } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { NumberList } from "@/parts/customer/CustomerForm";
import { OwnFieldItems } from "@/parts/customer/OwnFieldItems";
import { fromForm, toForm } from "@/parts/customer/ownFields";
import { useFormCommand } from "@/parts/useFormCommand";
import { addCompany, changeCompany } from "@/server/companies";
import { useOwnFields } from "@/server/ownFields";
import { useMay } from "@/server/session";
import { AddressInputs, addressesOf, usualOf } from "../card/Addresses";

interface Fields {
  readonly name: string;
  readonly code: string;
  readonly note: string;
  readonly numbers: readonly { readonly number: string; readonly label?: string; readonly main?: boolean }[];
  readonly addresses: readonly CustomerAddress[];
  readonly usual: number;
  readonly fields: Record<string, unknown>;
}

export function CompanyForm(props: { readonly company: Company | null; readonly onDone: () => void }): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const client = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const { save, busy } = useFormCommand(form);
  const own = useOwnFields("company");
  const { company } = props;
  const submit = async (given: Fields): Promise<void> => {
    const { fields, numbers, name, code, note } = given;
    const input = {
      ...{ name, code, note },
      numbers: numbers.map((it) => ({ number: it.number, label: it.label ?? "", main: it.main ?? false })),
      addresses: addressesOf(given),
      ...(own.data?.length ? { fields: fromForm(own.data, fields) } : {}),
    };
    if (!(await save(() => (company ? changeCompany(company.id, input) : addCompany(input))))) return;
    await client.invalidateQueries({ queryKey: ["companies"] });
    props.onDone();
  };
  if (own.isPending) return null;
  const first: Fields = {
    name: company?.name ?? "",
    code: company?.code ?? "",
    note: company?.note ?? "",
    numbers: company?.numbers ?? [],
    addresses: company?.addresses ?? [],
    usual: usualOf(company?.addresses ?? []),
    fields: toForm(own.data ?? [], company?.fields ?? {}),
  };
  return (
    <Form<Fields> form={form} layout="vertical" initialValues={first} disabled={!may("customers.edit")} onFinish={(fields) => void submit(fields)} data-testid="company-form">
      <Form.Item name="name" label={t("company.name")} rules={[{ required: true, whitespace: true, message: t("common.missing") }]}>
        <Input maxLength={200} autoFocus data-testid="company-name" />
      </Form.Item>
      <Form.Item name="code" label={t("customer.code")}>
        <Input maxLength={200} />
      </Form.Item>
      <NumberList />
      <Form.Item label={t("customer.address")}>
        <AddressInputs />
      </Form.Item>
      <OwnFieldItems fields={own.data ?? []} />
      <Form.Item name="note" label={t("customer.note")}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={4000} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy} data-testid="company-save">
        {t("common.save")}
      </Button>
    </Form>
  );
}
