/** Rings, blinks and notifies while a call rings at this agent. */
import { useEffect, useEffectEvent, useRef } from "react";
import { useTexts } from "@/i18n";
import { blinkTitle, ringTone } from "@/phone/attention";
import { onNoticeAction, showNotice, unwatched, type NoticeAction } from "@/phone/notices";
import { usePhone } from "@/phone/PhoneProvider";
import { commandCall } from "@/server/desk";
import { useNamesOfParties } from "./useNamesOfParties";
import { useScreenPop } from "../pop/useScreenPop";

/** Answering and refusing where the notification is; pressing elsewhere on it only brings the desk to the front. */
function useNoticeActions(): void {
  const { call, answer } = usePhone();
  const act = useEffectEvent((action: NoticeAction, contactId: string) => {
    if (call.phase !== "ringing" || call.contactId !== contactId) return;
    if (action === "answer") answer();
    if (action === "refuse") void commandCall(contactId, "refuse").catch(() => undefined);
  });
  useEffect(() => onNoticeAction(act), []);
}

export function useAttention(): void {
  const { t } = useTexts();
  const { call, place, devices } = usePhone();
  const { data: pop } = useScreenPop(call.contactId);
  const ringing = call.phase === "ringing";
  const here = place === "here";
  const contactId = call.contactId ?? "";
  const title = t("desk.ringing_title");
  const { customer } = useNamesOfParties();
  const body = pop ? customer : "";
  const [answer, refuse] = [here ? t("call.answer") : "", t("call.refuse")];
  useNoticeActions();
  useEffect(() => (ringing && here ? ringTone(devices.ringId) : undefined), [ringing, here, devices.ringId]);
  useEffect(() => (ringing ? blinkTitle(`● ${title}`) : undefined), [ringing, title]);
  const notice = useEffectEvent(() => showNotice({ contactId, title, body, answer, refuse }));
  const shown = useRef<(() => void) | null>(null);
  useEffect(() => {
    if (!ringing) return undefined;
    const hide = (): void => {
      shown.current?.();
      shown.current = null;
    };
    const look = (): void => {
      if (!unwatched()) hide();
      else shown.current ??= notice();
    };
    look();
    const events = [[document, "visibilitychange"], [window, "blur"], [window, "focus"]] as const;
    for (const [target, name] of events) target.addEventListener(name, look);
    return () => {
      for (const [target, name] of events) target.removeEventListener(name, look);
      hide();
    };
  }, [ringing, contactId]);
  // Who calls is known a moment later than that it rings: the same notice says it then.
  useEffect(() => {
    if (shown.current) shown.current = notice();
  }, [body]);
}
