/** Makes a schedule: its names and code; the hours come afterwards, in the week. */
import { Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { addSchedule, useRenewHours } from "@/server/hours";
import { NameFields, namesOf, type NameInputs } from "../NameFields";
import { toServer, type Span } from "./week";

type Template = "office" | "always" | "empty";
type Fields = NameInputs & { readonly code: string; readonly template: Template };

const on = (days: readonly number[], start: number, end: number): Span[] => days.map((day) => ({ day, start, end }));
const TEMPLATES: Record<Template, readonly Span[]> = {
  office: on([1, 2, 3, 4, 5], 540, 1080),
  always: on([1, 2, 3, 4, 5, 6, 7], 0, 1440),
  empty: [],
};

export function NewScheduleDialog(props: { readonly onClose: () => void; readonly onMade: (id: string) => void }): ReactNode {
  const { t } = useTexts();
  const renew = useRenewHours();
  const store = async (fields: Fields): Promise<void> => {
    const weekly = toServer(TEMPLATES[fields.template]);
    props.onMade((await addSchedule({ code: fields.code, name: namesOf(fields), weekly, follows_holidays: fields.template !== "always" })).id);
  };
  return (
    <FormDialog<Fields> title={t("hours.new_schedule")} initial={{ template: "office" }} onSave={store} onSaved={renew} onClose={props.onClose} testId="schedule">
      <NameFields />
      <Form.Item name="code" label={t("queue.code")} extra={t("queue.code_hint")} rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9-]{0,39}$/, message: t("queue.code_hint") }]}>
        <Input data-testid="schedule-code" />
      </Form.Item>
      <Form.Item name="template" label={t("hours.template")}>
        <Select options={(["office", "always", "empty"] as const).map((value) => ({ value, label: t(`hours.template_${value}`) }))} />
      </Form.Item>
    </FormDialog>
  );
}
