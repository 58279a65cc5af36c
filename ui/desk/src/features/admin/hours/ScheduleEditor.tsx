/** One schedule: its week, what bears on it, who goes by it. Kept as a whole when it is saved. */
import type { Schedule, ScheduleChange } from "@huying/api";
import { Button, Input, Popconfirm, Select, Switch } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useUnsaved } from "@/parts/unsaved";
import { useCommand } from "@/parts/useCommand";
import { changeSchedule, useRenewHours } from "@/server/hours";
import { useMay, useSession } from "@/server/session";
import css from "./Hours.module.css";
import { Uses } from "./Uses";
import { DAYS, fromServer, same, toServer, type Span } from "./week";
import { WeekGrid } from "./WeekGrid";

interface Draft {
  readonly spans: readonly Span[];
  readonly zh: string;
  readonly en: string;
  readonly time_zone: string;
  readonly follows_holidays: boolean;
  readonly make_up_day: number;
}

const draftOf = (it: Schedule): Draft => ({
  spans: fromServer(it.weekly),
  zh: it.name["zh-CN"] ?? "",
  en: it.name.en ?? "",
  time_zone: it.time_zone,
  follows_holidays: it.follows_holidays,
  make_up_day: it.make_up_day,
});

const isSame = (a: Draft, b: Draft): boolean => same(a.spans, b.spans) && JSON.stringify({ ...a, spans: 0 }) === JSON.stringify({ ...b, spans: 0 });

function changeOf(draft: Draft): ScheduleChange {
  const names: readonly (readonly [string, string])[] = [["zh-CN", draft.zh.trim()], ["en", draft.en.trim()]];
  const name: Record<string, string> = Object.fromEntries(names.filter(([, text]) => text));
  const { time_zone, follows_holidays, make_up_day } = draft;
  return { weekly: toServer(draft.spans), time_zone, follows_holidays, make_up_day, ...(Object.keys(name).length ? { name } : {}) };
}

interface SettingsProps {
  readonly draft: Draft;
  readonly fixed: boolean;
  readonly onChange: (change: Partial<Draft>) => void;
}

function Settings(props: SettingsProps): ReactNode {
  const { t } = useTexts();
  const business = useSession().business.time_zone;
  const { draft, fixed, onChange } = props;
  const zones = Intl.supportedValuesOf("timeZone").map((value) => ({ value, label: value }));
  const weekdays = DAYS.map((value) => ({ value, label: t(`hours.day_${value}`) }));
  return (
    <div className={css.settings}>
      <label>
        <span>{t("hours.name_zh")}</span>
        <Input value={draft.zh} maxLength={100} disabled={fixed} onChange={(event) => onChange({ zh: event.target.value })} />
      </label>
      <label>
        <span>{t("hours.name_en")}</span>
        <Input value={draft.en} maxLength={100} disabled={fixed} onChange={(event) => onChange({ en: event.target.value })} />
      </label>
      <label>
        <span>{t("hours.time_zone")}</span>
        <Select
          showSearch
          disabled={fixed}
          value={draft.time_zone}
          options={[{ value: "", label: t("hours.zone_of_business", { zone: business }) }, ...zones]}
          onChange={(time_zone: string) => onChange({ time_zone })}
        />
      </label>
      <label>
        <span>{t("hours.follows_holidays")}</span>
        <span>
          <Switch disabled={fixed} checked={draft.follows_holidays} onChange={(follows_holidays) => onChange({ follows_holidays })} />
        </span>
      </label>
      <label>
        <span>{t("hours.make_up_day")}</span>
        <Select disabled={fixed} value={draft.make_up_day} options={weekdays} onChange={(make_up_day: number) => onChange({ make_up_day })} />
      </label>
    </div>
  );
}

export function ScheduleEditor(props: { readonly schedule: Schedule }): ReactNode {
  const { t, local } = useTexts();
  const fixed = !useMay()("hours.manage");
  const { run, busy } = useCommand();
  const renew = useRenewHours();
  const { schedule } = props;
  const kept = draftOf(schedule);
  const [edited, setEdited] = useState<Draft | null>(null);
  const draft = edited ?? kept;
  const dirty = edited !== null && !isSame(edited, kept);
  useUnsaved(dirty);
  const change = (values: Partial<Draft>): void => setEdited({ ...draft, ...values });
  const store = async (values: ScheduleChange): Promise<void> => {
    if (!(await run(() => changeSchedule(schedule.id, values)))) return;
    renew();
    setEdited(null);
  };
  return (
    <section className="panel" aria-label={local(schedule.name)}>
      <div className={css.body}>
        <WeekGrid spans={draft.spans} fixed={fixed} onChange={(spans) => change({ spans })} />
        <Settings draft={draft} fixed={fixed} onChange={change} />
        <div className="row wrap">
          <Uses scheduleId={schedule.id} />
          <span className="grow" />
          {!fixed && (
            <Popconfirm title={t(schedule.active ? "hours.retire_hint" : "hours.bring_back_hint")} onConfirm={() => void store({ active: !schedule.active })}>
              <Button size="small" type="link" danger={schedule.active}>
                {t(schedule.active ? "hours.retire" : "hours.bring_back")}
              </Button>
            </Popconfirm>
          )}
        </div>
      </div>
      {dirty && (
        <div className={css.savebar} role="status">
          <span className="grow">{t("hours.unsaved")}</span>
          <Button size="small" onClick={() => setEdited(null)} data-testid="hours-discard">
            {t("hours.discard")}
          </Button>
          <Button size="small" type="primary" loading={busy} onClick={() => void store(changeOf(draft))} data-testid="hours-save">
            {t("common.save")}
          </Button>
        </div>
      )}
    </section>
  );
}
