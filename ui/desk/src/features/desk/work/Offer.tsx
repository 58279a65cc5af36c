/** Work that is offered to me: what it is, how long I have, take it or not. */
import type { ContactRow } from "@huying/api";
import { Button, Space } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useMe } from "@/live/LiveProvider";
import { RefuseMenu } from "@/parts/RefuseMenu";
import { useAction } from "@/parts/shortcuts";
import { Remaining, useNow } from "@/parts/time";
import { useCommand } from "@/parts/useCommand";
import { useMyDevices } from "@/server/devices";
import { useNames } from "@/server/names";
import { useDeskSettings } from "@/server/session";
import { acceptWork, refuseWork } from "@/server/work";
import css from "./Work.module.css";
import { WorkTitle } from "./WorkTitle";

/** Counts down to the moment at which it is mine by itself, where that is set. */
function ByItself(props: { readonly queueId: string; readonly expiresAt: string }): ReactNode {
  const { t } = useTexts();
  const now = useNow();
  const { data: mine } = useMyDevices();
  const { data: settings } = useDeskSettings();
  const offered = settings?.queues.find((it) => it.id === props.queueId)?.offer_seconds;
  const seconds = mine?.work.accept_seconds ?? -1;
  if (offered === undefined || seconds < 0 || seconds >= offered) return null;
  const left = Math.max(0, Math.ceil((Date.parse(props.expiresAt) - now) / 1000) - offered + seconds);
  return (
    <div className="quiet" data-testid="work-accepts-itself" data-left={left}>
      {t("work.accepts_itself", { seconds: left })}
    </div>
  );
}

export function Offer(props: { readonly contact: ContactRow; readonly first: boolean }): ReactNode {
  const { t } = useTexts();
  const names = useNames();
  const { agent } = useMe();
  const { run, busy } = useCommand();
  const { contact } = props;
  const mine = contact.offers?.find((it) => it.agent_id === agent?.agent_id);
  const accept = (): void => void run(() => acceptWork(contact.contact_id));
  const refuse = (reason = ""): void => void run(() => refuseWork(contact.contact_id, reason));
  useAction("work.accept", accept, { active: props.first });
  useAction("work.refuse", () => refuse(), { active: props.first });
  return (
    <section className={css.offer} role="alert" aria-label={t("work.offered")} data-testid="work-offer">
      <WorkTitle contactId={contact.contact_id} />
      <div className={css.small}>
        <span>{contact.queue_id ? names.queue(contact.queue_id) : ""}</span>
        <span>{mine && <Remaining until={mine.expires_at} />}</span>
      </div>
      {mine && contact.queue_id && <ByItself queueId={contact.queue_id} expiresAt={mine.expires_at} />}
      <div className="row">
        <Button type="primary" size="small" onClick={accept} loading={busy} data-testid="work-accept">
          {t("work.accept")}
        </Button>
        <Space.Compact>
          <Button size="small" onClick={() => refuse()} disabled={busy} data-testid="work-refuse">
            {t("work.refuse")}
          </Button>
          <RefuseMenu label="work.refuse_why" testId="work-refuse" small keyed={props.first} onChoose={refuse} />
        </Space.Compact>
      </div>
    </section>
  );
}
