/** To whom: the one panel for transferring and for asking somebody first. Choosing shows what follows; Enter does what was pressed. */
import { Alert, Button, Input, Popover } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { TargetPicker, type CallTarget, type TargetKind } from "@/parts/targets/TargetPicker";
import { useCommand } from "@/parts/useCommand";
import { useEscape } from "@/parts/useEscape";
import { consultWith, transferTo } from "@/server/callOperations";
import css from "./CallBar.module.css";

export type Way = "transfer" | "consult";

const KINDS: Readonly<Record<Way, readonly TargetKind[]>> = {
  transfer: ["agent", "queue", "flow", "number", "mailbox"],
  consult: ["agent", "queue", "number"],
};

interface PanelProps {
  readonly contactId: string;
  readonly way: Way;
  readonly onDone: () => void;
}

function Chosen(props: PanelProps & { readonly target: CallTarget; readonly onBack: () => void }): ReactNode {
  const { t } = useTexts();
  const { contactId, target } = props;
  const { run, busy } = useCommand();
  const [note, setNote] = useState("");
  const askable = KINDS.consult.includes(target.kind);
  const go = async (way: Way): Promise<void> => {
    const done = await run((knowing) => (way === "transfer" ? transferTo(contactId, target, note.trim(), knowing) : consultWith(contactId, target, knowing)));
    if (done) props.onDone();
  };
  const both = askable && props.way === "transfer";
  return (
    <form
      className={css.chosen}
      onSubmit={(event) => {
        event.preventDefault();
        void go(props.way);
      }}
    >
      <div>
        {t(`move.${props.way}_to`)} <b data-testid="move-target">{target.label}</b>
      </div>
      {props.way === "transfer" && (
        <Input
          autoFocus
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
          placeholder={t("move.note")}
          aria-label={t("move.note")}
          data-testid="move-note"
        />
      )}
      {props.way === "transfer" && <Alert type="info" title={t("move.transfer_hint")} />}
      <div className="row wrap">
        <Button onClick={props.onBack}>{t("move.other")}</Button>
        <span className="grow" />
        {both && (
          <Button onClick={() => void go("consult")} loading={busy} data-testid="move-consult-first">
            {t("move.consult_first")}
          </Button>
        )}
        <Button type="primary" htmlType="submit" autoFocus={props.way === "consult"} loading={busy} data-testid="move-go">
          {t(`move.${props.way}_now`)}
        </Button>
      </div>
    </form>
  );
}

function Panel(props: PanelProps): ReactNode {
  const { t } = useTexts();
  const [target, setTarget] = useState<CallTarget | null>(null);
  useEscape(props.onDone);
  return (
    <div
      className={css.move}
      role="dialog"
      aria-label={t(`call.${props.way}`)}
      data-testid={`${props.way}-panel`}
    >
      {target ? (
        <Chosen {...props} target={target} onBack={() => setTarget(null)} />
      ) : (
        <TargetPicker kinds={KINDS[props.way]} onChoose={setTarget} autoFocus />
      )}
    </div>
  );
}

export function MoveOn(props: PanelProps & { readonly open: boolean; readonly children: ReactNode }): ReactNode {
  return (
    <Popover
      open={props.open}
      trigger={[]}
      placement="bottomLeft"
      arrow={false}
      destroyOnHidden
      content={<Panel contactId={props.contactId} way={props.way} onDone={props.onDone} />}
    >
      <span>{props.children}</span>
    </Popover>
  );
}
