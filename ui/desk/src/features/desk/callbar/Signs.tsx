/** What one must see without asking: what the customer hears, whether it is recorded, how good the sound is, the call's limit. */
import { CustomerServiceOutlined, SoundOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { clock } from "@/parts/format";
import { useSlots } from "@/parts/slots";
import { Elapsed, useNow } from "@/parts/time";
import { customerHears, inConversation, limitSeconds } from "@/phone/callView";
import { usePhone } from "@/phone/PhoneProvider";
import css from "./CallBar.module.css";

function Limit(): ReactNode {
  const { t } = useTexts();
  const { call } = usePhone();
  const left = limitSeconds(call.contact, useNow());
  if (left === null) return null;
  return (
    <span className={css.limit} role="alert" data-testid="limit">
      {t("call.limit")} <b className="clock">{clock(left)}</b>
    </span>
  );
}

export function Signs(): ReactNode {
  const { code } = useTexts();
  const { Quality } = useSlots();
  const { call } = usePhone();
  const hears = call.consulted ? "you" : customerHears(call);
  if (!inConversation(call.phase)) return null;
  return (
    <span className={css.signs}>
      {hears !== "you" && call.phase !== "lost" && (
        <span className={css.hears} data-testid="hears" data-hears={hears}>
          {hears === "nobody" ? <CustomerServiceOutlined /> : <SoundOutlined />} {code("hears", hears)}
          {hears === "sound" && <Elapsed since={call.contact?.playing?.since} />}
        </span>
      )}
      {call.recording !== "off" && (
        <span className={css.recording} data-state={call.recording} data-testid="recording-state">
          <i aria-hidden />
          {code("recording_state", call.recording)}
        </span>
      )}
      <Limit />
      {Quality && <Quality />}
    </span>
  );
}
