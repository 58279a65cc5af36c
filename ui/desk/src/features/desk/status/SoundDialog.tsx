/** Microphone and loudspeaker for calls, with a look at whether one is heard. */
import { App, Button, Form, Modal, Progress, Select } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ringTone } from "@/phone/attention";
import { keepDevices, listDevices, listenToMicrophone, readDevices, type DeviceOption, type Devices } from "@/phone/devices";
import { usePhone } from "@/phone/PhoneProvider";

const HEARD = 0.35;
const TRIAL_MS = 1800;

function useDeviceLists(): { readonly microphones: readonly DeviceOption[]; readonly speakers: readonly DeviceOption[] } {
  const [lists, setLists] = useState<{ microphones: readonly DeviceOption[]; speakers: readonly DeviceOption[] }>({ microphones: [], speakers: [] });
  useEffect(() => {
    const renew = async (): Promise<void> => setLists({ microphones: await listDevices("audioinput"), speakers: await listDevices("audiooutput") });
    const changed = (): void => void renew();
    const media = navigator.mediaDevices as MediaDevices | undefined;
    changed();
    media?.addEventListener("devicechange", changed);
    return () => media?.removeEventListener("devicechange", changed);
  }, []);
  return lists;
}

function Level(props: { readonly microphoneId: string }): ReactNode {
  const { t, code } = useTexts();
  const [level, setLevel] = useState(0);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let stop: (() => void) | null = null;
    let wanted = true;
    listenToMicrophone(props.microphoneId, setLevel).then(
      (found) => {
        setFailed(false);
        if (wanted) stop = found;
        else found();
      },
      () => setFailed(true),
    );
    return () => {
      wanted = false;
      stop?.();
    };
  }, [props.microphoneId]);
  if (failed) return <div style={{ color: "var(--bad)" }}>{code("microphone", "unknown")}</div>;
  return (
    <div data-testid="microphone-level" data-heard={level > HEARD}>
      <Progress percent={Math.round(level * 100)} showInfo={false} status={level > HEARD ? "success" : "normal"} size="small" />
      <span className="quiet">{t("sound.speak")}</span>
    </div>
  );
}

export function SoundDialog(props: { readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const { chooseDevices } = usePhone();
  const { message } = App.useApp();
  const { microphones, speakers } = useDeviceLists();
  const [devices, setDevices] = useState<Devices>(() => readDevices(localStorage));
  const change = (part: Partial<Devices>): void => {
    const next = { ...devices, ...part };
    setDevices(next);
    keepDevices(localStorage, next);
    chooseDevices(next).catch(() => void message.error(t("microphone.unknown")));
  };
  const own = { value: "", label: t("sound.default") };
  const tryRing = (): void => {
    const stop = ringTone();
    setTimeout(stop, TRIAL_MS);
  };
  return (
    <Modal open onCancel={props.onClose} footer={null} title={t("sound.title")} width={440}>
      <Form layout="vertical" data-testid="sound-dialog">
        <Form.Item label={t("sound.microphone")}>
          <Select value={devices.microphoneId} options={[own, ...microphones]} onChange={(microphoneId) => change({ microphoneId })} data-testid="microphone" />
          <Level microphoneId={devices.microphoneId} />
        </Form.Item>
        <Form.Item label={t("sound.speaker")} extra={t("sound.speaker_hint")}>
          <Select value={devices.speakerId} options={[own, ...speakers]} onChange={(speakerId) => change({ speakerId })} data-testid="speaker" />
        </Form.Item>
        <Button onClick={tryRing}>{t("sound.try")}</Button>
      </Form>
    </Modal>
  );
}
