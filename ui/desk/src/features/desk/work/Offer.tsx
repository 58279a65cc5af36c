/** Work that is offered to me: what it is, how long I have, take it or not. */
import type { ContactRow } from "@huying/api";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useMe } from "@/live/LiveProvider";
import { useAction } from "@/parts/shortcuts";
import { Remaining } from "@/parts/time";
import { useCommand } from "@/parts/useCommand";
import { useNames } from "@/server/names";
import { acceptWork, refuseWork } from "@/server/work";
import css from "./Work.module.css";
import { WorkTitle } from "./WorkTitle";

export function Offer(props: { readonly contact: ContactRow; readonly first: boolean }): ReactNode {
  const { t } = useTexts();
  const names = useNames();
  const { agent } = useMe();
  const { run, busy } = useCommand();
  const { contact } = props;
  const mine = contact.offers?.find((it) => it.agent_id === agent?.agent_id);
  const accept = (): void => void run(() => acceptWork(contact.contact_id));
  const refuse = (): void => void run(() => refuseWork(contact.contact_id));
  useAction("work.accept", accept, { active: props.first, keys: "a" });
  useAction("work.refuse", refuse, { active: props.first, keys: "Shift+A" });
  return (
    <section className={css.offer} role="alert" aria-label={t("work.offered")} data-testid="work-offer">
      <WorkTitle contactId={contact.contact_id} />
      <div className={css.small}>
        <span>{contact.queue_id ? names.queue(contact.queue_id) : ""}</span>
        <span>{mine && <Remaining until={mine.expires_at} />}</span>
      </div>
      <div className="row">
        <Button type="primary" size="small" onClick={accept} loading={busy} data-testid="work-accept">
          {t("work.accept")}
        </Button>
        <Button size="small" onClick={refuse} disabled={busy} data-testid="work-refuse">
          {t("work.refuse")}
        </Button>
      </div>
    </section>
  );
}
