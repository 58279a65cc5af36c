/** One customer: particulars to change, appliances to add, contacts to open. */
import { PlusOutlined } from "@ant-design/icons";
import type { AssetInput, Customer, CustomerInput } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Drawer, Tabs } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ContactDrawer } from "@/parts/contact/LazyContactDrawer";
import { ContactLines } from "@/parts/contact/ContactLines";
import { Assets } from "@/parts/customer/Assets";
import { CustomerForm } from "@/parts/customer/CustomerForm";
import { Loaded } from "@/parts/states";
import { addAsset, changeCustomer, useAssets, useCustomer, useCustomerContacts } from "@/server/customers";
import { useMay } from "@/server/session";
import { AssetForm } from "./AssetForm";

function Appliances(props: { readonly customerId: string }): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const client = useQueryClient();
  const query = useAssets(props.customerId);
  const [adding, setAdding] = useState(false);
  const submit = async (input: AssetInput): Promise<void> => {
    await addAsset(props.customerId, input);
    setAdding(false);
    await client.invalidateQueries({ queryKey: ["customers", props.customerId, "assets"] });
  };
  return (
    <div style={{ display: "flex", flexDirection: "column", gap: 12 }}>
      <Loaded query={query}>{(assets) => <Assets assets={assets} />}</Loaded>
      {adding && <AssetForm onSubmit={submit} onCancel={() => setAdding(false)} />}
      {!adding && may("customers.edit") && (
        <Button type="dashed" icon={<PlusOutlined />} onClick={() => setAdding(true)} data-testid="add-asset">
          {t("asset.add")}
        </Button>
      )}
    </div>
  );
}

function Contacts(props: { readonly customerId: string; readonly onOpen: (id: string) => void }): ReactNode {
  const query = useCustomerContacts(props.customerId);
  return (
    <Loaded query={query}>
      {(contacts) => <ContactLines contacts={contacts} who="agent" onOpen={props.onOpen} />}
    </Loaded>
  );
}

function Body(props: { readonly customer: Customer; readonly onOpenContact: (id: string) => void }): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const { message } = App.useApp();
  const { customer } = props;
  const save = async (input: CustomerInput): Promise<void> => {
    const changed = await changeCustomer(customer.id, input);
    client.setQueryData(["customers", customer.id], changed);
    void client.invalidateQueries({ queryKey: ["customers", "list"] });
    void message.success(t("common.saved"));
  };
  return (
    <Tabs
      items={[
        { key: "facts", label: t("customer.particulars"), children: <CustomerForm initial={customer} onSubmit={save} /> },
        { key: "assets", label: t("asset.tab"), children: <Appliances customerId={customer.id} /> },
        { key: "contacts", label: t("customer.contacts"), children: <Contacts customerId={customer.id} onOpen={props.onOpenContact} /> },
      ]}
    />
  );
}

function Loader(props: { readonly id: string; readonly onOpenContact: (id: string) => void }): ReactNode {
  const query = useCustomer(props.id);
  return (
    <Loaded query={query} rows={8}>
      {(customer) => <Body customer={customer} onOpenContact={props.onOpenContact} />}
    </Loaded>
  );
}

export function CustomerDrawer(props: { readonly id: string | null; readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const [contact, setContact] = useState<string | null>(null);
  return (
    <>
      <Drawer open={props.id !== null} onClose={props.onClose} size={560} title={t("customer.title")} destroyOnHidden>
        {props.id && <Loader key={props.id} id={props.id} onOpenContact={setContact} />}
      </Drawer>
      <ContactDrawer contactId={contact} onClose={() => setContact(null)} />
    </>
  );
}
