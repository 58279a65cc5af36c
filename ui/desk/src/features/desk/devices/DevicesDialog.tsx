/** My devices: what rings when I am rung, whether its line stays up, and what goes on by itself. */
import type { MyDevices } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { App, Checkbox, Form, Input, Switch } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { Loaded } from "@/parts/states";
import { KINDS, myDevicesKey, saveMyDevices, useMyDevices, type DeviceKind } from "@/server/devices";

interface Fields {
  readonly kinds: DeviceKind[];
  readonly permanent: boolean;
  readonly number: string;
}

function ByItself(props: { readonly work: MyDevices["work"] }): ReactNode {
  const { t } = useTexts();
  const { work } = props;
  const lines = [
    work.answer_seconds >= 0 && t("my_devices.answer", { seconds: work.answer_seconds }),
    work.after_call_seconds >= 0 && t("my_devices.after_call", { seconds: work.after_call_seconds }),
    work.accept_seconds >= 0 && t("my_devices.accept", { seconds: work.accept_seconds }),
    work.dial_seconds >= 0 && t("my_devices.dial", { seconds: work.dial_seconds }),
    work.most_talk_seconds > 0 && t("my_devices.talk", { minutes: Math.round(work.most_talk_seconds / 60), warn: work.warn_seconds }),
  ].filter((it): it is string => it !== false);
  return (
    <Form.Item label={t("my_devices.by_itself")}>
      <div className="quiet" data-testid="by-itself">
        {lines.length === 0 ? t("my_devices.none") : lines.map((it) => <div key={it}>{it}</div>)}
      </div>
    </Form.Item>
  );
}

/** The order of the choice is kept: the first device is the one whose line may stay up. */
function inOrder(before: readonly DeviceKind[], now: readonly DeviceKind[]): DeviceKind[] {
  return [...before.filter((it) => now.includes(it)), ...now.filter((it) => !before.includes(it))];
}

function Choice(props: { readonly mine: MyDevices; readonly onClose: () => void }): ReactNode {
  const { t, code } = useTexts();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { mine, onClose } = props;
  const options = KINDS.filter((it) => mine.rules.kinds.includes(it)).map((it) => ({ value: it, label: <span data-testid={`device-${it}`}>{code("device_kind", it)}</span> }));
  const save = async (fields: Fields): Promise<void> => {
    await saveMyDevices({ kinds: inOrder(mine.kinds, fields.kinds), permanent: fields.permanent, number: fields.number === mine.number ? null : fields.number });
  };
  const saved = (): void => {
    void client.invalidateQueries({ queryKey: myDevicesKey });
    void message.success(t("my_devices.moved"));
  };
  const initial: Fields = { kinds: mine.kinds.length > 0 ? mine.kinds : ["browser"], permanent: mine.permanent, number: mine.number };
  return (
    <FormDialog<Fields> title={t("my_devices.title")} initial={initial} onSave={save} onSaved={saved} onClose={onClose} testId="devices">
      <p className="quiet">{t("my_devices.hint")}</p>
      <Form.Item name="kinds" rules={[{ type: "array", min: 1, message: t("my_devices.hint") }]}>
        <Checkbox.Group options={options} style={{ display: "flex", flexDirection: "column", gap: 6 }} />
      </Form.Item>
      <Form.Item noStyle dependencies={["kinds"]}>
        {({ getFieldValue }) =>
          (getFieldValue("kinds") as DeviceKind[] | undefined)?.includes("number") && (
            <Form.Item name="number" label={t("my_devices.number")} extra={t("my_devices.number_hint")} rules={[{ required: true }]}>
              <Input inputMode="tel" data-testid="device-number-value" />
            </Form.Item>
          )
        }
      </Form.Item>
      {mine.rules.permanent && (
        <Form.Item name="permanent" label={t("my_devices.permanent")} extra={t("my_devices.permanent_hint")} valuePropName="checked">
          <Switch data-testid="device-permanent" />
        </Form.Item>
      )}
      <ByItself work={mine.work} />
    </FormDialog>
  );
}

export function DevicesDialog(props: { readonly onClose: () => void }): ReactNode {
  const query = useMyDevices();
  return query.data ? <Choice mine={query.data} onClose={props.onClose} /> : <Loaded query={query}>{() => null}</Loaded>;
}
