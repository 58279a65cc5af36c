/** What waiting customers hear and may press, and what happens when there is no place for them. */
import { DeleteOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { Fragment, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useSchedules } from "@/server/hours";
import { DeedPicker } from "../DeedPicker";
import { ChoiceField, NumberField, Part, SecondsField, SwitchField } from "../fields";
import css from "../Queues.module.css";
import { DIGITS, OCCASIONS, withDeed, type Deed } from "../queueDraft";
import type { TabProps } from "./tab";

function Announcements({ draft, change }: TabProps): ReactNode {
  const { t } = useTexts();
  const { every_seconds: every, place, people, estimate, own_wait } = draft.announcements;
  const now = { every_seconds: every, place, people, estimate, own_wait };
  const put = (patch: Partial<typeof now>): void => change({ announcements: { ...now, ...patch } });
  const said = { place, people, estimate, own_wait };
  return (
    <Part title={t("field.announcements")} hint={t("queues.announcements_hint")}>
      <SecondsField
        label={t("field.announcements__every_seconds")}
        hint={every === 0 ? t("queues.silent") : t("queues.every_hint")}
        max={3600}
        value={every}
        onChange={(value) => put({ every_seconds: value > 0 && value < 10 ? (value < every ? 0 : 10) : value })}
      />
      {(Object.keys(said) as (keyof typeof said)[]).map((name) => (
        <SwitchField key={name} label={t(`field.announcements__${name}`)} hint={t(`queues.say_${name}`)} value={said[name]} disabled={every === 0} onChange={(value) => put({ [name]: value })} />
      ))}
    </Part>
  );
}

const ALWAYS = "";

/** By which schedule the queue is open. */
function Opening({ draft, change }: TabProps): ReactNode {
  const { t, local } = useTexts();
  const schedules = useSchedules().data ?? [];
  const offered = schedules.filter((it) => it.active || it.id === draft.schedule_id).map((it) => ({ value: it.id, label: local(it.name) }));
  return (
    <ChoiceField
      label={t("hours.of_queue")}
      hint={t("hours.of_queue_hint")}
      value={draft.schedule_id ?? ALWAYS}
      onChange={(value) => change({ schedule_id: value === ALWAYS ? null : value })}
      options={[{ value: ALWAYS, label: t("hours.always") }, ...offered]}
    />
  );
}

function Limits({ draft, change, queueId }: TabProps): ReactNode {
  const { t, code } = useTexts();
  const { most_waiting, most_seconds, refuse_when_nobody, actions = {} } = draft.door;
  const now = { most_waiting, most_seconds, refuse_when_nobody, actions };
  const put = (patch: Partial<typeof now>): void => change({ door: { ...now, ...patch } });
  return (
    <Part title={t("field.door")} hint={t("queues.door_hint")}>
      <Opening draft={draft} change={change} queueId={queueId} />
      <NumberField label={t("field.door__most_waiting")} hint={t("queues.no_limit")} max={100_000} value={most_waiting} onChange={(value) => put({ most_waiting: value })} />
      <SecondsField label={t("field.door__most_seconds")} hint={t("queues.no_limit")} max={86_400} value={most_seconds} onChange={(value) => put({ most_seconds: value })} />
      <SwitchField label={t("field.door__refuse_when_nobody")} hint={t("queues.nobody_hint")} value={refuse_when_nobody} onChange={(value) => put({ refuse_when_nobody: value })} />
      <SwitchField label={t("field.overflow_keeps_wait")} hint={t("queues.keeps_hint")} value={draft.overflow_keeps_wait} onChange={(overflow_keeps_wait) => change({ overflow_keeps_wait })} />
      <div className={css.deeds}>
        {OCCASIONS.map((it) => (
          <Fragment key={it}>
            <span>{code("occasion", it)}</span>
            <DeedPicker
              label={code("occasion", it)}
              none={t("queues.flow_decides")}
              own={queueId}
              value={actions[it]}
              onChange={(deed) => put({ actions: withDeed(actions, it, deed) })}
            />
            <span />
          </Fragment>
        ))}
      </div>
    </Part>
  );
}

function Keys({ draft, change, queueId }: TabProps): ReactNode {
  const { t, code } = useTexts();
  const used = DIGITS.filter((it) => it in draft.keys);
  const put = (digit: string, deed: Deed | null): void => change({ keys: withDeed(draft.keys, digit, deed) as Record<string, Deed> });
  return (
    <Part title={t("field.keys")} hint={t("queues.keys_hint")}>
      <div className={css.deeds}>
        {used.map((digit) => (
          <Fragment key={digit}>
            <span className={css.key}>{digit}</span>
            <DeedPicker label={digit} none={code("deed", "nothing")} own={queueId} value={draft.keys[digit]} onChange={(deed) => put(digit, deed)} />
            <Button type="text" icon={<DeleteOutlined />} aria-label={t("common.remove")} onClick={() => put(digit, null)} />
          </Fragment>
        ))}
      </div>
      <div className={css.wide}>
        <Select<string>
          value={null}
          placeholder={t("queues.add_key")}
          aria-label={t("queues.add_key")}
          style={{ width: 160 }}
          onChange={(digit) => put(digit, { do: "callback", target: "" })}
          options={DIGITS.filter((it) => !used.includes(it)).map((value) => ({ value, label: value }))}
        />
      </div>
    </Part>
  );
}

export function Waiting(props: TabProps): ReactNode {
  return (
    <>
      <Announcements {...props} />
      <Limits {...props} />
      <Keys {...props} />
    </>
  );
}
