/** Makes or changes a ready-made text, one's own or the team's. */
import type { QuickNote, QuickNoteInput } from "@huying/api";
import { Form, Input, InputNumber } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import "./texts";

interface Fields extends Pick<QuickNote, "title" | "text" | "key"> {
  /** Only where it is asked for. */
  readonly position?: number | null;
}

export function QuickNoteDialog(props: {
  /** Null for a new one. */
  readonly note: QuickNote | null;
  readonly text?: string;
  /** Whether its place is asked for; else it is `position`. */
  readonly placed?: boolean;
  readonly position?: number;
  readonly store: (id: string, fields: QuickNoteInput) => Promise<unknown>;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}): ReactNode {
  const { t } = useTexts();
  const { note, position = 0 } = props;
  const save = (fields: Fields): Promise<unknown> => props.store(note?.id ?? crypto.randomUUID(), { ...fields, position: fields.position ?? note?.position ?? position });
  const initial = note ?? { position, key: "", text: props.text ?? "" };
  return (
    <FormDialog<Fields> title={note?.title ?? t("quick_notes.new")} initial={initial} onSave={save} onSaved={props.onSaved} onClose={props.onClose} testId="quick-note">
      <Form.Item name="title" label={t("quick_notes.title")} rules={[{ required: true, message: t("common.missing") }]}>
        <Input autoFocus maxLength={80} data-testid="quick-note-title" />
      </Form.Item>
      <Form.Item name="text" label={t("quick_notes.text")} extra={t("quick_notes.placeholders")} rules={[{ required: true, message: t("common.missing") }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} data-testid="quick-note-text" />
      </Form.Item>
      <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 16 }}>
        <Form.Item name="key" label={t("quick_notes.key")} rules={[{ pattern: /^[a-z0-9-]{0,20}$/, message: t("quick_notes.key_hint") }]}>
          <Input prefix="/" data-testid="quick-note-key" />
        </Form.Item>
        {props.placed && (
          <Form.Item name="position" label={t("dispositions.position")}>
            <InputNumber min={0} max={10000} style={{ width: "100%" }} />
          </Form.Item>
        )}
      </div>
    </FormDialog>
  );
}
