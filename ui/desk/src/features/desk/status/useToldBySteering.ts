/** Tells the agent what a lead has just changed, and who it was. */
import type { AgentRow } from "@huying/api";
import { App } from "antd";
import { useEffect, useRef } from "react";
import { useTexts } from "@/i18n";
import { steeredBetween } from "@/parts/presence";
import { useNames } from "@/server/names";

const SHOWN_SECONDS = 12;

export function useToldBySteering(agent: AgentRow | null): void {
  const { notification } = App.useApp();
  const { t, code } = useTexts();
  const names = useNames();
  const before = useRef<AgentRow | null>(null);
  useEffect(() => {
    const last = before.current;
    before.current = agent;
    if (!last || !agent || last === agent) return;
    for (const { kind, by } of steeredBetween(last, agent)) {
      const status = agent.status === "break" ? `${code("agent_state", "break")} (${names.breakReason(agent.reason)})` : code("agent_state", "ready");
      notification.warning({ key: `steered-${kind}`, title: t(`steered.${kind}`, { name: by, status }), placement: "top", duration: SHOWN_SECONDS });
    }
  });
}
