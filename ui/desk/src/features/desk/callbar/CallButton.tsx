/** One button of the call bar: icon, word and key; where the bar is narrow only the icon is seen. It keeps the focus while it works. */
import { Button, Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Keys, useAction, useKeysOf } from "@/parts/shortcuts";
import css from "./CallBar.module.css";

export interface CallButtonProps {
  readonly testId: string;
  /** Key of the catalogue; the table of keys knows its key. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly look?: "primary" | "danger" | "on" | "plain";
  /** Keeps its word where others lose theirs. */
  readonly wide?: boolean;
  readonly busy?: boolean;
  readonly keyed?: boolean;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly onPress: () => void;
}

export function CallButton(props: CallButtonProps): ReactNode {
  const { t } = useTexts();
  const { look = "plain", wide = false, keyed = true } = props;
  useAction(props.label, props.onPress, { active: keyed });
  const keys = useKeysOf(props.label);
  const text = t(props.label);
  return (
    <Tooltip title={keyed && keys ? `${text} (${keys})` : text} mouseEnterDelay={0.5} {...(props.expanded ? { open: false } : {})}>
      <Button
        type={look === "primary" || look === "danger" ? "primary" : "default"}
        danger={look === "danger"}
        className={look === "on" ? (css.on ?? "") : ""}
        icon={props.icon}
        aria-disabled={props.busy ?? false}
        onClick={props.onPress}
        data-testid={props.testId}
        data-wide={wide}
        aria-label={text}
        aria-keyshortcuts={keyed && keys ? keys.replace("Ctrl+", "Control+") : undefined}
        aria-pressed={props.pressed}
        aria-expanded={props.expanded}
      >
        <span className={css.word}>{text}</span>
        {keyed && keys && <Keys keys={keys} />}
      </Button>
    </Tooltip>
  );
}
