/** One line that says why no contact comes, or that nothing stands in the way. */
import type { AgentRow } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts, type Texts } from "@/i18n";
import { clock } from "@/parts/format";
import { obstacleOf } from "@/parts/presence";
import { useNow } from "@/parts/time";
import { useNames, type AllNames } from "@/server/names";

function line(agent: AgentRow, nowMs: number, { t }: Texts, names: AllNames): string {
  const { kind, until } = obstacleOf(agent, nowMs);
  if (kind === "resting" && until) return t("why.resting", { time: clock(Math.ceil((Date.parse(until) - nowMs) / 1000)) });
  if (kind !== "on_break") return t(`why.${kind}`);
  if (agent.status_by === "lead") return t("why.on_break_by", { reason: names.breakReason(agent.reason), name: agent.status_by_name });
  return agent.reason ? t("why.on_break", { reason: names.breakReason(agent.reason) }) : t("why.not_ready");
}

export function WhyNoCalls(props: { readonly agent: AgentRow | null }): ReactNode {
  const texts = useTexts();
  const names = useNames();
  const now = useNow();
  if (!props.agent) return <span data-testid="why">{texts.t("why.signed_out")}</span>;
  const { kind } = obstacleOf(props.agent, now);
  return (
    <span data-testid="why" data-obstacle={kind}>
      {line(props.agent, now, texts, names)}
    </span>
  );
}
