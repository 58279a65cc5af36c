/** The sound of one language: a file of one's own, or a sentence that the centre can say. */
import { UploadOutlined } from "@ant-design/icons";
import { App, Button, Select, Upload } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { clock } from "@/parts/format";
import { useErrorText } from "@/parts/states";
import { useMay } from "@/server/session";
import { sendSound, usePrompts } from "@/server/sounds";
import { forTelephones } from "./telephone";

export interface Version {
  readonly file?: string | null;
  readonly prompt?: string | null;
}

interface SoundFieldProps {
  readonly language: string;
  readonly value?: Version | null;
  readonly onChange?: (value: Version | null) => void;
}

export function SoundField(props: SoundFieldProps): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const may = useMay();
  const [busy, setBusy] = useState(false);
  const [seconds, setSeconds] = useState<number | null>(null);
  const prompts = (usePrompts(may("flows.manage")).data ?? []).filter((it) => it.texts[props.language]);
  const take = async (file: File): Promise<void> => {
    setBusy(true);
    try {
      const wav = await forTelephones(file).catch(() => null);
      if (!wav) {
        void message.error(t("sounds.cannot_play"));
        return;
      }
      const kept = await sendSound(wav);
      setSeconds(kept.seconds);
      props.onChange?.({ file: kept.file });
    } catch (reason) {
      void message.error(errorText(reason));
    } finally {
      setBusy(false);
    }
  };
  const file = props.value?.file;
  return (
    <div className="row wrap">
      <Upload accept="audio/*" showUploadList={false} beforeUpload={(chosen) => (void take(chosen), false)}>
        <Button icon={<UploadOutlined />} loading={busy} data-testid={`send-${props.language}`}>
          {t(file ? "sounds.other_file" : "sounds.file")}
        </Button>
      </Upload>
      {file && <span className="quiet">{seconds === null ? t("sounds.has_file") : clock(seconds)}</span>}
      {prompts.length > 0 && (
        <Select<string>
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          value={props.value?.prompt ?? null}
          onChange={(prompt: string | undefined) => props.onChange?.(prompt ? { prompt } : null)}
          placeholder={t("sounds.sentence")}
          aria-label={t("sounds.sentence")}
          options={prompts.map((it) => ({ value: it.key, label: it.texts[props.language] ?? it.key }))}
          style={{ flex: "1 1 200px", minWidth: 0 }}
          data-testid={`sentence-${props.language}`}
        />
      )}
    </div>
  );
}
