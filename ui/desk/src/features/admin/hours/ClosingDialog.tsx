/** Close (or open) at once, whatever the hours say. */
import type { Schedule } from "@huying/api";
import { Form, Input, Radio, Select } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { MomentItem } from "@/parts/dates/MomentItem";
import { momentOf } from "@/parts/dates/wall";
import { FormDialog } from "@/parts/FormDialog";
import { serverNow } from "@/server/clock";
import { close, useRenewHours } from "@/server/hours";
import { useSession } from "@/server/session";

type Until = "ended" | "30" | "60" | "120" | "240" | "time";
interface Fields {
  readonly schedule_id: string;
  readonly opens: boolean;
  readonly reason?: string;
  readonly until: Until;
  readonly time?: string;
}

const LENGTHS: readonly Until[] = ["ended", "30", "60", "120", "240", "time"];

function endOf(fields: Fields, zone: string): string | null {
  if (fields.until === "ended") return null;
  if (fields.until !== "time") return new Date(serverNow() + Number(fields.until) * 60_000).toISOString();
  return fields.time ? momentOf(fields.time, zone) : null;
}

function UntilFields(): ReactNode {
  const { t } = useTexts();
  const until = Form.useWatch<Until | undefined>("until");
  return (
    <>
      <Form.Item name="until" label={t("hours.until_when")}>
        <Select options={LENGTHS.map((value) => ({ value, label: t(`hours.length_${value}`) }))} data-testid="closing-until" />
      </Form.Item>
      {until === "time" && (
        <MomentItem name="time" label={t("hours.date")} required testId="closing-time" />
      )}
    </>
  );
}

export function ClosingDialog(props: { readonly schedules: readonly Schedule[]; readonly onClose: () => void }): ReactNode {
  const { t, local } = useTexts();
  const zone = useSession().business.time_zone;
  const renew = useRenewHours();
  const store = (fields: Fields): Promise<unknown> =>
    close({ schedule_id: fields.schedule_id || null, opens: fields.opens, reason: fields.reason?.trim() ?? "", ends_at: endOf(fields, zone) });
  return (
    <FormDialog<Fields> title={t("hours.close_now")} initial={{ schedule_id: "", opens: false, until: "ended" }} onSave={store} onSaved={renew} onClose={props.onClose} testId="closing">
      <Form.Item name="opens" label={t("hours.what_to_do")} extra={t("hours.closing_hint")}>
        <Radio.Group
          optionType="button"
          options={[
            { value: false, label: t("hours.do_close") },
            { value: true, label: t("hours.do_open") },
          ]}
        />
      </Form.Item>
      <Form.Item name="schedule_id" label={t("hours.what")}>
        <Select options={[{ value: "", label: t("hours.everything") }, ...props.schedules.map((it) => ({ value: it.id, label: local(it.name) }))]} data-testid="closing-what" />
      </Form.Item>
      <UntilFields />
      <Form.Item name="reason" label={t("hours.reason")}>
        <Input maxLength={200} data-testid="closing-reason" />
      </Form.Item>
    </FormDialog>
  );
}
