/** Differences, one below the other: what was and what is. */
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import css from "./Differences.module.css";
import type { Difference } from "./differences";
import { useWords, type Words } from "./words";

const SIGNS = { same: " ", added: "+", removed: "−" } as const;

function Values(props: { readonly difference: Difference; readonly words: Words; readonly onlyAfter: boolean }): ReactNode {
  const { difference: it, words } = props;
  if (it.lines) {
    return (
      <dd>
        <pre className={css.text}>
          {it.lines.map((line, index) => (
            <div key={index} data-sign={line.sign}>
              {`${SIGNS[line.sign]} ${line.text}`}
            </div>
          ))}
        </pre>
      </dd>
    );
  }
  if (it.added && it.removed) {
    return (
      <dd>
        {it.removed.map((value) => (
          <del key={JSON.stringify(value)}>{words.value(value, it.path)}</del>
        ))}
        {it.added.map((value) => (
          <ins key={JSON.stringify(value)}>{words.value(value, it.path)}</ins>
        ))}
        {it.added.length + it.removed.length === 0 && <ins>{words.value(it.after, it.path)}</ins>}
      </dd>
    );
  }
  return (
    <dd>
      {!props.onlyAfter && (
        <>
          <del>{words.value(it.before, it.path)}</del>
          <span aria-hidden> → </span>
        </>
      )}
      <ins>{words.value(it.after, it.path)}</ins>
    </dd>
  );
}

export function Differences(props: { readonly found: readonly Difference[]; readonly made?: boolean; readonly most?: number }): ReactNode {
  const { t } = useTexts();
  const words = useWords();
  const most = props.most ?? 200;
  return (
    <>
      <dl className={css.list} data-testid="differences">
        {props.found.slice(0, most).map((it) => (
          <div key={it.path.join(".")}>
            <dt>{words.label(it.path)}</dt>
            <Values difference={it} words={words} onlyAfter={props.made === true} />
          </div>
        ))}
      </dl>
      {props.found.length > most && <div className="quiet">{t("changes.more", { count: props.found.length - most })}</div>}
    </>
  );
}
