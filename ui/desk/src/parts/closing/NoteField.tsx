/** A field for a note, with ready-made texts: a slash and the beginning of a key or title offers them. */
import type { QuickNote } from "@huying/api";
import { Button, Input, type InputRef } from "antd";
import { useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { useTexts } from "@/i18n";
import { later } from "@/parts/later";
import { useQuickNotes } from "@/server/work";
import css from "./Closing.module.css";
import { filled, inserted, typedKey, type Filling } from "./placeholders";
import "./texts";

const OwnQuickNotes = later(async () => (await import("./OwnQuickNotes")).OwnQuickNotes);

interface NoteFieldProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly filling: Filling;
  readonly field?: RefObject<InputRef | null>;
  readonly testId: string;
  readonly rows?: number;
}

const fits = (note: QuickNote, key: string): boolean => note.key.startsWith(key) || note.title.toLowerCase().includes(key);

/** The last of the choices opens the list of one's own. */
function Choices(props: { readonly notes: readonly QuickNote[]; readonly active: number; readonly onChoose: (index: number) => void }): ReactNode {
  const { t } = useTexts();
  return (
    <ul role="listbox" aria-label={t("closing.quick_notes")} className={css.choices} data-testid="quick-notes">
      {props.notes.map((it, index) => (
        <li key={it.id} role="option" aria-selected={index === props.active} onMouseDown={(event) => event.preventDefault()} onClick={() => props.onChoose(index)}>
          <b>{it.key ? `/${it.key}` : "/"}</b> <span>{it.title}</span> <span className="quiet ellipsis">{it.text}</span>
        </li>
      ))}
      <li role="option" aria-selected={props.active === props.notes.length} onMouseDown={(event) => event.preventDefault()} onClick={() => props.onChoose(props.notes.length)} data-testid="manage-quick-notes">
        {t("quick_notes.manage")}
      </li>
    </ul>
  );
}

export function NoteField(props: NoteFieldProps): ReactNode {
  const { t } = useTexts();
  const { data } = useQuickNotes();
  const own = useRef<InputRef>(null);
  const field = props.field ?? own;
  const [cursor, setCursor] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const key = cursor === null ? null : typedKey(props.value, cursor);
  /** A slash alone, or what something fits to. */
  const notes = key === null ? [] : (data ?? []).filter((it) => fits(it, key)).slice(0, 8);
  const shown = notes.length > 0 || key === "";
  const [managed, setManaged] = useState<string | null>(null);
  const chooseAt = (index: number): void => {
    const note = notes[index];
    if (note) choose(note);
    else {
      setCursor(null);
      setManaged("");
    }
  };
  const choose = (note: QuickNote): void => {
    const next = inserted(props.value, cursor ?? props.value.length, filled(note.text, props.filling));
    props.onChange(next.text);
    setCursor(null);
    requestAnimationFrame(() => field.current?.setSelectionRange(next.cursor, next.cursor));
  };
  const closeManaged = (): void => {
    setManaged(null);
    requestAnimationFrame(() => field.current?.focus());
  };
  const onKey = (event: KeyboardEvent): void => {
    if (!shown) return;
    const places = notes.length + 1;
    if (event.key === "ArrowDown") setActive((active + 1) % places);
    else if (event.key === "ArrowUp") setActive((active + places - 1) % places);
    else if ((event.key === "Enter" || (event.key === "Tab" && notes.length > 0)) && !event.nativeEvent.isComposing) chooseAt(Math.min(active, notes.length));
    else if (event.key === "Escape") setCursor(null);
    else return;
    event.preventDefault();
  };
  return (
    <div className={css.note}>
      <Input.TextArea
        ref={field}
        value={props.value}
        onChange={(event) => {
          setCursor(event.target.selectionStart);
          setActive(0);
          props.onChange(event.target.value);
        }}
        onKeyDown={onKey}
        onBlur={() => setCursor(null)}
        autoSize={{ minRows: props.rows ?? 5, maxRows: 12 }}
        maxLength={4000}
        placeholder={t("closing.note_hint")}
        aria-label={t("wrap_up.note")}
        data-testid={props.testId}
      />
      {shown && <Choices notes={notes} active={Math.min(active, notes.length)} onChoose={chooseAt} />}
      <div className={css.under}>
        <Button type="link" size="small" onClick={() => setManaged("")} data-testid="own-quick-notes-open">
          {t("quick_notes.manage")}
        </Button>
        {props.value.trim() !== "" && (
          <Button type="link" size="small" onClick={() => setManaged(props.value.trim())} data-testid="quick-note-keep">
            {t("quick_notes.keep")}
          </Button>
        )}
      </div>
      {managed !== null && <OwnQuickNotes text={managed} onClose={closeManaged} />}
    </div>
  );
}
