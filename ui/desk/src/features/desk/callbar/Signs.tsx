/** What one must see without asking: what the customer hears, whether it is recorded, how good the sound is, the call's limit. */
import { CustomerServiceOutlined, SoundOutlined, TeamOutlined } from "@ant-design/icons";
import type { ContactRow } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts, type Texts } from "@/i18n";
import { clock } from "@/parts/format";
import { useSlots } from "@/parts/slots";
import { Elapsed, useNow } from "@/parts/time";
import { customerHears, inConversation, limitSeconds } from "@/phone/callView";
import { usePhone } from "@/phone/PhoneProvider";
import { useNames } from "@/server/names";
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

const FAILURES = new Set(["no_answer", "busy", "refused", "unreachable", "failed", "nobody", "far_end", "lost"]);

/** How the last consultation ended, where it brought nothing. */
function consultFailure(contact: ContactRow | null, code: Texts["code"]): string {
  const result = contact?.last_consult_result ?? "";
  return FAILURES.has(result) ? code("consult_result", result) : "";
}

/** A lead whom I hear, or all do. Whoever only listens is not told of. */
function Led(): ReactNode {
  const { code } = useTexts();
  const names = useNames();
  const { call, me } = usePhone();
  const heard = (call.contact?.monitors ?? []).filter((it) => it.state === "talking" && (it.mode === "join" || (it.mode === "whisper" && it.target_id === me.agent?.agent_id)));
  return heard.map((it) => (
    <span key={it.monitor_id} className={css.hears} role="status" data-testid="lead-heard" data-mode={it.mode}>
      <TeamOutlined /> {names.agent(it.agent_id)} {code("lead_heard", it.mode)}
    </span>
  ));
}

export function Signs(): ReactNode {
  const { t, code } = useTexts();
  const { Quality } = useSlots();
  const { call } = usePhone();
  const hears = call.consulted ? "you" : customerHears(call);
  if (!inConversation(call.phase)) return null;
  const ended = call.consult === null ? consultFailure(call.contact, code) : "";
  return (
    <span className={css.signs}>
      {ended && <span className={css.ended}>{t("consult.ended", { result: ended })}</span>}
      {hears !== "you" && call.phase !== "lost" && (
        <span className={css.hears} data-testid="hears" data-hears={hears}>
          {hears === "nobody" ? <CustomerServiceOutlined /> : <SoundOutlined />} {code("hears", hears)}
          {hears === "sound" && <Elapsed since={call.contact?.playing?.since} />}
        </span>
      )}
      <Led />
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
