/** One duty telephone: its shifts, substitutions, and who has it otherwise. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import type { DutyShift, Roster, RosterInput } from "@huying/api";
import { Button, Form, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import type { ReactNode } from "react";
import { LANGUAGES, useTexts } from "@/i18n";
import { DatePicker } from "@/parts/dates/picker";
import { momentOf, wallTime } from "@/parts/dates/wall";
import { FormDialog } from "@/parts/FormDialog";
import { saveRoster } from "@/server/dialling";
import { useQueues } from "@/server/names";
import { useSession } from "@/server/session";
import { People } from "./People";

interface Fields extends Omit<RosterInput, "substitutions"> {
  readonly away: readonly { readonly span?: [dayjs.Dayjs, dayjs.Dayjs]; readonly people?: RosterInput["otherwise"] }[];
}
const NEW_SHIFT: DutyShift = { days: [1, 2, 3, 4, 5, 6, 7], start: "18:00", end: "09:00", people: [] };
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/u;

function ShiftFields(props: { readonly index: number; readonly onRemove: () => void }): ReactNode {
  const { t } = useTexts();
  const clock = [{ pattern: CLOCK, required: true, message: "09:00" }];
  const days = [1, 2, 3, 4, 5, 6, 7].map((value) => ({ value, label: t(`duty.day_${value}`) }));
  return (
    <div style={{ borderBottom: "1px solid var(--line)", marginBottom: 8 }}>
      <div className="row wrap">
        <Form.Item name={[props.index, "days"]} rules={[{ required: true, message: t("common.missing") }]} style={{ marginBottom: 6, flex: 1, minWidth: 180 }}>
          <Select mode="multiple" options={days} aria-label={t("duty.days")} />
        </Form.Item>
        <Form.Item name={[props.index, "start"]} rules={clock} style={{ marginBottom: 6 }}>
          <Input style={{ width: 76 }} aria-label={t("duty.from")} />
        </Form.Item>
        <Form.Item name={[props.index, "end"]} rules={clock} style={{ marginBottom: 6 }}>
          <Input style={{ width: 76 }} aria-label={t("duty.to")} />
        </Form.Item>
        <Button type="text" danger icon={<DeleteOutlined />} aria-label={t("common.remove")} onClick={props.onRemove} />
      </div>
      <Form.Item name={[props.index, "people"]} style={{ marginBottom: 8 }}>
        <People label={t("duty.people")} />
      </Form.Item>
    </div>
  );
}

function Shifts(): ReactNode {
  const { t } = useTexts();
  return (
    <Form.Item label={t("duty.shifts")}>
      <Form.List name="shifts">
        {(fields, { add, remove }) => (
          <>
            {fields.map((it) => (
              <ShiftFields key={it.key} index={it.name} onRemove={() => remove(it.name)} />
            ))}
            <Button size="small" icon={<PlusOutlined />} onClick={() => add(NEW_SHIFT)} data-testid="duty-add-shift">
              {t("duty.add_shift")}
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}

function Substitutions(): ReactNode {
  const { t } = useTexts();
  return (
    <Form.Item label={t("duty.substitutions")}>
      <Form.List name="away">
        {(fields, { add, remove }) => (
          <>
            {fields.map((it) => (
              <div key={it.key}>
                <div className="row">
                  <Form.Item name={[it.name, "span"]} rules={[{ required: true, message: t("common.missing") }]} style={{ marginBottom: 6, flex: 1 }}>
                    <DatePicker.RangePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" style={{ width: "100%" }} />
                  </Form.Item>
                  <Button type="text" danger icon={<DeleteOutlined />} aria-label={t("common.remove")} onClick={() => remove(it.name)} />
                </div>
                <Form.Item name={[it.name, "people"]} style={{ marginBottom: 8 }}>
                  <People label={t("duty.people")} />
                </Form.Item>
              </div>
            ))}
            <Button size="small" icon={<PlusOutlined />} onClick={() => add({ people: [] })}>
              {t("duty.add_substitution")}
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}

const WALL = "YYYY-MM-DD HH:mm";

function rosterOf(fields: Fields, position: number, zone: string): RosterInput {
  const { away, ...rest } = fields;
  const substitutions = away.flatMap((it) => (it.span ? [{ begins: momentOf(it.span[0].format(WALL), zone), ends: momentOf(it.span[1].format(WALL), zone), people: it.people ?? [] }] : []));
  return { ...rest, position, substitutions, active: true, shifts: fields.shifts, otherwise: fields.otherwise, mailbox_queue_id: fields.mailbox_queue_id ?? null };
}

export function RosterDialog(props: { readonly roster: Roster | null; readonly onSaved: () => void; readonly onClose: () => void }): ReactNode {
  const { t, local } = useTexts();
  const queues = useQueues().data ?? [];
  const { roster } = props;
  const missing = [{ required: true, whitespace: true, message: t("common.missing") }];
  const zone = useSession().business.time_zone;
  const wall = (iso: string): dayjs.Dayjs => dayjs(wallTime(Date.parse(iso), zone));
  const away = (roster?.substitutions ?? []).map((it) => ({ span: [wall(it.begins), wall(it.ends)] as [dayjs.Dayjs, dayjs.Dayjs], people: it.people }));
  const initial: Partial<Fields> = roster ? { ...roster, away } : { code: "night", name: { "zh-CN": "", en: "" }, shifts: [], otherwise: [], ring_seconds: 25, away };
  return (
    <FormDialog<Fields> title={roster ? local(roster.name) : t("duty.new")} initial={initial} onSave={(fields) => saveRoster(roster?.id ?? null, rosterOf(fields, roster?.position ?? 0, zone))} onSaved={props.onSaved} onClose={props.onClose} testId="duty">
      <div className="row wrap">
        <Form.Item name={["name", "zh-CN"]} label={LANGUAGES["zh-CN"]} rules={missing} style={{ flex: 1 }}>
          <Input maxLength={100} data-testid="duty-name" />
        </Form.Item>
        <Form.Item name={["name", "en"]} label="English" rules={missing} style={{ flex: 1 }}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="code" label={t("duty.code")} rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9-]{0,39}$/u, message: "a-z 0-9 -" }]}>
          <Input maxLength={40} data-testid="duty-code" />
        </Form.Item>
      </div>
      <Shifts />
      <Substitutions />
      <Form.Item name="otherwise" label={t("duty.otherwise")}>
        <People label={t("duty.otherwise")} />
      </Form.Item>
      <div className="row wrap">
        <Form.Item name="ring_seconds" label={t("duty.ring")}>
          <InputNumber<number> min={5} max={120} precision={0} suffix={t("dialling.seconds")} style={{ width: 110 }} />
        </Form.Item>
        <Form.Item name="mailbox_queue_id" label={t("duty.mailbox")} style={{ flex: 1 }}>
          <Select allowClear placeholder={t("duty.no_mailbox")} options={queues.map((it) => ({ value: it.id, label: local(it.name) }))} />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
