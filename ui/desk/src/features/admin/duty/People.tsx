/** Who is called, in this order: agents and numbers in one field. */
import type { OnDuty } from "@huying/api";
import { Select } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { useAgents } from "@/server/names";

const keyOf = (one: OnDuty): string => (one.kind === "agent" ? `agent:${one.id ?? ""}` : `number:${one.number}`);

function personOf(key: string): OnDuty {
  if (key.startsWith("agent:")) return { kind: "agent", id: key.slice(6), number: "" };
  return { kind: "number", id: null, number: key.replace(/^number:/u, "") };
}

export function People(props: { readonly value?: readonly OnDuty[]; readonly onChange?: (people: OnDuty[]) => void; readonly id?: string; readonly label: string }): ReactNode {
  const { t } = useTexts();
  const agents = useAgents().data ?? [];
  const { value = [] } = props;
  const numbers = value.filter((it) => it.kind === "number").map((it) => ({ value: keyOf(it), label: phoneNumber(it.number) }));
  return (
    <Select
      {...(props.id ? { id: props.id } : {})}
      mode="tags"
      aria-label={props.label}
      value={value.map(keyOf)}
      onChange={(keys: string[]) => props.onChange?.(keys.map(personOf))}
      placeholder={t("duty.person_hint")}
      showSearch={{ optionFilterProp: "label" }}
      options={[...agents.map((it) => ({ value: `agent:${it.id}`, label: `${it.extension} ${it.name}` })), ...numbers]}
      data-testid="duty-people"
    />
  );
}
