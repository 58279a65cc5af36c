/** Which buttons stand in the call bar. Each press asks the server; what the buttons show comes back by the live feed. */
import { CheckOutlined, ClockCircleOutlined, PhoneFilled } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useCommand } from "@/parts/useCommand";
import { inConversation } from "@/phone/callView";
import { usePhone } from "@/phone/PhoneProvider";
import { commandCall, type CallCommand } from "@/server/desk";
import { useExtensionLeft } from "../wrapup/useExtensionLeft";
import { useWrapUp } from "../wrapup/useWrapUp";
import { CallButton } from "./CallButton";
import css from "./CallBar.module.css";
import { Refuse } from "./Refuse";
import { HangUp, Tools } from "./Tools";

function Ringing(props: { readonly contactId: string }): ReactNode {
  const { answer, place } = usePhone();
  const { t } = useTexts();
  return (
    <>
      <span className={css.buttons}>
        {place === "here" && <CallButton testId="answer" label="call.answer" icon={<PhoneFilled />} look="primary" wide onPress={answer} />}
        {place === "device" && <b>{t("call.pick_up")}</b>}
      </span>
      <span className={css.apart}>
        <Refuse contactId={props.contactId} />
      </span>
    </>
  );
}

function AfterCall(props: { readonly contactId: string; readonly act: (command: CallCommand) => void; readonly busy: boolean }): ReactNode {
  const { t } = useTexts();
  const wrapUp = useWrapUp(props.contactId);
  const left = useExtensionLeft();
  return (
    <span className={css.buttons}>
      {left > 0 ? (
        <CallButton testId="wrap-up-extend" label="call.extend" icon={<ClockCircleOutlined />} wide busy={props.busy} onPress={() => props.act("extend")} />
      ) : (
        <span className="quiet" data-testid="wrap-up-longest">
          {t("call.longest")}
        </span>
      )}
      <CallButton testId="call-finish" label="call.finish" icon={<CheckOutlined />} look="primary" wide busy={wrapUp.busy} onPress={wrapUp.finish} />
    </span>
  );
}

function useAct(contactId: string | null): { readonly act: (command: CallCommand) => void; readonly busy: boolean } {
  const { run, busy } = useCommand();
  const act = (command: CallCommand): void => {
    if (contactId) void run(() => commandCall(contactId, command), command);
  };
  return { act, busy };
}

/** The buttons that stand beside the caller's name. */
export function FirstButtons(): ReactNode {
  const { call } = usePhone();
  const acting = useAct(call.contactId);
  if (!call.contactId) return null;
  if (call.phase === "ringing") return <Ringing contactId={call.contactId} />;
  if (call.phase === "dialling") return <HangUp {...acting} />;
  return call.phase === "after_call" ? <AfterCall contactId={call.contactId} {...acting} /> : null;
}

/** The row of buttons below it, in a conversation. */
export function ConversationTools(): ReactNode {
  const { call } = usePhone();
  const acting = useAct(call.contactId);
  return call.contactId && inConversation(call.phase) ? <Tools contactId={call.contactId} {...acting} /> : null;
}
