/** Why one does not take what is offered: the business's reasons, each by a press or, while the menu is open, by its digit. */
import { DownOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useDeskSettings } from "@/server/session";
import { Keys, useAction, useKeysOf } from "./shortcuts";

interface Reason {
  readonly code: string;
  readonly name: string;
}

/** Nine reasons have a digit. */
const digitOf = (index: number): string => (index < 9 ? String(index + 1) : "");

function ByDigit(props: { readonly reason: Reason; readonly digit: string; readonly onPress: () => void }): ReactNode {
  useAction("call.refuse_because", props.onPress, { keys: props.digit, values: { reason: props.reason.name } });
  return null;
}

export function RefuseMenu(props: {
  /** Key of the catalogue, which the table of keys may know. */
  readonly label: string;
  readonly testId: string;
  readonly small?: boolean;
  readonly keyed?: boolean;
  readonly onChoose: (reason: string) => void;
}): ReactNode {
  const { t, local } = useTexts();
  const { data } = useDeskSettings();
  const [open, setOpen] = useState(false);
  const { keyed = true, testId } = props;
  const reasons: Reason[] = (data?.refusal_reasons ?? []).filter((it) => it.active).map((it) => ({ code: it.code, name: local(it.name) || it.code }));
  useAction(props.label, () => setOpen((before) => !before), { active: keyed && reasons.length > 0 });
  const keys = useKeysOf(props.label);
  if (reasons.length === 0) return null;
  const choose = (reason: string): void => {
    setOpen(false);
    props.onChoose(reason);
  };
  const items = reasons.map((it, index) => ({
    key: it.code,
    label: (
      <span className="row" data-testid={`${testId}-${it.code}`}>
        <span className="grow">{it.name}</span>
        {digitOf(index) && <Keys keys={digitOf(index)} />}
      </span>
    ),
  }));
  const text = t(props.label);
  return (
    <>
      <Dropdown trigger={["click"]} open={open} onOpenChange={setOpen} menu={{ items, onClick: ({ key }) => choose(key) }}>
        <Button
          size={props.small ? "small" : "middle"}
          icon={<DownOutlined />}
          aria-label={text}
          aria-haspopup="menu"
          aria-expanded={open}
          title={keyed && keys ? `${text} (${keys})` : text}
          data-testid={`${testId}-why`}
        />
      </Dropdown>
      {open && reasons.map((it, index) => <ByDigit key={it.code} reason={it} digit={digitOf(index)} onPress={() => choose(it.code)} />)}
    </>
  );
}
