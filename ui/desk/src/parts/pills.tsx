/** Small coloured words for states, everywhere the same. */
import type { AgentRow } from "@huying/api";
import { StopOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";

export type Tone = "good" | "busy" | "warn" | "bad" | "idle";

export function Pill(props: { readonly tone: Tone; readonly plain?: boolean; readonly children: ReactNode; readonly testId?: string }): ReactNode {
  return (
    <span className={`pill ${props.tone}${props.plain ? " plain" : ""}`} data-testid={props.testId}>
      {props.children}
    </span>
  );
}

const AGENT_TONES: Readonly<Record<string, Tone>> = {
  ready: "good",
  ringing: "warn",
  talking: "busy",
  holding: "busy",
  after_call: "warn",
  break: "idle",
  unreachable: "bad",
  signed_out: "idle",
};

type Seen = Pick<AgentRow, "signed_in" | "state" | "status" | "reachable">;

/** One word for what an agent does: work goes before the chosen status. */
export function agentWord(agent: Seen): string {
  if (!agent.signed_in) return "signed_out";
  if (agent.state !== "idle") return agent.state;
  if (agent.status === "ready" && !agent.reachable) return "unreachable";
  return agent.status === "break" ? "break" : "ready";
}

export function AgentPill(props: { readonly agent: Seen }): ReactNode {
  const { code } = useTexts();
  const word = agentWord(props.agent);
  return <Pill tone={AGENT_TONES[word] ?? "idle"}>{code("agent_state", word)}</Pill>;
}

/** Beside a state: calls to this person do not ring, whatever his status is. */
export function QuietSign(props: { readonly hint?: string }): ReactNode {
  const { t } = useTexts();
  return (
    <span title={props.hint ?? t("dnd.wishes")} data-testid="not-disturbed">
      <Pill tone="warn" plain>
        <StopOutlined aria-hidden /> {t("dnd.on")}
      </Pill>
    </span>
  );
}

const CONTACT_TONES: Readonly<Record<string, Tone>> = { waiting: "warn", ringing: "warn", dialling: "busy", talking: "busy", holding: "busy", lost_agent: "bad", ended: "idle" };

export function ContactPill(props: { readonly state: string }): ReactNode {
  const { code } = useTexts();
  return <Pill tone={CONTACT_TONES[props.state] ?? "idle"}>{code("contact_state", props.state)}</Pill>;
}

/** How the last stay in a queue ended; a contact that never reached one ended in the menu. */
export function endingOf(contact: { readonly ending: string | null; readonly state: string }): string | null {
  return contact.ending ?? (contact.state === "ended" ? "in_flow" : null);
}

const ENDING_TONES: Readonly<Record<string, Tone>> = { answered: "good", abandoned: "bad", lost: "bad", short_abandoned: "warn", refused: "warn" };

export function EndingPill(props: { readonly ending: string | null | undefined }): ReactNode {
  const { code } = useTexts();
  if (!props.ending) return <span className="quiet">–</span>;
  return <Pill tone={ENDING_TONES[props.ending] ?? "idle"}>{code("ending", props.ending)}</Pill>;
}

const CLASS_TONES: Readonly<Record<string, Tone>> = { vip: "warn", gold: "busy" };

export function ClassPill(props: { readonly value: string }): ReactNode {
  const { code } = useTexts();
  return (
    <Pill tone={CLASS_TONES[props.value] ?? "idle"} plain>
      {code("customer_class", props.value)}
    </Pill>
  );
}
