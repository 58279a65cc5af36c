/** Tell a group, a queue's people or everybody something, until when, and whether it must be confirmed. */
import type { NoticeInput } from "@huying/api";
import { Checkbox, Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { serverNow } from "@/server/clock";
import { publishNotice, useAudiences } from "@/server/colleagues";

interface Fields {
  readonly audience: NoticeInput["audience"];
  readonly audience_id?: string;
  readonly title: string;
  readonly text?: string;
  readonly confirm?: boolean;
  readonly hours: number;
}

const AUDIENCES = ["all", "group", "queue"] as const;
const HOURS = [1, 2, 4, 8, 24, 72, 168, 720];

function AudienceField(): ReactNode {
  const { t, local } = useTexts();
  const lists = useAudiences();
  const audience = Form.useWatch<Fields["audience"] | undefined>("audience");
  if (!audience || audience === "all") return null;
  const choices = (audience === "group" ? lists.data?.groups : lists.data?.queues) ?? [];
  return (
    <Form.Item name="audience_id" label={t(`colleagues.which_${audience}`)} rules={[{ required: true, message: t("common.missing") }]}>
      <Select options={choices.map((it) => ({ value: it.id, label: local(it.name) }))} data-testid="notice-which" />
    </Form.Item>
  );
}

export function NoticeDialog(props: { readonly onClose: () => void; readonly onSaved: () => void }): ReactNode {
  const { t } = useTexts();
  const save = (it: Fields): Promise<unknown> =>
    publishNotice({
      audience: it.audience,
      audience_id: it.audience === "all" ? null : (it.audience_id ?? null),
      title: it.title.trim(),
      text: it.text?.trim() ?? "",
      importance: it.confirm ? "confirm" : "normal",
      ends_at: new Date(serverNow() + it.hours * 3_600_000).toISOString(),
    });
  return (
    <FormDialog<Fields> title={t("colleagues.new_notice")} initial={{ audience: "all", hours: 8 }} onSave={save} onSaved={props.onSaved} onClose={props.onClose} testId="notice">
      <Form.Item name="title" label={t("colleagues.title")} rules={[{ required: true, whitespace: true, message: t("common.missing") }]}>
        <Input autoFocus maxLength={120} data-testid="notice-title" />
      </Form.Item>
      <Form.Item name="text" label={t("colleagues.text")}>
        <Input.TextArea rows={3} maxLength={4000} />
      </Form.Item>
      <Form.Item name="audience" label={t("colleagues.told_to")}>
        <Select options={AUDIENCES.map((value) => ({ value, label: t(value === "all" ? "colleagues.everybody" : `colleagues.which_${value}`) }))} data-testid="notice-audience" />
      </Form.Item>
      <AudienceField />
      <Form.Item name="hours" label={t("colleagues.for_how_long")}>
        <Select options={HOURS.map((value) => ({ value, label: value < 48 ? t("colleagues.hours", { count: value }) : t("colleagues.days", { count: value / 24 }) }))} />
      </Form.Item>
      <Form.Item name="confirm" valuePropName="checked">
        <Checkbox data-testid="notice-confirm">{t("colleagues.must_confirm")}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
