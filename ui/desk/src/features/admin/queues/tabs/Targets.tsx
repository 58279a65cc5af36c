/** What the queue is measured by, in a sentence. */
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ChoiceField, NumberField, Part, SecondsField } from "../fields";
import css from "../Queues.module.css";
import type { TabProps } from "./tab";

export function Targets({ draft, change }: TabProps): ReactNode {
  const { t, code } = useTexts();
  return (
    <Part title={t("queues.tab_targets")} hint={t("queues.target_sentence", { percent: draft.target_percent, seconds: draft.service_level_seconds })}>
      <NumberField label={t("field.target_percent")} unit="%" min={1} max={100} value={draft.target_percent} onChange={(target_percent) => change({ target_percent })} />
      <SecondsField label={t("field.service_level_seconds")} min={1} max={3600} value={draft.service_level_seconds} onChange={(service_level_seconds) => change({ service_level_seconds })} />
      <SecondsField
        label={t("field.short_abandon_seconds")}
        hint={t("queues.short_hint")}
        max={60}
        value={draft.short_abandon_seconds}
        onChange={(short_abandon_seconds) => change({ short_abandon_seconds })}
      />
      <div className={css.wide}>
        <ChoiceField
          label={t("field.service_level_kind")}
          hint={t(`kind_hint.${draft.service_level_kind}`)}
          value={draft.service_level_kind}
          onChange={(service_level_kind) => change({ service_level_kind })}
          options={["SL1", "SL2", "SL3", "SL4"].map((value) => ({ value, label: code("value_service_level_kind", value) }))}
        />
      </div>
    </Part>
  );
}
