/** Parked calls, and those that ring at colleagues: where, since when, and one press to take one. */
import { PhoneOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Nothing } from "@/parts/states";
import { Key } from "@/parts/shortcuts";
import { Elapsed } from "@/parts/time";
import { useCommand } from "@/parts/useCommand";
import { usePhone } from "@/phone/PhoneProvider";
import { commandParties } from "@/server/callOperations";
import { useNames } from "@/server/names";
import css from "./SidePanel.module.css";
import { useToPickUp } from "./useToPickUp";

interface LineProps {
  readonly contactId: string;
  readonly slot?: string;
  readonly text: string;
  readonly since: string | null;
  /** The one that the key takes. */
  readonly first?: boolean;
}

function Line(props: LineProps): ReactNode {
  const { t } = useTexts();
  const { call } = usePhone();
  const { run, busy } = useCommand();
  const take = (): void => void run(() => commandParties(props.contactId, "pick-up"));
  return (
    <li className={css.slot} data-testid={props.slot ? "parked-call" : "ringing-call"}>
      {props.slot && <b className="num">{props.slot}</b>}
      <span className="grow">
        {props.text} <Elapsed since={props.since} />
      </span>
      <Button size="small" type="primary" icon={<PhoneOutlined />} disabled={call.phase !== "none"} loading={busy} onClick={take} data-testid="pick-up" aria-label={`${t("parked.take")}: ${props.slot ?? props.text}`}>
        {t("parked.take")}
        {props.first && <Key keys="U" label="parked.take_any" />}
      </Button>
    </li>
  );
}

export function PickUp(): ReactNode {
  const { t } = useTexts();
  const names = useNames();
  const { parked, ringing } = useToPickUp();
  if (parked.length + ringing.length === 0) return <Nothing title={t("parked.none")} hint={t("parked.none_hint")} />;
  return (
    <>
      {parked.length > 0 && (
        <ul className={css.slots} aria-label={t("parked.title")} data-testid="parked-calls">
          {parked.map((it) => (
            <Line key={it.contact_id} contactId={it.contact_id} slot={it.slot} text={t("parked.by", { name: names.agent(it.by) })} since={it.since} />
          ))}
        </ul>
      )}
      {ringing.length > 0 && (
        <>
          <h3 className={css.name}>{t("parked.colleagues")}</h3>
          <ul className={css.slots} aria-label={t("parked.colleagues")}>
            {ringing.map((it, at) => (
              <Line first={at === 0} key={it.agent_id} contactId={it.rings ?? ""} text={t("parked.rings", { name: it.name })} since={it.since} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}
