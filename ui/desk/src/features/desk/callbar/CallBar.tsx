/** The call of the moment: who, which queue, how long, who hears whom, and what one can do. Always on the screen of an agent. */
import type { ReactNode } from "react";
import { useTexts, type Texts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { ClassPill, QuietSign } from "@/parts/pills";
import { Elapsed, Remaining } from "@/parts/time";
import { isConference, type CallView } from "@/phone/callView";
import { usePhone } from "@/phone/PhoneProvider";
import { useNames } from "@/server/names";
import { useDeskSettings } from "@/server/session";
import { CallSound } from "../devices/CallSound";
import { useScreenPop } from "../pop/useScreenPop";
import "../texts";
import { WhyNoCalls } from "../WhyNoCalls";
import { Announcer } from "./Announcer";
import { ConversationTools, FirstButtons } from "./CallButtons";
import css from "./CallBar.module.css";
import { ConsultLine } from "./ConsultLine";
import { DeviceState } from "./DeviceState";
import { DialField } from "./DialField";
import { Monitoring } from "./Monitoring";
import { People } from "./People";
import { SecondCall } from "./SecondCall";
import { Signs } from "./Signs";
import { useAttention } from "./useAttention";
import { useNamesOfParties } from "./useNamesOfParties";

function Caller(): ReactNode {
  const { call } = usePhone();
  const { data: pop } = useScreenPop(call.contactId);
  const title = useNamesOfParties().customer;
  const number = phoneNumber(pop?.contact.remote_number);
  return (
    <span className={css.caller}>
      <strong className="ellipsis" data-testid="call-name" title={title}>
        {title}
      </strong>
      {pop?.customer && <ClassPill value={pop.customer.class} />}
      {number && number !== title && (
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
  const names = useNames();
  const asking = call.rings === "consult" || call.consulted ? call.contact?.consult?.agent_id : null;
  const asked = asking ? t("consult.asked_by", { name: names.agent(asking) }) : call.rings === "party" ? t("parties.asked_in") : "";
  const quiet = call.contact?.dial?.passed_on?.why === "do_not_disturb" ? t("dnd.passed_on") : "";
  const facts = [asked, quiet, local(queue?.name), code("language", call.contact?.language), code("channel", call.contact?.channel)].filter(Boolean);
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
  const { t } = useTexts();
  const { me } = usePhone();
  return (
    <section className={css.bar} data-phase="none" data-testid="call-bar" aria-label={t("call.bar")}>
      <div className={css.first}>
        <DialField />
        {me.agent?.signed_in && me.agent.not_disturbed && <QuietSign hint={t("dnd.hint")} />}
        <span className={`quiet grow ${css.why ?? ""}`}>
          <WhyNoCalls agent={me.agent} />
        </span>
        <DeviceState />
      </div>
    </section>
  );
}

function phaseWord({ monitor, consult, phase, contact }: CallView, code: Texts["code"]): string {
  if (monitor) return code("monitor_mode", monitor.mode);
  if (phase === "dialling" && contact?.dial?.passed_on) return code("passed_on", contact.dial.passed_on.kind);
  if (phase === "dialling" && contact?.direction === "internal") return code("passed_on", "colleague");
  return code("call_phase", consult?.focus === "consult" ? "holding" : phase);
}

export function CallBar(): ReactNode {
  const { t, code } = useTexts();
  const { me, call, second, status } = usePhone();
  useAttention();
  const consulting = call.consult && call.contactId;
  return (
    <>
      <Announcer />
      {call.phase === "none" ? (
        <Idle />
      ) : (
        <section className={css.bar} data-phase={call.phase} data-session={status.call?.phase} data-consulting={Boolean(consulting)} data-testid="call-bar" aria-label={t("call.bar")}>
          <div className={css.first}>
            <span className={css.phase}>
              <span className={css.dot} aria-hidden />
              <b>{phaseWord(call, code)}</b>
              <Timer />
            </span>
            <Caller />
            <Particulars />
            {!call.monitor && <Signs />}
            {me.agent?.not_disturbed && <QuietSign hint={t("dnd.hint")} />}
            <CallSound />
            <FirstButtons />
            <DeviceState />
          </div>
          {isConference(call) && call.contactId && <People contactId={call.contactId} />}
          {call.consult && call.contactId && <ConsultLine contactId={call.contactId} consult={call.consult} />}
          {second && <SecondCall second={second} />}
          {call.monitor && call.contactId ? <Monitoring contactId={call.contactId} monitor={call.monitor} /> : <ConversationTools />}
        </section>
      )}
    </>
  );
}
