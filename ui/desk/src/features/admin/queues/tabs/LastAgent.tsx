/** Whether customers come to the agent they spoke with before. */
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { NumberField, Part, SecondsField } from "../fields";
import type { TabProps } from "./tab";

export function LastAgent({ draft, change }: TabProps): ReactNode {
  const { t } = useTexts();
  const { last_agent_days: days, last_agent_wait_seconds: wait } = draft;
  return (
    <Part title={t("queues.tab_last_agent")} hint={days === 0 ? t("queues.last_agent_off") : t("queues.last_agent_sentence", { days, wait })}>
      <NumberField label={t("field.last_agent_days")} hint={t("queues.days_hint")} unit={t("queues.days")} max={366} value={days} onChange={(last_agent_days) => change({ last_agent_days })} />
      <SecondsField label={t("field.last_agent_wait_seconds")} hint={t("queues.last_wait_hint")} max={3600} value={wait} onChange={(last_agent_wait_seconds) => change({ last_agent_wait_seconds })} />
    </Part>
  );
}
