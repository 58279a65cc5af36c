/** Rings, blinks and notifies while a call rings at this agent. */
import { useEffect } from "react";
import { useTexts } from "@/i18n";
import { blinkTitle, notify, ringTone } from "@/phone/attention";
import { usePhone } from "@/phone/PhoneProvider";
import { useScreenPop } from "../pop/useScreenPop";

export function useAttention(): void {
  const { t } = useTexts();
  const { call, place } = usePhone();
  const { data: pop } = useScreenPop(call.contactId);
  const ringing = call.phase === "ringing";
  const title = t("desk.ringing_title");
  const body = pop?.customer?.name ?? pop?.contact.remote_number ?? "";
  useEffect(() => (ringing && place === "here" ? ringTone() : undefined), [ringing, place]);
  useEffect(() => (ringing ? blinkTitle(`● ${title}`) : undefined), [ringing, title]);
  useEffect(() => (ringing ? notify(title, body) : undefined), [ringing, title, body]);
}
