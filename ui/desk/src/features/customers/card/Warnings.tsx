/** What to mind about a customer: warnings and hints, some with an end. */
import { MinusCircleOutlined, PlusOutlined, WarningFilled } from "@ant-design/icons";
import type { CustomerChange, CustomerWarning } from "@huying/api";
import { Button, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { DatePicker } from "@/parts/dates/picker";
import { useTimes } from "@/parts/times";
import type { PartProps } from "./Basics";
import css from "./Card.module.css";
import { Section } from "./Section";

interface Line {
  readonly id?: string;
  readonly text: string;
  readonly level: "warning" | "info";
  readonly until?: Dayjs | null;
}

interface Fields {
  readonly warnings: readonly Line[];
}

function Inputs(): ReactNode {
  const { t } = useTexts();
  return (
    <Form.List name="warnings">
      {(rows, { add, remove }) => (
        <>
          {rows.map((row) => (
            <div key={row.key} style={{ marginBottom: 10 }}>
              <div className="row" style={{ marginBottom: 4 }}>
                <Form.Item name={[row.name, "level"]} noStyle>
                  <Select
                    style={{ width: 110 }}
                    options={(["warning", "info"] as const).map((value) => ({ value, label: t(`hint_level.${value}`) }))}
                    aria-label={t("hint_level.title")}
                  />
                </Form.Item>
                <Form.Item name={[row.name, "until"]} noStyle>
                  <DatePicker placeholder={t("customer.until")} style={{ width: 140 }} />
                </Form.Item>
                <span className="grow" />
                <Button type="text" size="small" icon={<MinusCircleOutlined />} onClick={() => remove(row.name)} aria-label={t("common.remove")} />
              </div>
              <Form.Item name={[row.name, "text"]} noStyle rules={[{ required: true, whitespace: true, message: t("common.missing") }]}>
                <Input maxLength={1000} aria-label={t("customer.warning")} />
              </Form.Item>
            </div>
          ))}
          <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => add({ text: "", level: "warning" })} data-testid="add-warning">
            {t("customer.add_warning")}
          </Button>
        </>
      )}
    </Form.List>
  );
}

export function WarningLines(props: { readonly warnings: readonly Pick<CustomerWarning, "id" | "text" | "level">[] }): ReactNode {
  return props.warnings.map((it) => (
    <div key={it.id} className={`${css.warning ?? ""} ${it.level === "info" ? (css.info ?? "") : ""}`} role={it.level === "warning" ? "alert" : undefined}>
      <WarningFilled /> <span>{it.text}</span>
    </div>
  ));
}

function changeOf(fields: Fields): CustomerChange {
  const warnings = fields.warnings.map((it) => ({ ...(it.id ? { id: it.id } : {}), text: it.text, level: it.level, until: it.until ? it.until.endOf("day").toISOString() : null }));
  return { share_numbers: false, warnings };
}

export function Warnings(props: PartProps): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const { customer, save } = props;
  const initial: Fields = { warnings: customer.warnings.map(({ id, text, level, until }) => ({ id, text, level, until: until ? dayjs(until) : null })) };
  return (
    <Section<Fields> title={t("customer.warnings")} name="warnings" initial={initial} onSave={(fields) => save(changeOf(fields))} inputs={<Inputs />}>
      {customer.warnings.length === 0 && <span className="quiet">{t("customer.no_warnings")}</span>}
      <ul className={css.list}>
        {customer.warnings.map((it) => (
          <li key={it.id} className={it.active ? undefined : "quiet"}>
            <span>{t(`hint_level.${it.level}`)}</span>
            <span className="grow">
              {it.text}
              {it.until && <span className="quiet"> · {t(it.active ? "customer.until_day" : "customer.ended_day", { day: times.dateTime(it.until).slice(0, -9) })}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
