/** The notes on a contact, each with its author and time. */
import type { ContactNote } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useTimes } from "@/parts/times";
import css from "./Closing.module.css";
import "./texts";

export function Notes(props: { readonly notes: readonly ContactNote[] }): ReactNode {
  const { t, code } = useTexts();
  const times = useTimes();
  if (props.notes.length === 0) return null;
  return (
    <ul className={css.notes} aria-label={t("closing.notes")} data-testid="contact-notes">
      {props.notes.map((it) => (
        <li key={it.id}>
          <header>
            <b>{it.author_name || "–"}</b> <span>{times.shortTime(it.changed_at)}</span> <span>{code("closing.kind", it.kind)}</span>
          </header>
          {it.text}
        </li>
      ))}
    </ul>
  );
}
