/** Why this agent got the contact, in one line. */
import { QuestionCircleOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { explained, type Data } from "@/parts/contact/explained";
import { clock } from "@/parts/format";
import { useRoutingNames } from "@/server/names";

export function Why(props: { readonly explanation: Data | null }): ReactNode {
  const { t, code } = useTexts();
  const names = useRoutingNames();
  const told = props.explanation ? explained({ explanation: props.explanation }) : null;
  if (!told) return null;
  const need = told.step ? told.step.need.map(([skill, level]) => `${names.skill(skill)} ≥ ${level}`).join(", ") : "";
  const parts = [
    told.wanted ? t("explain.wanted", { why: code("wanted_why", told.wanted) }) : code("rule", told.rule),
    told.idleSeconds === null ? "" : t("explain.idle", { time: clock(told.idleSeconds) }),
    need,
  ].filter(Boolean);
  return (
    <div className="quiet" style={{ fontSize: 12, marginBottom: 6 }} data-testid="pop-why">
      <QuestionCircleOutlined /> {t("desk.why_me")} {parts.join(" · ")}
    </div>
  );
}
