/** One field for everything: every action of the moment, the pages, the status, and customers. Arrows choose, Enter does it. */
import { Modal } from "antd";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Keys } from "@/parts/shortcuts";
import { useMode } from "../mode";
import css from "./Palette.module.css";
import { usePaletteEntries, type Entry } from "./usePaletteEntries";

function Row(props: { readonly entry: Entry; readonly id: string; readonly chosen: boolean; readonly onRun: () => void }): ReactNode {
  const { entry } = props;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (props.chosen) row.current?.scrollIntoView({ block: "nearest" });
  }, [props.chosen]);
  return (
    <li ref={row} id={props.id} role="option" aria-selected={props.chosen} onClick={props.onRun} data-testid="palette-entry">
      <span className="grow ellipsis">{entry.text}</span>
      {entry.more && <span className="quiet num ellipsis">{entry.more}</span>}
      {entry.keys && <Keys keys={entry.keys} />}
    </li>
  );
}

export function Palette(props: { readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const { mode, choose } = useMode();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const entries = usePaletteEntries(typed, () => choose(mode === "dark" ? "light" : "dark"));
  const here = Math.max(0, Math.min(at, entries.length - 1));
  const run = (entry: Entry | undefined): void => {
    if (!entry) return;
    props.onClose();
    // After the dialog has given the focus back, so that an action may take it.
    setTimeout(entry.run, 60);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (event.key === "Enter" && !event.nativeEvent.isComposing) run(entries[here]);
    else if (step) setAt(Math.max(0, Math.min(entries.length - 1, here + step)));
    else return;
    event.preventDefault();
  };
  return (
    <Modal open onCancel={props.onClose} footer={null} closable={false} width={560} style={{ top: 60 }} title={t("palette.title")} styles={{ header: { display: "none" } }} transitionName="" maskTransitionName="">
      <div data-testid="palette">
        <input
          autoFocus
          className={css.field}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          placeholder={t("palette.hint")}
          aria-label={t("palette.hint")}
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={entries.length > 0 ? `${list}-${here}` : undefined}
          data-testid="palette-field"
        />
        <ul id={list} role="listbox" aria-label={t("palette.title")} className={css.list}>
          {entries.map((it, index) => (
            <Row key={it.key} id={`${list}-${index}`} entry={it} chosen={index === here} onRun={() => run(it)} />
          ))}
        </ul>
        {entries.length === 0 && <p className="quiet">{t("palette.none", { typed })}</p>}
        <p className={`quiet ${css.foot ?? ""}`}>{t("palette.keys")}</p>
      </div>
    </Modal>
  );
}
