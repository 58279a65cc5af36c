/** A field for a note, with ready-made texts: a slash and the beginning of a key or title offers them. */
import type { QuickNote } from "@huying/api";
import { Input, type InputRef } from "antd";
import { useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { useTexts } from "@/i18n";
import { useQuickNotes } from "@/server/work";
import css from "./Closing.module.css";
import { filled, inserted, typedKey, type Filling } from "./placeholders";
import "./texts";

interface NoteFieldProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly filling: Filling;
  readonly field?: RefObject<InputRef | null>;
  readonly testId: string;
  readonly rows?: number;
}

const fits = (note: QuickNote, key: string): boolean => note.key.startsWith(key) || note.title.toLowerCase().includes(key);

function Choices(props: { readonly notes: readonly QuickNote[]; readonly active: number; readonly onChoose: (note: QuickNote) => void }): ReactNode {
  const { t } = useTexts();
  return (
    <ul role="listbox" aria-label={t("closing.quick_notes")} className={css.choices} data-testid="quick-notes">
      {props.notes.map((it, index) => (
        <li key={it.id} role="option" aria-selected={index === props.active} onMouseDown={(event) => event.preventDefault()} onClick={() => props.onChoose(it)}>
          <b>{it.key ? `/${it.key}` : "/"}</b> <span>{it.title}</span> <span className="quiet ellipsis">{it.text}</span>
        </li>
      ))}
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
  const notes = key === null ? [] : (data ?? []).filter((it) => fits(it, key)).slice(0, 8);
  const choose = (note: QuickNote): void => {
    const next = inserted(props.value, cursor ?? props.value.length, filled(note.text, props.filling));
    props.onChange(next.text);
    setCursor(null);
    requestAnimationFrame(() => field.current?.setSelectionRange(next.cursor, next.cursor));
  };
  const onKey = (event: KeyboardEvent): void => {
    if (notes.length === 0) return;
    const chosen = notes[Math.min(active, notes.length - 1)];
    if (event.key === "ArrowDown") setActive((active + 1) % notes.length);
    else if (event.key === "ArrowUp") setActive((active + notes.length - 1) % notes.length);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen && !event.nativeEvent.isComposing) choose(chosen);
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
      {notes.length > 0 && <Choices notes={notes} active={active} onChoose={choose} />}
    </div>
  );
}
