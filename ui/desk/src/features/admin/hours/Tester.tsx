/** "Is it open at ...?": asks the server, which decides by the same code as for calls. */
import type { Schedule, ScheduleState } from "@huying/api";
import { useQuery } from "@tanstack/react-query";
import type { Dayjs } from "dayjs";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { DatePicker } from "@/parts/dates/picker";
import { Failure } from "@/parts/states";
import { stateAt } from "@/server/hours";
import css from "./Hours.module.css";
import { StateWords } from "./ScheduleList";
import { hoursText } from "./week";

function Answer(props: { readonly state: ScheduleState }): ReactNode {
  const { t } = useTexts();
  const { state } = props;
  return (
    <span className="row wrap" data-testid="tester-answer">
      <StateWords state={state} />
      <span className="quiet">
        {state.day_kind && `${t(`hours.kind_${state.day_kind}`)} · `}
        {state.hours.length ? t("hours.hours_that_day", { hours: hoursText(state.hours) }) : t("hours.no_hours_that_day")}
      </span>
    </span>
  );
}

export function Tester(props: { readonly schedule: Schedule }): ReactNode {
  const { t } = useTexts();
  const [at, setAt] = useState<Dayjs | null>(null);
  const wall = at?.format("YYYY-MM-DDTHH:mm:00") ?? "";
  const query = useQuery({ queryKey: ["hours", "state", props.schedule.id, wall], queryFn: () => stateAt(props.schedule.id, wall), enabled: wall !== "" });
  return (
    <div className={css.tester}>
      <label htmlFor="tester-at">{t("hours.is_it_open")}</label>
      <DatePicker
        id="tester-at"
        showTime={{ format: "HH:mm", minuteStep: 5 }}
        format="YYYY-MM-DD HH:mm"
        value={at}
        onChange={(value: Dayjs | null) => setAt(value)}
        needConfirm={false}
        placeholder={t("hours.pick_time")}
        data-testid="tester-at"
      />
      {wall === "" ? <StateWords state={props.schedule.state} /> : query.data ? <Answer state={query.data} /> : query.error && <Failure error={query.error} />}
    </div>
  );
}
