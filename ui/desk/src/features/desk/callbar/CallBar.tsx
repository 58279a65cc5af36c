/** The call of the moment: who, which queue, how long, and what one can do. Always on the screen of an agent. */
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { ClassPill } from "@/parts/pills";
import { Elapsed, Remaining } from "@/parts/time";
import { usePhone } from "@/phone/PhoneProvider";
import { useDeskSettings } from "@/server/session";
import { CallSound } from "../devices/CallSound";
import { useScreenPop } from "../pop/useScreenPop";
import { WhyNoCalls } from "../WhyNoCalls";
import { CallButtons } from "./CallButtons";
import css from "./CallBar.module.css";
import { DeviceState } from "./DeviceState";
import { useAttention } from "./useAttention";

function Caller(): ReactNode {
  const { t } = useTexts();
  const { call } = usePhone();
  const { data: pop } = useScreenPop(call.contactId);
  const number = phoneNumber(pop?.contact.remote_number);
  const name = pop?.customer?.name ?? pop?.contact.remote_name;
  const title = name || number || (call.contact?.channel === "web_call" ? t("desk.web_visitor") : t("desk.unknown_caller"));
  return (
    <span className={css.caller}>
      <strong className="ellipsis" data-testid="call-name" title={title}>
        {title}
      </strong>
      {pop?.customer && <ClassPill value={pop.customer.class} />}
      {number && name && (
        <span className="num quiet" data-testid="call-number">
          {number}
        </span>
      )}
    </span>
  );
}

function Particulars(): ReactNode {
  const { t, local, code } = useTexts();
  const { call } = usePhone();
  const settings = useDeskSettings();
  const queue = settings.data?.queues.find((it) => it.id === call.contact?.queue_id);
  const facts = [local(queue?.name), code("language", call.contact?.language), code("channel", call.contact?.channel)].filter(Boolean);
  return (
    <span className={css.facts}>
      {facts.length > 0 && <span className="ellipsis">{facts.join(" · ")}</span>}
      {call.phase === "ringing" && call.since && (
        <span className="quiet">
          {t("desk.waited")} <Elapsed since={call.since} />
        </span>
      )}
    </span>
  );
}

function Timer(): ReactNode {
  const { call } = usePhone();
  if (call.endsAt) return <Remaining until={call.endsAt} />;
  return <Elapsed since={call.since} />;
}

function Idle(): ReactNode {
  const { me } = usePhone();
  return (
    <section className={css.bar} data-phase="none" data-testid="call-bar">
      <span className="quiet grow ellipsis">
        <WhyNoCalls agent={me.agent} />
      </span>
      <DeviceState />
    </section>
  );
}

export function CallBar(): ReactNode {
  const { code } = useTexts();
  const { call, status } = usePhone();
  useAttention();
  if (call.phase === "none") return <Idle />;
  return (
    <section className={css.bar} data-phase={call.phase} data-session={status.call?.phase} data-testid="call-bar" aria-live="polite">
      <span className={css.phase}>
        <span className={css.dot} />
        <b>{code("call_phase", call.phase)}</b>
        <Timer />
      </span>
      <Caller />
      <Particulars />
      <CallButtons />
      <CallSound />
      <DeviceState />
    </section>
  );
}
