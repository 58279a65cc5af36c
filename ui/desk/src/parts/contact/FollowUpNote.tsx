/** That somebody follows a contact up: who, since when, and the way to close it. */
import type { FollowUp } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { closeFollowUp } from "@/server/desk";
import { useNames } from "@/server/names";
import { useSession } from "@/server/session";
import { useMayClose } from "./followUp";
import "@/parts/bookings/texts";

const SHOWN_IN = ["screen-pop", "contacts", "customers", "own-calls"];

export function FollowUpNote(props: { readonly contactId: string; readonly followUp: FollowUp }): ReactNode {
  const { t, code } = useTexts();
  const times = useTimes();
  const names = useNames();
  const { person } = useSession();
  const { run, busy } = useCommand();
  const client = useQueryClient();
  const mayClose = useMayClose();
  const { followUp } = props;
  const name = followUp.by === person.id ? person.name : names.agent(followUp.by);
  const close = async (): Promise<void> => {
    if (await run(() => closeFollowUp(props.contactId))) await Promise.all(SHOWN_IN.map((key) => client.invalidateQueries({ queryKey: [key] })));
  };
  if (followUp.done_at) return <span className="quiet">{t("follow_up.done", { name, when: times.shortTime(followUp.done_at) })}</span>;
  return (
    <span className="row" data-testid="follow-up">
      <span className="grow ellipsis">{t("follow_up.open", { name, when: times.shortTime(followUp.since) })}{followUp.why && ` · ${t("follow_up.callback", { why: code("bookings.why", followUp.why) })}`}</span>
      {mayClose(followUp) && (
        <Button size="small" loading={busy} onClick={() => void close()} data-testid="follow-up-close">
          {t("follow_up.close")}
        </Button>
      )}
    </span>
  );
}
