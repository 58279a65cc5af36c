/** The buttons of a conversation: what every call needs first, what moves the customer on next, and far from both what ends it. */
import {
  AudioMutedOutlined,
  AudioOutlined,
  InboxOutlined,
  PauseCircleOutlined,
  PauseOutlined,
  PhoneFilled,
  PlayCircleOutlined,
  QuestionOutlined,
  SwapRightOutlined,
} from "@ant-design/icons";
import { App } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useSlots } from "@/parts/slots";
import { useCommand } from "@/parts/useCommand";
import { isConference } from "@/phone/callView";
import { usePhone } from "@/phone/PhoneProvider";
import { park } from "@/server/callOperations";
import type { CallCommand } from "@/server/desk";
import { CallButton } from "./CallButton";
import css from "./CallBar.module.css";
import { Keypad } from "./Keypad";
import { MoveOn, type Way } from "./MoveOn";
import { Sounds } from "./Sounds";

interface OfContact {
  readonly contactId: string;
}
interface Acting {
  readonly act: (command: CallCommand) => void;
  readonly busy: boolean;
}

function Voice({ act, busy }: Acting): ReactNode {
  const { call } = usePhone();
  return (
    <>
      {call.phase === "holding" ? (
        <CallButton testId="resume" label="call.resume" icon={<PlayCircleOutlined />} look="primary" wide busy={busy} onPress={() => act("resume")} />
      ) : (
        <CallButton testId="hold" label="call.hold" icon={<PauseOutlined />} wide busy={busy} onPress={() => act("hold")} />
      )}
      {call.muted ? (
        <CallButton testId="unmute" label="call.unmute" icon={<AudioMutedOutlined />} look="on" wide busy={busy} onPress={() => act("unmute")} />
      ) : (
        <CallButton testId="mute" label="call.mute" icon={<AudioOutlined />} wide busy={busy} onPress={() => act("mute")} />
      )}
    </>
  );
}

function Moves({ contactId }: OfContact): ReactNode {
  const [way, setWay] = useState<Way | null>(null);
  const done = (): void => setWay(null);
  const toggle = (next: Way) => (): void => setWay(way === next ? null : next);
  return (
    <>
      <MoveOn contactId={contactId} way="transfer" open={way === "transfer"} onDone={done}>
        <CallButton testId="transfer" label="call.transfer" icon={<SwapRightOutlined />} expanded={way === "transfer"} onPress={toggle("transfer")} />
      </MoveOn>
      <MoveOn contactId={contactId} way="consult" open={way === "consult"} onDone={done}>
        <CallButton testId="consult" label="call.consult" icon={<QuestionOutlined />} expanded={way === "consult"} onPress={toggle("consult")} />
      </MoveOn>
    </>
  );
}

function Park({ contactId }: OfContact): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const { run, busy } = useCommand();
  const go = (): void => void run(async () => void message.success(t("parked.done", { slot: await park(contactId) }), 8));
  return <CallButton testId="park" label="call.park" icon={<InboxOutlined />} busy={busy} onPress={go} />;
}

function Recording({ act, busy }: Acting): ReactNode {
  const { call } = usePhone();
  if (call.recording === "on") {
    return <CallButton testId="pause-recording" label="call.pause_recording" icon={<PauseCircleOutlined />} busy={busy} onPress={() => act("pause-recording")} />;
  }
  if (call.recording !== "paused") return null;
  return (
    <CallButton testId="resume-recording" label="call.resume_recording" icon={<PlayCircleOutlined />} look="on" wide busy={busy} onPress={() => act("resume-recording")} />
  );
}

/** Ends the conversation at hand. In a consultation the key takes back to the customer instead, so that no slip ends his call. */
export function HangUp({ act, busy, keyed = true }: Acting & { readonly keyed?: boolean }): ReactNode {
  return (
    <CallButton testId="hang-up" label="call.hang_up" icon={<PhoneFilled rotate={225} />} look="danger" wide keyed={keyed} busy={busy} onPress={() => act("hang-up")} />
  );
}

export function Tools({ contactId, act, busy }: OfContact & Acting): ReactNode {
  const { call } = usePhone();
  const { AskHelp } = useSlots();
  const lost = call.phase === "lost";
  const conference = isConference(call);
  return (
    <div className={css.tools} role="toolbar" aria-orientation="horizontal" data-testid="call-tools">
      {!lost && (
        <span className={css.buttons}>
          <Voice act={act} busy={busy} />
          <Keypad contactId={contactId} />
        </span>
      )}
      {!lost && !call.consulted && (
        <span className={css.buttons}>
          {!call.consult && <Moves contactId={contactId} />}
          {!conference && !call.consult && <Park contactId={contactId} />}
          <Sounds contactId={contactId} />
          <Recording act={act} busy={busy} />
        </span>
      )}
      {AskHelp && (
        <span className={css.buttons}>
          <AskHelp contactId={contactId} />
        </span>
      )}
      <span className={css.apart}>
        <HangUp act={act} busy={busy} keyed={!call.consult && !conference} />
      </span>
    </div>
  );
}
