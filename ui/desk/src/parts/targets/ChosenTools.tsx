/** What can be done with the marked target besides calling it: its mailbox, and keeping it among the favourites. */
import { MailOutlined, StarFilled, StarOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Keys } from "@/parts/shortcuts";
import type { TargetRow } from "./rank";
import css from "./TargetPicker.module.css";

interface ChosenToolsProps {
  readonly row: TargetRow;
  readonly onKeep: () => void;
  /** Null where it has none, or none is wanted. */
  readonly onMailbox: (() => void) | null;
}

export function ChosenTools(props: ChosenToolsProps): ReactNode {
  const { t } = useTexts();
  const { label } = props.row.target;
  const kept = props.row.favourite || props.row.key !== null;
  const star = t(kept ? "targets.no_favourite" : "targets.favourite");
  return (
    <div className={css.tools} role="group" aria-label={label}>
      <span className="quiet ellipsis grow">{label}</span>
      {props.onMailbox && (
        <Button size="small" icon={<MailOutlined />} onClick={props.onMailbox} aria-keyshortcuts="Shift+Enter" data-testid="chosen-mailbox">
          {t("targets.mailbox")} <Keys keys="Shift+Enter" />
        </Button>
      )}
      <Button size="small" icon={kept ? <StarFilled /> : <StarOutlined />} aria-pressed={kept} onClick={props.onKeep} aria-label={`${star}: ${label}`} aria-keyshortcuts="Alt+S" data-testid="chosen-favourite">
        {t("targets.star")} <Keys keys="Alt+s" />
      </Button>
    </div>
  );
}
