/** One hint for a number: what is to be minded, how much, and until when. */
import type { NumberHint, NumberHintInput } from "@huying/api";
import { Form, Input, Segmented } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { DatePicker } from "@/parts/dates/picker";
import { FormDialog } from "@/parts/FormDialog";
import { phoneNumber } from "@/parts/format";
import { addHint, changeHint } from "@/server/numberHints";

interface Fields {
  readonly number: string;
  readonly text: string;
  readonly level: NumberHintInput["level"];
  readonly until?: Dayjs | null;
}

export function HintDialog(props: { readonly of: NumberHint | null; readonly onClose: () => void; readonly onSaved: () => void }): ReactNode {
  const { t } = useTexts();
  const { of } = props;
  const missing = [{ required: true, whitespace: true, message: t("common.missing") }];
  const store = ({ until, ...fields }: Fields): Promise<unknown> => {
    const body: NumberHintInput = { ...fields, until: until ? until.endOf("day").toISOString() : null };
    return of ? changeHint(of.id, body) : addHint(body);
  };
  return (
    <FormDialog<Fields>
      title={of ? phoneNumber(of.number) : t("hints.new")}
      initial={{ number: of ? phoneNumber(of.number) : "", text: of?.text ?? "", level: of?.level ?? "info", until: of?.until ? dayjs(of.until) : null }}
      onSave={store}
      onSaved={props.onSaved}
      onClose={props.onClose}
      testId="hint"
    >
      <Form.Item name="number" label={t("hints.number")} rules={missing}>
        <Input maxLength={40} autoFocus data-testid="hint-number" />
      </Form.Item>
      <Form.Item name="text" label={t("hints.text")} rules={missing}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} data-testid="hint-text" />
      </Form.Item>
      <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 16 }}>
        <Form.Item name="level" label={t("hints.level")}>
          <Segmented block options={(["info", "warning"] as const).map((value) => ({ value, label: t(`hints.level_${value}`) }))} />
        </Form.Item>
        <Form.Item name="until" label={t("hints.until")} extra={t("hints.until_hint")}>
          <DatePicker style={{ width: "100%" }} placeholder={t("hints.always")} data-testid="hint-until" />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
