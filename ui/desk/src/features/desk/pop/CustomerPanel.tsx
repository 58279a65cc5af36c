/** The screen pop: who it is, warnings, appliances, last contacts; a form where nobody is known. */
import { EditOutlined, SwapOutlined, UserAddOutlined, WarningFilled } from "@ant-design/icons";
import type { Customer, CustomerInput, ScreenPop } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ContactLines } from "@/parts/contact/ContactLines";
import { Assets } from "@/parts/customer/Assets";
import { phoneNumber } from "@/parts/format";
import { ClassPill } from "@/parts/pills";
import { later } from "@/parts/later";
import { Loaded, Nothing } from "@/parts/states";
import { addCustomer, changeCustomer } from "@/server/customers";
import { linkCustomer } from "@/server/desk";
import css from "../DeskPage.module.css";
import { CallbackNote } from "./CallbackNote";
import { screenPopKey, useScreenPop } from "./useScreenPop";

const CustomerForm = later(async () => (await import("@/parts/customer/CustomerForm")).CustomerForm);
const PickCustomer = later(async () => (await import("./PickCustomer")).PickCustomer);

interface CustomerPanelProps {
  readonly contactId: string;
  readonly onOpenContact: (contactId: string) => void;
}

function Known(props: { readonly customer: Customer; readonly pop: ScreenPop; readonly onOpenContact: (id: string) => void }): ReactNode {
  const { t, code } = useTexts();
  const { customer, pop } = props;
  return (
    <>
      <div className={css.head}>
        <strong data-testid="contact-customer-name">{customer.name}</strong>
        <ClassPill value={customer.class} />
        {customer.company && <span className="quiet">{[customer.company.name, customer.company.role].filter(Boolean).join(" · ")}</span>}
      </div>
      {customer.warning && (
        <div className={css.warning} role="alert" data-testid="contact-customer-warning">
          <WarningFilled /> {customer.warning}
        </div>
      )}
      <dl className="facts" style={{ marginTop: 8 }}>
        <dt>{t("customer.numbers")}</dt>
        <dd className="num">{customer.numbers.map((it) => [phoneNumber(it.number), it.label].filter(Boolean).join(" ")).join(" · ") || "–"}</dd>
        {customer.language && (
          <>
            <dt>{t("customer.language")}</dt>
            <dd>{code("language", customer.language)}</dd>
          </>
        )}
        {customer.address && (
          <>
            <dt>{t("customer.address")}</dt>
            <dd>{customer.address}</dd>
          </>
        )}
        {customer.note && (
          <>
            <dt>{t("customer.note")}</dt>
            <dd>{customer.note}</dd>
          </>
        )}
      </dl>
      <div className={css.columns}>
        <div>
          <h3 className={css.section}>{t("asset.title", { count: pop.assets.length })}</h3>
          <Assets assets={pop.assets} />
        </div>
        <div>
          <h3 className={css.section}>{t("customer.last_contacts")}</h3>
          <ContactLines contacts={pop.contacts} who="agent" onOpen={props.onOpenContact} />
        </div>
      </div>
    </>
  );
}

function Unknown(props: { readonly contactId: string; readonly onNew: () => void }): ReactNode {
  const { t } = useTexts();
  return (
    <Nothing title={t("desk.unknown_title")} hint={t("desk.unknown_hint")}>
      <div className={css.choose}>
        <PickCustomer contactId={props.contactId} />
        <Button type="primary" icon={<UserAddOutlined />} onClick={props.onNew} data-testid="new-customer">
          {t("customer.new")}
        </Button>
      </div>
    </Nothing>
  );
}

export function CustomerPanel(props: CustomerPanelProps): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const query = useScreenPop(props.contactId);
  const [mode, setMode] = useState<"show" | "edit" | "pick">("show");
  const editing = mode === "edit";
  const customer = query.data?.customer ?? null;
  const submit = async (input: CustomerInput): Promise<void> => {
    if (customer) await changeCustomer(customer.id, input);
    else await linkCustomer(props.contactId, (await addCustomer(input)).id);
    setMode("show");
    await client.invalidateQueries({ queryKey: screenPopKey(props.contactId) });
  };
  const body = (pop: ScreenPop): ReactNode => {
    if (editing) {
      return (
        <CustomerForm initial={customer ?? undefined} number={pop.contact.remote_number || undefined} onSubmit={submit} onCancel={() => setMode("show")} />
      );
    }
    if (!customer) return <Unknown contactId={props.contactId} onNew={() => setMode("edit")} />;
    if (mode === "pick") return <PickCustomer contactId={props.contactId} onPicked={() => setMode("show")} />;
    return <Known customer={customer} pop={pop} onOpenContact={props.onOpenContact} />;
  };
  return (
    <section className="panel" data-testid="customer-panel">
      <header>
        <h2>{t("customer.title")}</h2>
        <span className="grow" />
        {customer && !editing && (
          <>
            <Button size="small" type="text" icon={<SwapOutlined />} onClick={() => setMode(mode === "pick" ? "show" : "pick")} data-testid="other-customer">
              {t("desk.other_customer")}
            </Button>
            <Button size="small" type="text" icon={<EditOutlined />} onClick={() => setMode("edit")} data-testid="edit-customer">
              {t("common.edit")}
            </Button>
          </>
        )}
      </header>
      <div className={`body ${css.body ?? ""}`}>
        <Loaded query={query} rows={8}>
          {(pop) => (
            <>
              {pop.callback && <CallbackNote callback={pop.callback} />}
              {body(pop)}
            </>
          )}
        </Loaded>
      </div>
    </section>
  );
}
