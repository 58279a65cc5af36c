/** Notes while talking and after: disposition, note, time left, finish. */
import type { FollowUp } from "@huying/api";
import { Button, type InputRef } from "antd";
import { useRef, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ClosingFields } from "@/parts/closing/ClosingFields";
import { Notes } from "@/parts/closing/Notes";
import { useFilling } from "@/parts/closing/useFilling";
import { useMayClose } from "@/parts/contact/followUp";
import { Key, useAction } from "@/parts/shortcuts";
import { Remaining } from "@/parts/time";
import { useCommand } from "@/parts/useCommand";
import { usePhone } from "@/phone/PhoneProvider";
import { commandCall } from "@/server/desk";
import { useNotes } from "@/server/work";
import type { Draft } from "./draft";
import { useDraft, useWrapUp } from "./useWrapUp";
import css from "./WrapUp.module.css";
import { useExtensionLeft } from "./useExtensionLeft";

interface WrapUpProps {
  readonly contactId: string;
  readonly queueId: string | null;
  readonly saved: Draft;
  /** Who follows the contact up, as the server has it. */
  readonly followUp: FollowUp | null;
  readonly customer: string;
  readonly number: string;
}

function AfterCall(props: { readonly contactId: string; readonly endsAt: string | null }): ReactNode {
  const { t } = useTexts();
  const { run, busy } = useCommand();
  const left = useExtensionLeft();
  return (
    <div className={css.afterCall}>
      <span>{t("wrap_up.time_left")}</span>
      <b>{props.endsAt ? <Remaining until={props.endsAt} /> : "–"}</b>
      {left > 0 ? (
        <Button size="small" loading={busy} onClick={() => void run(() => commandCall(props.contactId, "extend"))}>
          {t("call.extend")}
        </Button>
      ) : (
        <span className="quiet">{t("call.longest")}</span>
      )}
    </div>
  );
}

export function WrapUp(props: WrapUpProps): ReactNode {
  const { t } = useTexts();
  const { call } = usePhone();
  const { draft, edit, kept, forgetFollowUp } = useDraft(props.contactId, props.saved);
  const actions = useWrapUp(props.contactId);
  const note = useRef<InputRef>(null);
  const mayClose = useMayClose();
  const { data: notes } = useNotes(props.contactId);
  const filling = useFilling(props.customer, props.number, props.queueId);
  const afterCall = call.phase === "after_call" && call.contactId === props.contactId;
  const open = props.followUp?.done_at ? null : props.followUp;
  useAction("wrap_up.note", () => note.current?.focus());
  const save = async (): Promise<void> => {
    if (await actions.save()) forgetFollowUp();
  };
  return (
    <div className={css.form}>
      {afterCall && <AfterCall contactId={props.contactId} endsAt={call.endsAt} />}
      <Notes notes={(notes ?? []).filter((it) => !(it.mine && it.kind === "wrap_up"))} />
      <ClosingFields about={{ contactId: props.contactId, number: props.number, name: props.customer, queueId: props.queueId }} atHand value={draft} onChange={edit} filling={filling} note={note} followed={open !== null} mayFollow={open === null || mayClose(open)} />
      <div className="row">
        <span className="quiet grow ellipsis">{kept ? "" : t("wrap_up.draft_kept")}</span>
        <Button onClick={() => void save()} loading={actions.busy} data-testid="wrap-up-save">
          {t("common.save")}
        </Button>
        {afterCall && (
          <Button type="primary" onClick={actions.finish} loading={actions.busy} data-testid="wrap-up-finish">
            {t("wrap_up.finish")} <Key keys="F3" />
          </Button>
        )}
      </div>
    </div>
  );
}
