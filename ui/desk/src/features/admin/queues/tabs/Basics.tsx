/** Who serves the queue, and who of them is rung first. */
import { Input, Select } from "antd";
import type { ReactNode } from "react";
import { LANGUAGES, useTexts, type Language } from "@/i18n";
import { useGroups } from "@/server/routing";
import { ChoiceField, Field, NumberField, Part, SecondsField, SwitchField } from "../fields";
import css from "../Queues.module.css";
import { STRATEGIES } from "../queueDraft";
import { ScheduleField } from "../ScheduleField";
import { StrategyPicture } from "../StrategyPicture";
import type { TabProps } from "./tab";

function Strategies(props: TabProps): ReactNode {
  const { t, code } = useTexts();
  const { draft, change } = props;
  return (
    <div className={css.strategies} role="radiogroup" aria-label={t("field.strategy")}>
      {STRATEGIES.map((it) => (
        <button key={it} type="button" role="radio" aria-checked={draft.strategy === it} onClick={() => change({ strategy: it })} data-testid={`strategy-${it}`}>
          <StrategyPicture strategy={it} />
          <span>
            <b>{code("value_strategy", it)}</b>
            <small>{t(`strategy_hint.${it}`)}</small>
          </span>
        </button>
      ))}
    </div>
  );
}

export function Basics(props: TabProps): ReactNode {
  const { t, local, code } = useTexts();
  const { draft, change, queueId } = props;
  const groups = useGroups();
  const rename = (language: Language, text: string): void => change({ name: { ...draft.name, [language]: text } });
  const options = (groups.data ?? []).filter((it) => it.active || draft.groups.includes(it.id));
  return (
    <>
      <Part title={t("queues.part_names")}>
        {(Object.keys(LANGUAGES) as Language[]).map((language) => (
          <Field key={language} label={`${t("queue.name")} (${LANGUAGES[language]})`}>
            {(id) => <Input id={id} maxLength={100} value={draft.name[language] ?? ""} onChange={(event) => rename(language, event.target.value)} data-testid={language === "en" ? "name-en" : "name-zh"} />}
          </Field>
        ))}
        <Field label={t("queue.code")} hint={queueId ? undefined : t("queue.code_hint")}>
          {(id) => <Input id={id} maxLength={40} disabled={queueId !== null} value={draft.code} onChange={(event) => change({ code: event.target.value.trim() })} data-testid="queue-code" />}
        </Field>
        <Field label={t("field.internal_number")} hint={t("queues.internal_number_hint")}>
          {(id) => <Input id={id} maxLength={8} inputMode="numeric" value={draft.internal_number} onChange={(event) => change({ internal_number: event.target.value.trim() })} data-testid="queue-internal-number" />}
        </Field>
        <Field label={t("field.groups")} hint={t("queues.groups_hint")} wide>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              value={draft.groups}
              onChange={(value) => change({ groups: value })}
              showSearch={{ optionFilterProp: "label" }}
              options={options.map((it) => ({ value: it.id, label: `${local(it.name)} (${it.members.length})` }))}
              style={{ width: "100%" }}
              data-testid="queue-groups"
            />
          )}
        </Field>
        <ScheduleField value={draft.schedule_id} onChange={(schedule_id) => change({ schedule_id })} />
        <SwitchField label={t("field.record")} hint={t("queues.record_hint")} value={draft.record} onChange={(record) => change({ record })} />
        {queueId && <SwitchField label={t("field.active")} hint={t("queues.active_hint")} value={draft.active} onChange={(active) => change({ active })} />}
      </Part>
      <Part title={t("field.strategy")} hint={t("queues.strategy_hint")}>
        <Strategies {...props} />
        <ChoiceField
          label={t("field.idle_from")}
          hint={t(`idle_from_hint.${draft.idle_from}`)}
          value={draft.idle_from}
          onChange={(value) => change({ idle_from: value })}
          options={["handled", "offered", "ready"].map((value) => ({ value, label: code("value_idle_from", value) }))}
        />
        <SecondsField label={t("field.priority")} hint={t("queues.priority_hint")} value={draft.priority} max={86_400} onChange={(priority) => change({ priority })} />
        <NumberField label={t("field.language_level")} hint={t("queues.language_hint")} value={draft.language_level} max={10} onChange={(language_level) => change({ language_level })} />
      </Part>
    </>
  );
}
