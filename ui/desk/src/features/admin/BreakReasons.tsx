/** Reasons for a break: names, colour, and how long one may last. */
import type { BreakReason } from "@huying/api";
import { ColorPicker, Form, InputNumber, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ReasonDot } from "@/parts/BreakTime";
import { saveBreakReason, useBreakReasons } from "@/server/setup";
import { ReasonList, type ReasonFields, type Stored } from "./ReasonList";

type Fields = ReasonFields & { readonly colour: string; readonly minutes: number };

/** Told apart also by those who do not see red from green. */
const COLOURS = ["#4477aa", "#66ccee", "#228833", "#ccbb44", "#ee6677", "#aa3377", "#888888"];

function MoreFields(): ReactNode {
  const { t } = useTexts();
  return (
    <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 16 }}>
      <Form.Item name="minutes" label={t("break_reason.most")} extra={t("break_reason.most_hint")}>
        <InputNumber min={0} max={1440} suffix={t("break_reason.minutes")} style={{ width: "100%" }} data-testid="break-most" />
      </Form.Item>
      <Form.Item name="colour" label={t("break_reason.colour")} getValueFromEvent={(colour: { toHexString: () => string }) => colour.toHexString().slice(0, 7)}>
        <ColorPicker disabledAlpha format="hex" showText presets={[{ label: "", colors: COLOURS }]} />
      </Form.Item>
    </div>
  );
}

const store = (code: string, stored: Stored, fields?: Fields): Promise<unknown> =>
  saveBreakReason(code, { ...stored, ...(fields ? { colour: fields.colour, most_seconds: Math.round(fields.minutes * 60) } : {}) });

export function BreakReasons(): ReactNode {
  const { t } = useTexts();
  const columns: TableColumnsType<BreakReason> = [
    {
      key: "most",
      title: t("break_reason.most"),
      className: "num",
      render: (_, row) => (row.most_seconds > 0 ? `${Math.round(row.most_seconds / 6) / 10} ${t("break_reason.minutes")}` : <span className="quiet">{t("break_reason.no_limit")}</span>),
    },
  ];
  return (
    <ReasonList<BreakReason, Fields>
      kind="break_reason"
      query={useBreakReasons()}
      queryKey="break-reasons"
      store={store}
      initial={(reason) => (reason ? { colour: reason.colour, minutes: reason.most_seconds / 60 } : { colour: COLOURS[0] ?? "", minutes: 0 })}
      fields={<MoreFields />}
      sign={(reason) => <ReasonDot colour={reason.colour} />}
      columns={columns}
      testId="choice"
    />
  );
}
