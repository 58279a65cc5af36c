/** The screen pop: who it is and what is known; whoever shares the number to choose from; a form where nobody is known. */
import { EditOutlined, SwapOutlined, UserAddOutlined } from "@ant-design/icons";
import { ApiError, type CustomerChange, type CustomerInput, type ScreenPop } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import type { ShortFields } from "@/parts/customer/input";
import { later } from "@/parts/later";
import { Key, useShortcut } from "@/parts/shortcuts";
import { Loaded, Nothing } from "@/parts/states";
import { usePhone } from "@/phone/PhoneProvider";
import { addCustomer, changeCustomer } from "@/server/customers";
import { linkCustomer } from "@/server/desk";
import { useMay, useSession } from "@/server/session";
import css from "../DeskPage.module.css";
import { CallbackNote } from "./CallbackNote";
import { heldOf, keepFields, useWriting, write, type Writing } from "./held";
import { Hints, Known } from "./Known";
import { Several } from "./Several";
import { usePopTime } from "./usePopTime";
import { screenPopKey, useScreenPop } from "./useScreenPop";
import { Why } from "./Why";

const CustomerForm = later(async () => (await import("@/parts/customer/CustomerForm")).CustomerForm);
const PickCustomer = later(async () => (await import("./PickCustomer")).PickCustomer);

interface CustomerPanelProps {
  readonly contactId: string;
  readonly onOpenContact: (contactId: string) => void;
}

function Unknown(props: { readonly pop: ScreenPop; readonly contactId: string; readonly onNew: () => void }): ReactNode {
  const { t } = useTexts();
  const { matches, companies } = props.pop;
  const choices = (
    <div className={css.choose}>
      <PickCustomer contactId={props.contactId} />
      <Button type="primary" icon={<UserAddOutlined />} onClick={props.onNew} data-testid="new-customer">
        {t("customer.new")} <Key keys="n" />
      </Button>
    </div>
  );
  const firm = companies.length > 0 && <p className="quiet">{t("desk.number_of_company", { name: companies.map((it) => it.name).join(", ") })}</p>;
  if (matches.length > 1) {
    return (
      <>
        <Several contactId={props.contactId} matches={matches} />
        {choices}
      </>
    );
  }
  return (
    <Nothing title={t("desk.unknown_title")} hint={t("desk.unknown_hint")}>
      {firm}
      {choices}
    </Nothing>
  );
}

/** The caller has gone meanwhile: then there is nothing to link, and the number will be known the next time. */
async function linkIfThere(contactId: string, customerId: string): Promise<void> {
  try {
    await linkCustomer(contactId, customerId);
  } catch (reason) {
    if (!(reason instanceof ApiError && reason.status === 404)) throw reason;
  }
}

function Forms(props: { readonly pop: ScreenPop; readonly writing: Writing; readonly contactId: string; readonly onDone: () => void }): ReactNode {
  const client = useQueryClient();
  const { pop, contactId, onDone } = props;
  const { person } = useSession();
  const { customer } = pop;
  const finish = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: screenPopKey(contactId) });
    void client.invalidateQueries({ queryKey: ["customers"] });
    onDone();
  };
  const add = async (input: CustomerInput): Promise<void> => {
    await linkIfThere(contactId, (await addCustomer(input)).id);
    await finish();
  };
  const change = async (input: CustomerChange): Promise<void> => {
    if (customer) await changeCustomer(customer.id, input);
    await finish();
  };
  const kept = { written: heldOf(person.id, contactId)?.fields ?? undefined, onWritten: (fields: ShortFields) => keepFields(person.id, contactId, fields) };
  if (props.writing === "edit" && customer) return <CustomerForm initial={customer} onChange={change} onCancel={onDone} {...kept} />;
  return <CustomerForm number={pop.contact.remote_number || undefined} onAdd={add} onCancel={onDone} {...kept} />;
}

export function CustomerPanel(props: CustomerPanelProps): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const { contactId } = props;
  const { call } = usePhone();
  const gone = call.contactId !== contactId;
  // Between colleagues there is no customer to be known or made.
  const internal = call.contactId === contactId && call.contact?.direction === "internal";
  const query = useScreenPop(contactId);
  const { person } = useSession();
  const writing = useWriting(person.id, contactId);
  const [picking, setPicking] = useState(false);
  const customer = query.data?.customer ?? null;
  const popMs = usePopTime(contactId, query.data !== undefined);
  const begin = (what: Writing): void => write(person.id, contactId, what);
  useShortcut("n", "customer.new", () => begin("new"), query.data !== undefined && !customer && !internal && !writing && may("customers.edit"));
  const show = (): void => {
    setPicking(false);
    write(person.id, contactId, null);
  };
  const body = (pop: ScreenPop): ReactNode => {
    if (writing) return <Forms pop={pop} writing={writing} contactId={contactId} onDone={show} />;
    if (!customer && internal) return <Nothing title={t("customer.colleague")} />;
    if (!customer) return <Unknown pop={pop} contactId={contactId} onNew={() => begin("new")} />;
    if (picking) return <PickCustomer contactId={contactId} onPicked={show} />;
    return <Known customer={customer} pop={pop} onOpenContact={props.onOpenContact} />;
  };
  return (
    <section className="panel" data-testid="customer-panel" {...(popMs === null ? {} : { "data-pop-ms": popMs })}>
      <header>
        <h2>{t("customer.title")}</h2>
        <span className="grow" />
        {customer && !writing && (
          <>
            <Button size="small" type="text" icon={<SwapOutlined />} onClick={() => setPicking(!picking)} data-testid="other-customer">
              {t("desk.other_customer")}
            </Button>
            <Button size="small" type="text" icon={<EditOutlined />} onClick={() => begin("edit")} data-testid="edit-customer">
              {t("common.edit")}
            </Button>
          </>
        )}
      </header>
      <div className={`body ${css.body ?? ""}`}>
        {gone && <Alert type="info" showIcon title={t("desk.caller_gone")} style={{ marginBottom: 8 }} data-testid="pop-gone" />}
        <Loaded query={query} rows={8}>
          {(pop) => (
            <>
              <Why explanation={pop.why} />
              {pop.callback && <CallbackNote callback={pop.callback} />}
              <Hints of={pop.hints} testId="pop-hint" />
              {body(pop)}
            </>
          )}
        </Loaded>
      </div>
    </section>
  );
}
