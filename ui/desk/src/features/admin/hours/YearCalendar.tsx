/** A year at a glance: special days coloured, each day a button; the arrows walk through the days. */
import type { SpecialDay } from "@huying/api";
import dayjs, { type Dayjs } from "dayjs";
import { useState, type KeyboardEvent, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useToday } from "@/parts/days";
import css from "./Hours.module.css";

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 7, ArrowUp: -7 };

interface YearProps {
  readonly year: number;
  /** By date: the one that counts for what is looked at. */
  readonly days: ReadonlyMap<string, SpecialDay>;
  readonly onPick: (day: string) => void;
}

interface MonthProps extends YearProps {
  readonly month: number;
  readonly current: string;
  readonly today: string;
  readonly onFocus: (day: string) => void;
}

/** The date in words, with the number that is seen. */
const spoken = (date: Dayjs, language: string): string => new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(date.toDate());

function Day(props: MonthProps & { readonly date: Dayjs }): ReactNode {
  const { t, language } = useTexts();
  const { date, days, current, today, onPick, onFocus } = props;
  const iso = date.format("YYYY-MM-DD");
  const special = days.get(iso);
  const weekend = date.day() === 0 || date.day() === 6;
  const title = special ? [t(`hours.kind_${special.kind}`), special.name].filter(Boolean).join(" · ") : "";
  return (
    <button
      type="button"
      className={[css.day, weekend ? css.weekend : "", special ? css[special.kind] : "", iso === today ? css.today : ""].join(" ")}
      tabIndex={iso === current ? 0 : -1}
      aria-label={[spoken(date, language), title].filter(Boolean).join(" ")}
      title={title || undefined}
      data-day={iso}
      onFocus={() => onFocus(iso)}
      onClick={() => onPick(iso)}
    >
      {date.date()}
    </button>
  );
}

function Month(props: MonthProps): ReactNode {
  const { t, language } = useTexts();
  const first = dayjs(new Date(props.year, props.month, 1));
  const blank = (first.day() + 6) % 7;
  const name = new Intl.DateTimeFormat(language, { month: "long" }).format(first.toDate());
  return (
    <div className={css.month}>
      <h3>{name}</h3>
      <div className={css.dates}>
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <span key={day} className={css.head} aria-hidden="true">
            {t(`hours.short_${day}`)}
          </span>
        ))}
        {Array.from({ length: first.daysInMonth() }, (_, index) => first.add(index, "day")).map((date, index) => (
          <div key={index} style={index === 0 ? { gridColumnStart: blank + 1 } : undefined}>
            <Day {...props} date={date} />
          </div>
        ))}
      </div>
    </div>
  );
}

export function YearCalendar(props: YearProps): ReactNode {
  const { t } = useTexts();
  const today = useToday();
  const { year } = props;
  const [focused, setFocused] = useState("");
  const usual = today.year() === year ? today.format("YYYY-MM-DD") : `${year}-01-01`;
  const current = focused.startsWith(`${year}-`) ? focused : usual;
  const walk = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const next = dayjs(current).add(step, "day");
    if (next.year() === year) event.currentTarget.querySelector<HTMLButtonElement>(`[data-day="${next.format("YYYY-MM-DD")}"]`)?.focus();
  };
  return (
    <div className={css.year} role="group" aria-label={t("hours.days_of", { year })} onKeyDown={walk} data-testid="year">
      {Array.from({ length: 12 }, (_, month) => (
        <Month key={month} {...props} month={month} current={current} today={today.format("YYYY-MM-DD")} onFocus={setFocused} />
      ))}
    </div>
  );
}
