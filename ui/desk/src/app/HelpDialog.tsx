/** All keys that work now, each with the way to change it. */
import { Button, Modal } from "antd";
import { useState, type KeyboardEvent, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { keyName, refusedKey } from "@/parts/keys/names";
import type { ShownAction } from "@/parts/keys/registry";
import { rowOf, takenBy, type KeyGroup } from "@/parts/keys/table";
import { Keys, useActions, useChangedKeys } from "@/parts/shortcuts";
import css from "./HelpDialog.module.css";

const GROUPS: readonly KeyGroup[] = ["call", "desk", "go", "page"];

/** Takes the next key for an action; says why where it cannot be. */
function Recorder(props: { readonly id: string; readonly onKeys: (keys: string | null) => void }): ReactNode {
  const { t } = useTexts();
  const [changed] = useChangedKeys();
  const [problem, setProblem] = useState("");
  const onKeyDown = (event: KeyboardEvent): void => {
    const name = keyName(event.nativeEvent);
    if (!name || name === "Tab" || name === "Shift+Tab") return;
    event.preventDefault();
    event.stopPropagation();
    const refused = refusedKey(name);
    const taken = takenBy(changed, props.id, name);
    if (name === "Escape") props.onKeys(null);
    else if (name === "Backspace" || name === "Delete") props.onKeys("");
    else if (refused) setProblem(t(`help.refused_${refused}`));
    else if (taken) setProblem(t("help.taken", { action: t(taken.labels[0] ?? "") }));
    else props.onKeys(name);
  };
  return (
    <span className={css.recorder}>
      <button type="button" autoFocus className={css.listening} onKeyDown={onKeyDown} onBlur={() => props.onKeys(null)} data-testid="key-recorder">
        {t("help.press")}
      </button>
      {problem && <span role="alert">{problem}</span>}
    </span>
  );
}

function Line(props: { readonly action: ShownAction }): ReactNode {
  const { t } = useTexts();
  const { action } = props;
  const [changed, keep] = useChangedKeys();
  const [listening, setListening] = useState(false);
  const row = rowOf(action.label);
  const take = (keys: string | null): void => {
    setListening(false);
    if (row && keys !== null) keep({ ...changed, [row.id]: keys });
  };
  return (
    <div className={css.line}>
      <span className="grow">{t(action.label, action.values)}</span>
      {listening && row ? (
        <Recorder id={row.id} onKeys={take} />
      ) : (
        <button
          type="button"
          className={css.key}
          disabled={!row}
          onClick={() => setListening(true)}
          data-testid={row ? `change-key-${row.id}` : undefined}
          aria-label={t("help.change", { action: t(action.label, action.values), keys: action.keys || t("help.none") })}
        >
          {action.keys ? <Keys keys={action.keys} /> : <span className="quiet">{t("help.none")}</span>}
        </button>
      )}
    </div>
  );
}

export function HelpDialog(props: { readonly open: boolean; readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const actions = useActions();
  const [changed, keep] = useChangedKeys();
  const shown = actions.filter((it) => it.keys !== "" || rowOf(it.label));
  return (
    <Modal open={props.open} onCancel={props.onClose} footer={null} title={t("help.title")} width={720}>
      <div className={css.groups} data-testid="help-list">
        {GROUPS.map((group) => ({ group, mine: shown.filter((it) => it.group === group) }))
          .filter(({ mine }) => mine.length > 0)
          .map(({ group, mine }) => (
            <section key={group} className={css.group} aria-label={t(`help.group_${group}`)}>
              <h3>{t(`help.group_${group}`)}</h3>
              {mine.map((it) => (
                <Line key={it.label + it.keys + JSON.stringify(it.values)} action={it} />
              ))}
            </section>
          ))}
      </div>
      <div className="row wrap">
        <p className="quiet grow">{t("help.hint")}</p>
        {Object.keys(changed).length > 0 && (
          <Button size="small" onClick={() => keep({})} data-testid="keys-reset">
            {t("help.reset")}
          </Button>
        )}
      </div>
    </Modal>
  );
}
