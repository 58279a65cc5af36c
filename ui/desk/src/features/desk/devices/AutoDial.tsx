/** Work with a number is dialled by itself some seconds after it was accepted, where that is set; one press dials now, another leaves it. */
import { PhoneOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useEffectEvent, useState, type ReactNode } from "react";
import type { DeskWork } from "@huying/api";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { useCommand } from "@/parts/useCommand";
import { usePhone } from "@/phone/PhoneProvider";
import { dial } from "@/server/callOperations";
import { customerQuery } from "@/server/customers";
import { useMyDevices } from "@/server/devices";

/** What has been dialled, or left, once is not dialled by itself again, also after a refresh of the page. */
const SETTLED = "huying.dialled";
const settledOnes = (): readonly string[] => JSON.parse(sessionStorage.getItem(SETTLED) ?? "[]") as string[];
const isSettled = (contactId: string): boolean => settledOnes().includes(contactId);
const remember = (contactId: string): void => sessionStorage.setItem(SETTLED, JSON.stringify([contactId, ...settledOnes()].slice(0, 50)));

export function AutoDial(props: { readonly work: DeskWork }): ReactNode {
  const { t } = useTexts();
  const { work } = props;
  const { me, call } = usePhone();
  const { run, busy } = useCommand();
  const { data: mine } = useMyDevices();
  const customerId = work.task?.customer_id ?? null;
  const { data: customer } = useQuery({ ...customerQuery(customerId ?? ""), enabled: customerId !== null });
  const number = work.message?.number || customer?.numbers[0]?.number || "";
  const seconds = mine?.work.dial_seconds ?? -1;
  const free = call.phase === "none" && (me.agent?.signed_in ?? false);
  const [left, setLeft] = useState<number | null>(null);
  const settle = (): void => {
    remember(work.contact_id);
    setLeft(null);
  };
  const begin = (): void => {
    settle();
    void run((knowing) => dial({ number, customer_id: customerId, contact_id: work.contact_id }, knowing));
  };
  const beginByItself = useEffectEvent(begin);
  const counts = free && number !== "" && seconds >= 0 && !isSettled(work.contact_id);
  useEffect(() => {
    if (!counts) return undefined;
    const ends = Date.now() + seconds * 1000;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
      setLeft(now);
      if (now > 0) return;
      clearInterval(timer);
      beginByItself();
    }, 200);
    return () => {
      clearInterval(timer);
      setLeft(null);
    };
  }, [counts, seconds]);
  if (!number) return null;
  const shown = phoneNumber(number);
  return (
    <div className="row" data-testid="auto-dial" data-left={left ?? ""}>
      <Button size="small" icon={<PhoneOutlined />} onClick={begin} disabled={!free} loading={busy} data-testid="auto-dial-now">
        {left === null ? t("auto_dial.dial", { number: shown }) : t("auto_dial.in", { number: shown, seconds: left })}
      </Button>
      {left !== null && (
        <Button size="small" onClick={settle} data-testid="auto-dial-cancel">
          {t("auto_dial.cancel")}
        </Button>
      )}
    </div>
  );
}
