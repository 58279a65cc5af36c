/** The line of a second call: one that rings softly while the agent talks, or the one that is on hold meanwhile. */
import { PhoneFilled, PhoneOutlined, SwapOutlined } from "@ant-design/icons";
import { useEffect, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { Elapsed } from "@/parts/time";
import { useCommand } from "@/parts/useCommand";
import type { SecondCall as Second } from "@/phone/callView";
import { usePhone } from "@/phone/PhoneProvider";
import { softNote } from "@/phone/softNote";
import { commandCall, type CallCommand } from "@/server/desk";
import { useNames } from "@/server/names";
import { useScreenPop } from "../pop/useScreenPop";
import { CallButton } from "./CallButton";
import css from "./CallBar.module.css";

const NOTE_EVERY_MS = 4000;

/** A soft note now and then, which does not drown the one one talks with. */
function useSoftNotes(rings: boolean): void {
  useEffect(() => {
    if (!rings) return undefined;
    softNote();
    const timer = setInterval(softNote, NOTE_EVERY_MS);
    return () => clearInterval(timer);
  }, [rings]);
}

function useWho(second: Second): { readonly name: string; readonly number: string } {
  const { t } = useTexts();
  const { me } = usePhone();
  const names = useNames();
  const { data: pop } = useScreenPop(second.contactId);
  const { dial, direction } = second.contact;
  const colleague = direction === "internal" && dial ? (dial.agent_id === me.agent?.agent_id ? dial.called_id : dial.agent_id) : null;
  const number = phoneNumber(pop?.contact.remote_number);
  if (colleague) return { name: names.called(colleague), number: "" };
  const name = (pop?.customer?.name ?? pop?.contact.remote_name) || number || t("desk.unknown_caller");
  return { name, number: number === name ? "" : number };
}

export function SecondCall(props: { readonly second: Second }): ReactNode {
  const { t, code } = useTexts();
  const { answer, place } = usePhone();
  const { run, busy } = useCommand();
  const { contactId, contact, phase } = props.second;
  const who = useWho(props.second);
  const rings = phase === "ringing";
  useSoftNotes(rings && place === "here");
  const act = (command: CallCommand) => (): void => void run(() => commandCall(contactId, command));
  const since = contact.person_ring?.since ?? contact.talk_since ?? contact.since;
  return (
    <div className={css.line} role="group" aria-label={t("second.title")} data-phase={phase} data-testid="second-call">
      <span className={css.phase}>
        {rings ? <PhoneFilled /> : <PhoneOutlined />}
        <b role={rings ? "alert" : undefined}>{rings ? t("second.rings") : code("call_phase", phase)}</b>
        <Elapsed since={since} />
      </span>
      <strong className="ellipsis" title={who.name} data-testid="second-name">
        {who.name}
      </strong>
      {who.number && <span className="num quiet">{who.number}</span>}
      <span className={`${css.hint ?? ""} quiet`}>{t(rings ? "second.hint" : "second.waits")}</span>
      <span className={css.buttons}>
        {rings && place === "here" && <CallButton testId="second-take" label="call.take_second" icon={<PhoneFilled />} look="primary" wide busy={busy} onPress={answer} />}
        {phase === "holding" && <CallButton testId="second-back" label="call.to_second" icon={<SwapOutlined />} look="primary" wide busy={busy} onPress={act("resume")} />}
      </span>
      <span className={css.apart}>
        {rings && <CallButton testId="second-refuse" label="call.refuse_second" icon={<PhoneFilled rotate={225} />} wide busy={busy} onPress={act("refuse")} />}
      </span>
    </div>
  );
}
