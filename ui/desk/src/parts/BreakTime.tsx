/** How long a break lasts and may last: quiet within its limit, a warning near it, and loud beyond. */
import type { AgentRow } from "@huying/api";
import { Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useDeskSettings } from "@/server/session";
import { clock } from "./format";
import { breakClock } from "./presence";
import { useNow } from "./time";

const COLOURS = { free: "inherit", within: "inherit", soon: "var(--warn)", over: "var(--bad)" } as const;

export function BreakTime(props: { readonly agent: AgentRow }): ReactNode {
  const { t } = useTexts();
  const now = useNow();
  const settings = useDeskSettings();
  const state = breakClock(props.agent, settings.data?.break_reasons ?? [], now);
  if (!state) return null;
  const { tone, seconds, limit } = state;
  const over = tone === "over";
  const hint = limit === 0 ? t("break.free") : over ? t("break.over", { time: clock(seconds - limit) }) : t("break.left", { time: clock(limit - seconds) });
  return (
    <Tooltip title={hint}>
      <span className="clock" style={{ color: COLOURS[tone], fontWeight: over || tone === "soon" ? 650 : undefined }} data-testid="break-time" data-tone={tone} aria-label={hint}>
        {clock(seconds)}
        {limit > 0 && <span> / {clock(limit)}</span>}
      </span>
    </Tooltip>
  );
}

/** The colour that the business gave this reason. */
export function ReasonDot(props: { readonly colour: string }): ReactNode {
  if (!props.colour) return null;
  return <span aria-hidden style={{ display: "inline-block", width: 8, height: 8, borderRadius: "50%", background: props.colour, marginRight: 6 }} />;
}
