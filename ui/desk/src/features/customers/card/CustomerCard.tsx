/** One customer with everything that is known: parts to change in place, what he owns and bought, contacts and follow-ups. */
import type { Customer } from "@huying/api";
import { Button, Tabs } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ContactLines } from "@/parts/contact/ContactLines";
import { ContactDrawer } from "@/parts/contact/LazyContactDrawer";
import { ClassPill, Pill } from "@/parts/pills";
import { Loaded } from "@/parts/states";
import { useCustomer, useCustomerContacts, useSaveCustomer } from "@/server/customers";
import { useDuplicatesOf } from "@/server/duplicates";
import { useMay } from "@/server/session";
import { MergeDialog } from "../duplicates/MergeDialog";
import { Addresses } from "./Addresses";
import { Basics } from "./Basics";
import css from "./Card.module.css";
import { Consents } from "./Consents";
import { Owned } from "./Owned";
import { OwnFields } from "./OwnFields";
import { Purchases } from "./Purchases";
import { Reach } from "./Reach";
import { Tags } from "./Tags";
import { WarningLines, Warnings } from "./Warnings";

function Contacts(props: { readonly customerId: string; readonly onOpen: (id: string) => void }): ReactNode {
  const { t } = useTexts();
  return (
    <Loaded query={useCustomerContacts(props.customerId)}>
      {(contacts) => {
        const open = contacts.filter((it) => it.follow_up && !it.follow_up.done_at);
        return (
          <>
            {open.length > 0 && (
              <section className={css.section} style={{ marginBottom: 12 }} data-testid="open-follow-ups">
                <header>
                  <h3>{t("customer.open_follow_ups", { count: open.length })}</h3>
                </header>
                <ContactLines contacts={open} who="agent" onOpen={props.onOpen} />
              </section>
            )}
            <ContactLines contacts={contacts} who="agent" onOpen={props.onOpen} />
          </>
        );
      }}
    </Loaded>
  );
}

function Duplicates(props: { readonly customer: Customer; readonly onMerged: (id: string) => void }): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const found = useDuplicatesOf(props.customer.id, may("customers.merge")).data ?? [];
  const [merging, setMerging] = useState(false);
  if (found.length === 0) return null;
  return (
    <>
      <Button size="small" onClick={() => setMerging(true)} data-testid="customer-duplicates">
        {t("duplicates.found", { count: found.length })}
      </Button>
      {merging && <MergeDialog ids={[props.customer.id, ...found.map((it) => it.id)]} onClose={() => setMerging(false)} onMerged={props.onMerged} />}
    </>
  );
}

function Body(props: { readonly customer: Customer; readonly onOther: (id: string) => void }): ReactNode {
  const { t } = useTexts();
  const { customer } = props;
  const save = useSaveCustomer(customer.id);
  const [contact, setContact] = useState<string | null>(null);
  const part = { customer, save };
  return (
    <div data-testid="customer-card">
      <div className={css.head}>
        <strong>{customer.name}</strong>
        <ClassPill value={customer.class} />
        {customer.do_not_call && <Pill tone="bad">{t("customer.do_not_call")}</Pill>}
        <Tags {...part} />
        <span className="grow" />
        <Duplicates customer={customer} onMerged={props.onOther} />
      </div>
      <WarningLines warnings={customer.warnings.filter((it) => it.active)} />
      <Tabs
        items={[
          {
            key: "facts",
            label: t("customer.particulars"),
            children: (
              <div className={css.grid}>
                <Basics {...part} />
                <Reach {...part} />
                <Addresses {...part} />
                <Warnings {...part} />
                <Consents {...part} />
                <OwnFields {...part} />
              </div>
            ),
          },
          { key: "assets", label: t("asset.tab"), children: <Owned customerId={customer.id} /> },
          { key: "purchases", label: t("purchase.tab"), children: <Purchases customerId={customer.id} /> },
          { key: "contacts", label: t("customer.contacts"), children: <Contacts customerId={customer.id} onOpen={setContact} /> },
        ]}
      />
      <ContactDrawer contactId={contact} onClose={() => setContact(null)} />
    </div>
  );
}

export function CustomerCard(props: { readonly id: string; readonly onOther: (id: string) => void }): ReactNode {
  return (
    <Loaded query={useCustomer(props.id)} rows={8}>
      {(customer) => <Body key={customer.id} customer={customer} onOther={props.onOther} />}
    </Loaded>
  );
}
