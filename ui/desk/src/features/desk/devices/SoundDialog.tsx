/** Microphone, loudspeaker and ringing device, with a look at whether one is heard, a check of the whole way, and notifications. */
import { App, Button, Form, Modal, Progress, Select } from "antd";
import { useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ringTone } from "@/phone/attention";
import { keepDevices, listenToMicrophone, readDevices, type Devices } from "@/phone/devices";
import { install, installable, onInstallable } from "@/phone/install";
import { askForNotifications, noticesAllowed } from "@/phone/notices";
import { usePhone } from "@/phone/PhoneProvider";
import { SoundCheck } from "./SoundCheck";
import { useDeviceLists } from "./useDeviceLists";

const HEARD = 0.35;
const TRIAL_MS = 1800;

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
      <Progress percent={Math.round(level * 100)} showInfo={false} status={level > HEARD ? "success" : "normal"} size="small" aria-label={t("sound.level")} />
      <span className="quiet">{t("sound.speak")}</span>
    </div>
  );
}

function Extras(): ReactNode {
  const { t } = useTexts();
  const canInstall = useSyncExternalStore(onInstallable, installable);
  const blocked = "Notification" in window && Notification.permission === "denied";
  return (
    <div style={{ display: "flex", flexDirection: "column", gap: 8, alignItems: "flex-start" }}>
      {!noticesAllowed() && (
        <>
          <span className="quiet">{t(blocked ? "sound.notices_blocked" : "sound.notices_hint")}</span>
          {!blocked && (
            <Button onClick={askForNotifications} data-testid="allow-notices">
              {t("sound.notices")}
            </Button>
          )}
        </>
      )}
      {canInstall && (
        <Button onClick={() => void install()} data-testid="install-desk">
          {t("sound.install")}
        </Button>
      )}
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
    const stop = ringTone(devices.ringId);
    setTimeout(stop, TRIAL_MS);
  };
  return (
    <Modal open onCancel={props.onClose} footer={null} title={t("sound.title")} width={480}>
      <Form layout="vertical" data-testid="sound-dialog">
        <Form.Item label={t("sound.microphone")}>
          <Select value={devices.microphoneId} options={[own, ...microphones]} onChange={(microphoneId) => change({ microphoneId })} aria-label={t("sound.microphone")} data-testid="microphone" />
          <Level microphoneId={devices.microphoneId} />
        </Form.Item>
        <Form.Item label={t("sound.speaker")} extra={t("sound.speaker_hint")}>
          <Select value={devices.speakerId} options={[own, ...speakers]} onChange={(speakerId) => change({ speakerId })} aria-label={t("sound.speaker")} data-testid="speaker" />
        </Form.Item>
        <Form.Item label={t("sound.ring")} extra={t("sound.ring_hint")}>
          <div className="row" style={{ gap: 8 }}>
            <Select className="grow" value={devices.ringId} options={[own, ...speakers]} onChange={(ringId) => change({ ringId })} aria-label={t("sound.ring")} data-testid="ring-device" />
            <Button onClick={tryRing} data-testid="try-ring">
              {t("sound.try")}
            </Button>
          </div>
        </Form.Item>
        <Form.Item label={t("check.title")}>
          <SoundCheck speakerId={devices.speakerId} />
        </Form.Item>
        <Extras />
      </Form>
    </Modal>
  );
}
