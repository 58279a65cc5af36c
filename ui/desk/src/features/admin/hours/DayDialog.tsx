/** What is special about a day: a holiday, a working day in its place, or other hours than usual. */
import type { SpecialDay } from "@huying/api";
import { Button, Form, Input, Radio } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { DatePicker } from "@/parts/dates/picker";
import { FormDialog } from "@/parts/FormDialog";
import { useCommand } from "@/parts/useCommand";
import { removeDay, saveDay, useRenewHours } from "@/server/hours";
import { hoursOf, hoursText } from "./week";

type Kind = SpecialDay["kind"];
interface Fields {
  readonly day: Dayjs;
  readonly kind: Kind;
  readonly name: string;
  readonly hours: string;
}

interface DayDialogProps {
  readonly day: string;
  readonly kept: SpecialDay | null;
  readonly scheduleId: string | null;
  readonly onClose: () => void;
}

/** The hours as text; only a special day must have some. */
function HoursField(): ReactNode {
  const { t } = useTexts();
  const kind = Form.useWatch<Kind | undefined>("kind");
  const readable = async (_: unknown, text: string | undefined): Promise<void> => {
    if (text?.trim() ? hoursOf(text) === null : kind === "special") throw new Error(t("hours.hours_wrong"));
    return Promise.resolve();
  };
  return (
    <Form.Item name="hours" label={t(`hours.hours_of_${kind ?? "holiday"}`)} extra={t("hours.hours_hint")} dependencies={["kind"]} rules={[{ validator: readable }]}>
      <Input placeholder="09:00-12:00 13:00-18:00" data-testid="day-hours" />
    </Form.Item>
  );
}

export function DayDialog(props: DayDialogProps): ReactNode {
  const { t } = useTexts();
  const { run, busy } = useCommand();
  const renew = useRenewHours();
  const { kept, scheduleId } = props;
  const initial: Fields = { day: dayjs(props.day), kind: kept?.kind ?? "holiday", name: kept?.name ?? "", hours: hoursText(kept?.hours ?? []) };
  const store = async (fields: Fields): Promise<void> => {
    const hours = fields.hours.trim() ? hoursOf(fields.hours) : null;
    const day = fields.day.format("YYYY-MM-DD");
    await saveDay(day, scheduleId, { kind: fields.kind, name: fields.name.trim(), hours });
  };
  const ordinary = (): void =>
    void run(() => removeDay(props.day, scheduleId)).then((done) => {
      if (!done) return;
      renew();
      props.onClose();
    });
  return (
    <FormDialog<Fields> title={t("hours.special_day")} initial={initial} onSave={store} onSaved={renew} onClose={props.onClose} testId="day">
      <Form.Item name="day" label={t("hours.date")} rules={[{ required: true, message: t("common.missing") }]}>
        <DatePicker allowClear={false} disabled={kept !== null} style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item name="kind" label={t("hours.kind")}>
        <Radio.Group options={(["holiday", "working", "special"] as const).map((value) => ({ value, label: t(`hours.kind_${value}`) }))} optionType="button" data-testid="day-kind" />
      </Form.Item>
      <Form.Item name="name" label={t("queue.name")}>
        <Input maxLength={100} data-testid="day-name" />
      </Form.Item>
      <HoursField />
      {kept && (
        <Button danger size="small" loading={busy} onClick={ordinary} data-testid="day-remove">
          {t("hours.make_ordinary")}
        </Button>
      )}
    </FormDialog>
  );
}
