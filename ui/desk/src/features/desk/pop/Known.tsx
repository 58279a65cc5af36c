/** A customer who is known: who it is, what to mind, how to reach, what he owns, what was before. */
import { WarningFilled } from "@ant-design/icons";
import type { Customer, ScreenPop } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ContactLines } from "@/parts/contact/ContactLines";
import { Assets } from "@/parts/customer/Assets";
import { bySection, shown } from "@/parts/customer/ownFields";
import { phoneNumber } from "@/parts/format";
import { ClassPill, Pill } from "@/parts/pills";
import { useOwnFields } from "@/server/ownFields";
import css from "../DeskPage.module.css";
import own from "./Pop.module.css";

interface Hint {
  readonly id: string;
  readonly text: string;
  readonly level: "warning" | "info";
  readonly active: boolean;
}

/** Warnings of the customer and hints for the number, those that hold. */
export function Hints(props: { readonly of: readonly Hint[]; readonly testId: string }): ReactNode {
  return props.of
    .filter((it) => it.active)
    .map((it) => (
      <div key={it.id} className={`${css.warning ?? ""} ${it.level === "info" ? (own.info ?? "") : ""}`} role={it.level === "warning" ? "alert" : "note"} data-testid={props.testId}>
        <WarningFilled /> {it.text}
      </div>
    ));
}

function Facts(props: { readonly customer: Customer }): ReactNode {
  const { t, code, local } = useTexts();
  const { customer } = props;
  const fields = useOwnFields("customer").data ?? [];
  const words = { local, yes: t("common.yes"), no: t("common.no") };
  const numbers = customer.numbers.map((it) => [phoneNumber(it.number), it.label, it.do_not_call ? t("customer.do_not_call") : ""].filter(Boolean).join(" ")).join(" · ");
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t("customer.numbers"), numbers && <span className="num">{numbers}</span>],
    [t("customer.language"), code("language", customer.language)],
    [t("customer.address"), customer.address],
    [t("customer.email"), customer.email],
    ...bySection(fields).flatMap(([, group]) => group.map((it): readonly [string, ReactNode] => [local(it.name), shown(it, customer.fields[it.code], words)])),
    [t("customer.note"), customer.note && <span style={{ whiteSpace: "pre-wrap" }}>{customer.note}</span>],
  ];
  return (
    <dl className="facts" style={{ marginTop: 8 }}>
      {facts
        .filter(([, value]) => Boolean(value))
        .map(([label, value]) => (
          <div key={label} style={{ display: "contents" }}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

export function Known(props: { readonly customer: Customer; readonly pop: ScreenPop; readonly onOpenContact: (id: string) => void }): ReactNode {
  const { t } = useTexts();
  const { customer, pop } = props;
  return (
    <>
      <div className={css.head}>
        <strong data-testid="contact-customer-name">{customer.name}</strong>
        <ClassPill value={customer.class} />
        {customer.do_not_call && <Pill tone="bad">{t("customer.do_not_call")}</Pill>}
        {customer.company && <span className="quiet">{[customer.company.name, customer.company.role].filter(Boolean).join(" · ")}</span>}
        {customer.tags.map((it) => (
          <span key={it.id} className={own.tag} style={it.colour ? { borderColor: it.colour } : undefined}>
            {it.name}
          </span>
        ))}
      </div>
      <Hints of={customer.warnings} testId="contact-customer-warning" />
      <Facts customer={customer} />
      {pop.follow_ups.length > 0 && (
        <div data-testid="pop-follow-ups">
          <h3 className={css.section}>{t("desk.open_follow_ups", { count: pop.follow_ups.length })}</h3>
          <ContactLines contacts={pop.follow_ups} who="agent" onOpen={props.onOpenContact} />
        </div>
      )}
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
