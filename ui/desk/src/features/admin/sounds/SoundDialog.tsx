/** Makes or changes a standard recording: its names, whose it is, and a sound for each language. */
import type { KeptSound, StandardSoundInput } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Form, Input, InputNumber, Select, Switch } from "antd";
import type { ReactNode } from "react";
import { LANGUAGES, useTexts } from "@/i18n";
import { FormDialog } from "@/parts/FormDialog";
import { useQueues } from "@/server/names";
import { addStandardSound, changeStandardSound, soundsKey } from "@/server/sounds";
import { NameFields, namesOf, type NameInputs } from "../NameFields";
import { SoundField, type Version } from "./SoundField";

interface Fields extends NameInputs {
  readonly code?: string;
  readonly queue_ids: string[];
  readonly versions: Readonly<Record<string, Version | null | undefined>>;
  readonly position: number;
  readonly active: boolean;
}

function sent(fields: Fields): StandardSoundInput {
  const versions = Object.fromEntries(Object.entries(fields.versions).filter((it): it is [string, Version] => Boolean(it[1]?.file ?? it[1]?.prompt)));
  return { name: namesOf(fields), versions, queue_ids: fields.queue_ids, position: fields.position, active: fields.active };
}

export function SoundDialog(props: { readonly sound: KeptSound | null; readonly onClose: () => void }): ReactNode {
  const { t, local } = useTexts();
  const client = useQueryClient();
  const queues = useQueues().data ?? [];
  const { sound } = props;
  const save = (fields: Fields): Promise<unknown> => (sound ? changeStandardSound(sound.id, sent(fields)) : addStandardSound({ ...sent(fields), code: fields.code ?? "" }));
  const initial: Partial<Fields> = sound
    ? { name_zh: sound.name["zh-CN"] ?? "", name_en: sound.name.en ?? "", queue_ids: sound.queue_ids, versions: sound.versions, position: sound.position, active: sound.active }
    : { queue_ids: [], versions: {}, position: 0, active: true };
  return (
    <FormDialog<Fields> title={t(sound ? "sounds.change" : "sounds.add")} initial={initial} onSave={save} onSaved={() => void client.invalidateQueries({ queryKey: soundsKey })} onClose={props.onClose} testId="sound">
      {!sound && (
        <Form.Item name="code" label={t("sounds.code")} extra={t("sounds.code_hint")} rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9-]{0,39}$/, message: t("sounds.code_hint") }]}>
          <Input maxLength={40} data-testid="sound-code" />
        </Form.Item>
      )}
      <NameFields />
      {Object.entries(LANGUAGES).map(([language, label]) => (
        <Form.Item key={language} name={["versions", language]} label={t("sounds.in", { language: label })}>
          <SoundField language={language} />
        </Form.Item>
      ))}
      <Form.Item name="queue_ids" label={t("sounds.queues")}>
        <Select mode="multiple" allowClear options={queues.map((it) => ({ value: it.id, label: local(it.name) }))} placeholder={t("sounds.all_queues")} />
      </Form.Item>
      <div className="row" style={{ gap: 24 }}>
        <Form.Item name="position" label={t("sounds.position")}>
          <InputNumber min={0} max={10000} />
        </Form.Item>
        <Form.Item name="active" label={t("sounds.active")} valuePropName="checked">
          <Switch />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
