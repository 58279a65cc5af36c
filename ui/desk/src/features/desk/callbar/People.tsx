/** Everybody in a conference: state, seconds, and for each the way out, behind a menu so that no slip removes anybody. */
import { LogoutOutlined, MoreOutlined } from "@ant-design/icons";
import type { PartyRow } from "@huying/api";
import { Button, Dropdown } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Elapsed } from "@/parts/time";
import { useCommand } from "@/parts/useCommand";
import { inConversation } from "@/phone/callView";
import { usePhone } from "@/phone/PhoneProvider";
import { commandParties, dropParty } from "@/server/callOperations";
import { CallButton } from "./CallButton";
import css from "./CallBar.module.css";
import { useNamesOfParties } from "./useNamesOfParties";

/** Whoever stands where customers stand; in a call between colleagues that is a colleague. */
const CALLER = "customer";

function Person(props: { readonly contactId: string; readonly party: PartyRow }): ReactNode {
  const { t, code } = useTexts();
  const { party } = props;
  const { run, busy } = useCommand();
  const name = useNamesOfParties().party(party);
  const drop = { key: "drop", danger: true, label: <span data-testid="drop">{t("parties.drop", { name })}</span> };
  return (
    <li className={css.person} data-state={party.state} data-testid="party">
      <i aria-hidden />
      <span className="ellipsis" title={name}>
        {name}
      </span>
      <span className="quiet">
        {code("party_state", party.state)} <Elapsed since={party.since} />
      </span>
      {party.kind !== "customer" && party.party_id !== CALLER && (
        <Dropdown trigger={["click"]} menu={{ items: [drop], onClick: () => void run(() => dropParty(props.contactId, party.party_id)) }}>
          <Button size="small" type="text" loading={busy} icon={<MoreOutlined />} aria-label={t("parties.more", { name })} data-testid="party-more" />
        </Dropdown>
      )}
    </li>
  );
}

export function People(props: { readonly contactId: string }): ReactNode {
  const { t } = useTexts();
  const { call } = usePhone();
  const { run, busy } = useCommand();
  const leave = (): void => void run(() => commandParties(props.contactId, "leave"));
  return (
    <div className={css.line} data-testid="conference-line">
      <b className={css.phase}>{t("parties.conference", { count: call.others.length + 1 })}</b>
      <ul className={css.people} aria-label={t("parties.title")}>
        {call.others.map((it) => (
          <Person key={it.party_id} contactId={props.contactId} party={it} />
        ))}
      </ul>
      {inConversation(call.phase) && !call.consult && (
        <span className={css.apart}>
          <CallButton testId="leave" label="call.leave" icon={<LogoutOutlined />} wide busy={busy} onPress={leave} />
        </span>
      )}
    </div>
  );
}
