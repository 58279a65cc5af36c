/** Keypad tones during a call, by mouse or by the keyboard while it is open. */
import { NumberOutlined } from "@ant-design/icons";
import { App, Button, Popover } from "antd";
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useErrorText } from "@/parts/states";
import { useEscape } from "@/parts/useEscape";
import { sendDigits } from "@/server/desk";
import css from "./CallBar.module.css";
import { CallButton } from "./CallButton";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

function Pad(props: { readonly contactId: string; readonly onDone: () => void }): ReactNode {
  useEscape(props.onDone);
  const { t } = useTexts();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const [sent, setSent] = useState("");
  const line = useRef<Promise<unknown>>(Promise.resolve());
  /** Digits go one after the other, in the order in which they were pressed. */
  const press = (digit: string): void => {
    setSent((before) => before + digit);
    line.current = line.current.then(() => sendDigits(props.contactId, digit)).catch((reason: unknown) => void message.error(errorText(reason)));
  };
  const onKey = (event: KeyboardEvent): void => {
    if (!KEYS.includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    press(event.key);
  };
  return (
    <div className={css.keypad} onKeyDown={onKey} data-testid="keypad-keys" role="dialog" aria-label={t("call.keypad")}>
      <div className={`${css.sent ?? ""} num`}>{sent || " "}</div>
      {KEYS.map((digit) => (
        <Button key={digit} autoFocus={digit === "5"} onClick={() => press(digit)} data-testid={`key-${digit}`}>
          {digit}
        </Button>
      ))}
    </div>
  );
}

export function Keypad(props: { readonly contactId: string }): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} trigger={[]} destroyOnHidden content={<Pad contactId={props.contactId} onDone={() => setOpen(false)} />}>
      <span>
        <CallButton testId="keypad" label="call.keypad" icon={<NumberOutlined />} expanded={open} onPress={() => setOpen(!open)} />
      </span>
    </Popover>
  );
}
