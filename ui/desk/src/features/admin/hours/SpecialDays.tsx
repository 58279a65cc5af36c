/** The special days of a year: of the whole business, or of one schedule; imported, changed one by one, exported. */
import { DownloadOutlined, ImportOutlined, LeftOutlined, PlusOutlined, RightOutlined } from "@ant-design/icons";
import type { Schedule, SpecialDay } from "@huying/api";
import { Button, Dropdown, Select } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useToday } from "@/parts/days";
import { Loaded, Nothing } from "@/parts/states";
import { fileOfDays, useSpecialDays } from "@/server/hours";
import { useMay } from "@/server/session";
import { DayDialog } from "./DayDialog";
import css from "./Hours.module.css";
import { ImportDialog } from "./ImportDialog";
import { hoursText } from "./week";
import { YearCalendar } from "./YearCalendar";

const WHOLE = "";

function Legend(): ReactNode {
  const { t } = useTexts();
  const colours = { holiday: "--bad-soft", working: "--accent-soft", special: "--warn-soft" } as const;
  return (
    <div className={css.legend}>
      {(["holiday", "working", "special"] as const).map((kind) => (
        <span key={kind}>
          <span className={css.swatch} style={{ background: `var(${colours[kind]})`, border: "1px solid var(--line)" }} />
          {t(`hours.kind_${kind}`)}
        </span>
      ))}
    </div>
  );
}

function DayList(props: { readonly days: readonly SpecialDay[]; readonly onPick: (day: string) => void; readonly onImport: () => void }): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const kinds = { holiday: "bad", working: "busy", special: "warn" } as const;
  if (props.days.length === 0)
    return (
      <Nothing title={t("hours.no_days")} hint={t("hours.no_days_hint")}>
        {may("hours.manage") && (
          <Button type="primary" onClick={props.onImport}>
            {t("hours.import")}
          </Button>
        )}
      </Nothing>
    );
  return (
    <div className={css.daylist} data-testid="day-list">
      {props.days.map((it) => (
        <button key={it.day} type="button" onClick={() => props.onPick(it.day)}>
          <span className="num">{it.day.slice(5)}</span>
          <span className="row" style={{ justifyContent: "space-between" }}>
            <span className="ellipsis" title={it.name}>
              {it.name || "–"}
            </span>
            <span className={`pill plain ${kinds[it.kind]}`}>{t(`hours.kind_${it.kind}`)}</span>
          </span>
          {it.hours && <span className="quiet num" style={{ gridColumn: 2 }}>{hoursText(it.hours)}</span>}
        </button>
      ))}
    </div>
  );
}

interface HeadProps {
  readonly year: number;
  readonly onYear: (year: number) => void;
  readonly scope: string;
  readonly onScope: (scope: string) => void;
  readonly schedules: readonly Schedule[];
  readonly onImport: () => void;
  readonly onAdd: () => void;
}

function Head(props: HeadProps): ReactNode {
  const { t, local } = useTexts();
  const may = useMay();
  const { year, onYear, scope } = props;
  const download = (form: "csv" | "ics") => ({ key: form, label: <a href={fileOfDays(year, scope || null, form)}>{form === "csv" ? t("hours.as_csv") : t("hours.as_ics")}</a> });
  return (
    <div className="row wrap">
      <Button icon={<LeftOutlined />} aria-label={t("hours.year_before")} onClick={() => onYear(year - 1)} />
      <b className="num" style={{ fontSize: 15 }} data-testid="year-shown">
        {year}
      </b>
      <Button icon={<RightOutlined />} aria-label={t("hours.year_after")} onClick={() => onYear(year + 1)} />
      <Select
        style={{ minWidth: 180, maxWidth: 280 }}
        value={scope}
        onChange={props.onScope}
        aria-label={t("hours.scope")}
        options={[{ value: WHOLE, label: t("hours.scope_whole") }, ...props.schedules.map((it) => ({ value: it.id, label: t("hours.scope_schedule", { name: local(it.name) }) }))]}
      />
      <span className="grow" />
      <Dropdown menu={{ items: [download("csv"), download("ics")] }}>
        <Button icon={<DownloadOutlined />}>{t("hours.export")}</Button>
      </Dropdown>
      {may("hours.manage") && (
        <>
          <Button icon={<PlusOutlined />} onClick={props.onAdd} data-testid="add-day">
            {t("hours.add_day")}
          </Button>
          <Button type="primary" icon={<ImportOutlined />} onClick={props.onImport} data-testid="import-days">
            {t("hours.import")}
          </Button>
        </>
      )}
    </div>
  );
}

export function SpecialDays(props: { readonly schedules: readonly Schedule[] }): ReactNode {
  const may = useMay();
  const today = useToday();
  const [year, setYear] = useState(today.year());
  const [scope, setScope] = useState(WHOLE);
  const [picked, setPicked] = useState<string | null>(null);
  const [importing, setImporting] = useState(false);
  const query = useSpecialDays(year);
  const own = (query.data ?? []).filter((it) => (it.schedule_id ?? WHOLE) === scope);
  const byDay = new Map(own.map((it) => [it.day, it]));
  const pick = (day: string): void => {
    if (may("hours.manage")) setPicked(day);
  };
  const first = today.year() === year ? today.format("YYYY-MM-DD") : `${year}-01-01`;
  return (
    <section className="panel">
      <div className={css.body}>
        <Head year={year} onYear={setYear} scope={scope} onScope={setScope} schedules={props.schedules} onImport={() => setImporting(true)} onAdd={() => setPicked(first)} />
        <Loaded query={query}>
          {() => (
            <div className={css.specialDays}>
              <div style={{ display: "grid", gap: 8 }}>
                <YearCalendar year={year} days={byDay} onPick={pick} />
                <Legend />
              </div>
              <DayList days={own} onPick={pick} onImport={() => setImporting(true)} />
            </div>
          )}
        </Loaded>
      </div>
      {picked && <DayDialog key={picked} day={picked} kept={byDay.get(picked) ?? null} scheduleId={scope || null} onClose={() => setPicked(null)} />}
      {importing && <ImportDialog year={year} scheduleId={scope || null} onClose={() => setImporting(false)} />}
    </section>
  );
}
