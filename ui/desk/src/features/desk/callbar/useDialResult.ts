/** Says what came of a call that one began, when it came to no conversation: busy, not answered, refused. */
import { App } from "antd";
import { useEffect, useState } from "react";
import { useTexts } from "@/i18n";
import { usePhone } from "@/phone/PhoneProvider";
import { dialOutcome } from "@/server/callOperations";

const SILENT = new Set(["", "cancelled"]);

/** Gives the function that is told which contact has been begun. */
export function useDialResult(): (contactId: string) => void {
  const { code } = useTexts();
  const { message } = App.useApp();
  const { me, call } = usePhone();
  const [begun, setBegun] = useState<{ readonly contactId: string; readonly seen: boolean } | null>(null);
  const there = begun !== null && (me.contacts.some((it) => it.contact_id === begun.contactId && it.state !== "ended") || call.contactId === begun.contactId);
  if (begun && there && !begun.seen) setBegun({ ...begun, seen: true });
  const over = begun?.seen && !there ? begun.contactId : null;
  useEffect(() => {
    if (!over) return;
    dialOutcome(over).then(
      (result) => {
        if (result && !SILENT.has(result)) void message.warning(code("dial_result", result), 6);
      },
      () => undefined, // the history tells it as well
    );
  }, [over, code, message]);
  return (contactId) => setBegun({ contactId, seen: false });
}
