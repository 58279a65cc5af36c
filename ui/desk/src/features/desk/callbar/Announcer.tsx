/** Tells people who listen to their screen what happens to the call: who rings, who talks, who waits. Seen by nobody. */
import { useEffect, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useKeysOf } from "@/parts/shortcuts";
import { customerHears, isConference } from "@/phone/callView";
import { usePhone } from "@/phone/PhoneProvider";
import { useNames } from "@/server/names";
import { useScreenPop } from "../pop/useScreenPop";
import { useNamesOfParties } from "./useNamesOfParties";

/** The name is awaited so long before the ringing is told without it. */
const NAME_MS = 700;

function useSentence(): string {
  const { t, code } = useTexts();
  const { call } = usePhone();
  const names = useNamesOfParties();
  const queues = useNames();
  const keys = useKeysOf("call.answer");
  if (call.phase === "none") return "";
  const queue = call.contact?.queue_id ? queues.queue(call.contact.queue_id) : "";
  if (call.monitor) return [code("monitor_mode", call.monitor.mode), queues.agent(call.monitor.target_id), code("monitor_hint", call.monitor.mode)].join(". ");
  const parts = [code("call_phase", call.phase), names.customer];
  if (call.phase === "ringing") parts.push(queue, t("call.announce_answer", { keys }));
  if (call.consult) parts.push(`${names.consulted(call.consult)}: ${code("consult_state", call.consult.state)}`);
  if (isConference(call)) parts.push(t("parties.conference", { count: call.others.length + 1 }));
  const hears = customerHears(call);
  if ((call.phase === "talking" || call.phase === "holding") && hears !== "you") parts.push(code("hears", hears));
  if (call.recording === "paused") parts.push(code("recording_state", "paused"));
  return parts.filter(Boolean).join(". ");
}

export function Announcer(): ReactNode {
  const { call } = usePhone();
  const { isPending } = useScreenPop(call.contactId);
  const sentence = useSentence();
  const [told, setTold] = useState("");
  const wait = call.contactId !== null && isPending ? NAME_MS : 0;
  useEffect(() => {
    const timer = setTimeout(() => setTold(sentence), wait);
    return () => clearTimeout(timer);
  }, [sentence, wait]);
  const urgent = call.phase === "ringing";
  return (
    <>
      <div className="unseen" role="status" aria-live="polite" data-testid="announced">
        {urgent ? "" : told}
      </div>
      <div className="unseen" role="alert" aria-live="assertive" data-testid="announced-ringing">
        {urgent ? told : ""}
      </div>
    </>
  );
}
