/** The business's own fields of a customer. */
import type { OwnField } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { OwnFieldItems } from "@/parts/customer/OwnFieldItems";
import { bySection, fromForm, shown, toForm } from "@/parts/customer/ownFields";
import { useOwnFields } from "@/server/ownFields";
import type { PartProps } from "./Basics";
import { Section } from "./Section";

interface Fields {
  readonly fields: Record<string, unknown>;
}

export function OwnFieldFacts(props: { readonly fields: readonly OwnField[]; readonly values: Readonly<Record<string, unknown>> }): ReactNode {
  const { t, local } = useTexts();
  const words = { local, yes: t("common.yes"), no: t("common.no") };
  return (
    <dl className="facts">
      {props.fields.map((field) => (
        <div key={field.code} style={{ display: "contents" }}>
          <dt>{local(field.name)}</dt>
          <dd style={{ whiteSpace: "pre-wrap" }}>{shown(field, props.values[field.code], words) || <span className="quiet">–</span>}</dd>
        </div>
      ))}
    </dl>
  );
}

export function OwnFields(props: PartProps): ReactNode {
  const { t } = useTexts();
  const fields = useOwnFields("customer").data ?? [];
  const { customer, save } = props;
  return bySection(fields).map(([section, own]) => (
    <Section<Fields>
      key={section}
      title={section || t("customer.own_fields")}
      name={section ? `fields-${section}` : "fields"}
      initial={{ fields: toForm(own, customer.fields) }}
      onSave={(given) => save({ share_numbers: false, fields: fromForm(own, given.fields) })}
      inputs={<OwnFieldItems fields={own.map((it) => ({ ...it, section: "" }))} />}
    >
      <OwnFieldFacts fields={own} values={customer.fields} />
    </Section>
  ));
}
