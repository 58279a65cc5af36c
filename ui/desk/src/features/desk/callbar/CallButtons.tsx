/** The call's buttons. Each press asks the server; what the buttons show comes back by the live feed. */
import {
  AudioMutedOutlined,
  AudioOutlined,
  CheckOutlined,
  ClockCircleOutlined,
  PauseCircleOutlined,
  PauseOutlined,
  PhoneFilled,
  PlayCircleOutlined,
  CloseOutlined,
} from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Key, useShortcut } from "@/parts/shortcuts";
import { useCommand } from "@/parts/useCommand";
import { inConversation } from "@/phone/callView";
import { usePhone } from "@/phone/PhoneProvider";
import { commandCall, type CallCommand } from "@/server/desk";
import { useExtensionLeft } from "../wrapup/useExtensionLeft";
import { useWrapUp } from "../wrapup/useWrapUp";
import css from "./CallBar.module.css";
import { Keypad } from "./Keypad";

interface CallButtonProps {
  readonly testId: string;
  /** Key of the catalogue. */
  readonly label: string;
  readonly keys: string;
  readonly icon: ReactNode;
  readonly look?: "primary" | "danger" | "plain";
  readonly wide?: boolean;
  readonly busy?: boolean;
  readonly onPress: () => void;
}

export function CallButton(props: CallButtonProps): ReactNode {
  const { t } = useTexts();
  const { look = "plain", wide = false } = props;
  useShortcut(props.keys, props.label, props.onPress);
  const text = t(props.label);
  const button = (
    <Button
      type={look === "plain" ? "default" : "primary"}
      danger={look === "danger"}
      icon={props.icon}
      disabled={props.busy ?? false}
      onClick={props.onPress}
      data-testid={props.testId}
      aria-label={text}
      aria-keyshortcuts={props.keys}
    >
      {wide ? text : null}
      <Key keys={props.keys} />
    </Button>
  );
  return wide ? button : <Tooltip title={text}>{button}</Tooltip>;
}

interface Acting {
  readonly act: (command: CallCommand) => void;
  readonly busy: boolean;
}

function Ringing({ act, busy }: Acting): ReactNode {
  const { answer, place } = usePhone();
  const { t } = useTexts();
  return (
    <>
      {place === "here" && (
        <CallButton testId="answer" label="call.answer" keys="F2" icon={<PhoneFilled />} look="primary" wide onPress={answer} />
      )}
      {place === "device" && <span className="quiet">{t("call.pick_up")}</span>}
      <CallButton testId="refuse" label="call.refuse" keys="F4" icon={<CloseOutlined />} wide busy={busy} onPress={() => act("refuse")} />
    </>
  );
}

function HangUp({ act, busy }: Acting): ReactNode {
  return <CallButton testId="hang-up" label="call.hang_up" keys="F4" icon={<PhoneFilled rotate={225} />} look="danger" wide busy={busy} onPress={() => act("hang-up")} />;
}

function Talking({ act, busy }: Acting): ReactNode {
  const { call } = usePhone();
  const holding = call.phase === "holding";
  const lost = call.phase === "lost";
  return (
    <>
      {!lost && holding && (
        <CallButton testId="resume" label="call.resume" keys="F8" icon={<PlayCircleOutlined />} look="primary" wide busy={busy} onPress={() => act("resume")} />
      )}
      {!lost && !holding && <CallButton testId="hold" label="call.hold" keys="F8" icon={<PauseOutlined />} wide busy={busy} onPress={() => act("hold")} />}
      {!lost && call.muted && (
        <CallButton testId="unmute" label="call.unmute" keys="F9" icon={<AudioMutedOutlined />} look="danger" wide busy={busy} onPress={() => act("unmute")} />
      )}
      {!lost && !call.muted && <CallButton testId="mute" label="call.mute" keys="F9" icon={<AudioOutlined />} wide busy={busy} onPress={() => act("mute")} />}
      {!lost && call.contactId && <Keypad contactId={call.contactId} />}
      {call.recording === "on" && (
        <CallButton testId="pause-recording" label="call.pause_recording" keys="F10" icon={<PauseCircleOutlined />} busy={busy} onPress={() => act("pause-recording")} />
      )}
      {call.recording === "paused" && (
        <CallButton
          testId="resume-recording"
          label="call.resume_recording"
          keys="F10"
          icon={<PauseCircleOutlined className="pulse" />}
          look="danger"
          wide
          busy={busy}
          onPress={() => act("resume-recording")}
        />
      )}
      <HangUp act={act} busy={busy} />
    </>
  );
}

function AfterCall({ act, busy, contactId }: Acting & { readonly contactId: string }): ReactNode {
  const { t } = useTexts();
  const wrapUp = useWrapUp(contactId);
  const left = useExtensionLeft();
  return (
    <>
      {left > 0 ? (
        <CallButton testId="wrap-up-extend" label="call.extend" keys="F7" icon={<ClockCircleOutlined />} wide busy={busy} onPress={() => act("extend")} />
      ) : (
        <span className="quiet" data-testid="wrap-up-longest">
          {t("call.longest")}
        </span>
      )}
      <CallButton testId="call-finish" label="call.finish" keys="F3" icon={<CheckOutlined />} look="primary" wide busy={wrapUp.busy} onPress={wrapUp.finish} />
    </>
  );
}

export function CallButtons(): ReactNode {
  const { call } = usePhone();
  const { run, busy } = useCommand();
  const contactId = call.contactId;
  const act = (command: CallCommand): void => {
    if (contactId) void run(() => commandCall(contactId, command));
  };
  return (
    <span className={css.buttons}>
      {call.phase === "ringing" && <Ringing act={act} busy={busy} />}
      {call.phase === "dialling" && <HangUp act={act} busy={busy} />}
      {inConversation(call.phase) && <Talking act={act} busy={busy} />}
      {call.phase === "after_call" && contactId && <AfterCall act={act} busy={busy} contactId={contactId} />}
    </span>
  );
}
