/** How an agent is rung, what missed and refused offers bring, and the time after the contact. */
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { NumberField, Part, SecondsField } from "../fields";
import type { TabProps } from "./tab";

export function Offers({ draft, change }: TabProps): ReactNode {
  const { t } = useTexts();
  const { misses, refusals, rest_seconds } = draft.consequence;
  const put = (patch: Partial<typeof draft.consequence>): void => change({ consequence: { misses, refusals, rest_seconds, ...patch } });
  const consequence = (kind: "misses" | "refusals", count: number): string => t(`queues.${kind}_${count === 0 ? "never" : count === 1 ? "first" : "later"}`, { times: count, rest: rest_seconds });
  return (
    <>
      <Part title={t("queues.part_offer")}>
        <SecondsField label={t("field.offer_seconds")} hint={t("queues.offer_hint")} min={5} max={120} value={draft.offer_seconds} onChange={(offer_seconds) => change({ offer_seconds })} testId="offer-seconds" />
      </Part>
      <Part title={t("field.consequence")} hint={t("queues.consequence_hint")}>
        <NumberField label={t("field.consequence__misses")} hint={consequence("misses", misses)} max={100} value={misses} onChange={(value) => put({ misses: value })} />
        <NumberField label={t("field.consequence__refusals")} hint={consequence("refusals", refusals)} max={100} value={refusals} onChange={(value) => put({ refusals: value })} />
        <SecondsField label={t("field.consequence__rest_seconds")} hint={t("queues.rest_hint")} max={3600} value={rest_seconds} onChange={(value) => put({ rest_seconds: value })} />
      </Part>
      <Part title={t("queues.part_after_call")}>
        <SecondsField label={t("field.after_call_seconds")} hint={t("queues.after_call_hint")} max={3600} value={draft.after_call_seconds} onChange={(after_call_seconds) => change({ after_call_seconds })} />
        <SecondsField
          label={t("field.after_call_most_seconds")}
          hint={t("queues.after_call_most_hint")}
          max={14_400}
          value={draft.after_call_most_seconds}
          onChange={(after_call_most_seconds) => change({ after_call_most_seconds })}
        />
      </Part>
    </>
  );
}
