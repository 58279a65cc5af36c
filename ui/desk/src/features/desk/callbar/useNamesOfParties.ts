/** How those who take part in a call are called: the customer by the screen pop, colleagues by name, outside numbers as numbers. */
import type { ConsultRow, PartyRow } from "@huying/api";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import type { CallView } from "@/phone/callView";
import { usePhone } from "@/phone/PhoneProvider";
import { useNames } from "@/server/names";
import { useScreenPop } from "../pop/useScreenPop";

interface OutsideParty {
  readonly party_id: string;
  readonly number: string;
  readonly name?: string;
}

export interface PartyNames {
  readonly customer: string;
  readonly party: (party: PartyRow) => string;
  /** Whom I ask: the colleague once one is found, else the group or number. */
  readonly consulted: (consult: ConsultRow) => string;
}

/** In a call between colleagues: the other one; empty in all others. */
function colleagueOf({ contact, others }: CallView, me: string | undefined): string {
  if (contact?.direction !== "internal") return "";
  const called = contact.dial?.agent_id === me ? contact.dial?.called_id : contact.dial?.agent_id;
  return others.find((it) => it.agent_id)?.agent_id ?? called ?? "";
}

export function useNamesOfParties(): PartyNames {
  const { t } = useTexts();
  const { call, me } = usePhone();
  const names = useNames();
  const { data: pop } = useScreenPop(call.contactId);
  const outside = (pop as { readonly parties?: readonly OutsideParty[] } | undefined)?.parties ?? [];
  const numberOf = (id: string): string => {
    const found = outside.find((it) => it.party_id === id);
    return found?.name ?? (phoneNumber(found?.number) || t("parties.outside"));
  };
  const web = call.contact?.channel === "web_call" ? t("desk.web_visitor") : t("desk.unknown_caller");
  const colleague = colleagueOf(call, me.agent?.agent_id);
  const customer = colleague ? names.called(colleague) : (pop?.customer?.name ?? pop?.contact.remote_name) || phoneNumber(pop?.contact.remote_number) || web;
  return {
    customer,
    party: (party) => (party.kind === "customer" ? customer : party.agent_id ? names.agent(party.agent_id) : numberOf(party.party_id)),
    consulted: (consult) => {
      if (consult.party_agent_id) return names.agent(consult.party_agent_id);
      if (consult.kind === "number") return numberOf(consult.consult_id);
      const id = consult.target_id ?? "";
      return consult.kind === "queue" ? names.queue(id) : names.agent(id);
    },
  };
}
