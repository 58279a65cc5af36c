/** Parked calls: where, since when, by whom, and one press to take one. */
import { PhoneOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Nothing } from "@/parts/states";
import { Elapsed } from "@/parts/time";
import { useCommand } from "@/parts/useCommand";
import { inConversation } from "@/phone/callView";
import { usePhone } from "@/phone/PhoneProvider";
import { commandParties } from "@/server/callOperations";
import { useNames } from "@/server/names";
import css from "./SidePanel.module.css";
import { useToPickUp } from "./useToPickUp";

export function PickUp(): ReactNode {
  const { t } = useTexts();
  const { call } = usePhone();
  const names = useNames();
  const { run, busy } = useCommand();
  const parked = useToPickUp();
  if (parked.length === 0) return <Nothing title={t("parked.none")} hint={t("parked.none_hint")} />;
  return (
    <div data-testid="parked-calls">
      {parked.map((it) => (
        <div key={it.contact_id} className={css.slot} data-testid="parked-call">
          <b className="num">{it.slot}</b>
          <span className="grow">
            <span className="ellipsis">{t("parked.by", { name: names.agent(it.by) })}</span> <Elapsed since={it.since} />
          </span>
          <Button
            size="small"
            type="primary"
            icon={<PhoneOutlined />}
            disabled={inConversation(call.phase)}
            loading={busy}
            onClick={() => void run(() => commandParties(it.contact_id, "pick-up"))}
            data-testid="pick-up"
          >
            {t("parked.take")}
          </Button>
        </div>
      ))}
    </div>
  );
}
