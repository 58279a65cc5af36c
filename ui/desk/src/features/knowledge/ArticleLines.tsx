/** Groups of articles, one to choose by the keys of the search field above or by the mouse. */
import type { ArticleLine, SuggestionReason, TextPiece, UsedArticle } from "@huying/api";
import { useEffect, useRef, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import css from "./Knowledge.module.css";
import { Pieces } from "./Pieces";
import { useReasonText } from "./useReasonText";

export type Shown = ArticleLine & {
  readonly title_pieces?: readonly TextPiece[];
  readonly excerpt?: readonly TextPiece[];
  readonly reasons?: readonly SuggestionReason[];
  readonly how?: UsedArticle["how"];
};

export interface LineGroup {
  readonly title: string;
  readonly lines: readonly Shown[];
}

interface LinesProps {
  readonly id: string;
  readonly groups: readonly LineGroup[];
  readonly chosen: number;
  readonly onOpen: (id: string) => void;
}

function About(props: { readonly line: Shown }): ReactNode {
  const { t, code } = useTexts();
  const { line } = props;
  const sent = line.how?.some((it) => it !== "opened");
  return (
    <div className={css.about}>
      <span>{code("article_language", line.language)}</span>
      {line.category && <span>{line.category}</span>}
      {line.helped > 0 && <span>{t("articles.helped_yes", { count: line.helped })}</span>}
      {line.how && <b>{sent ? t("articles.sent") : t("articles.opened")}</b>}
    </div>
  );
}

export function ArticleLines(props: LinesProps): ReactNode {
  const reasonText = useReasonText();
  const { t } = useTexts();
  const chosen = useRef<HTMLLIElement>(null);
  useEffect(() => {
    chosen.current?.scrollIntoView({ block: "nearest" });
  }, [props.chosen]);
  const starts = props.groups.map((_, index) => props.groups.slice(0, index).reduce((sum, it) => sum + it.lines.length, 0));
  const line = (it: Shown, place: number): ReactNode => (
    <li
      key={it.id}
      id={`${props.id}-${place}`}
      ref={place === props.chosen ? chosen : undefined}
      role="option"
      aria-selected={place === props.chosen}
      className={css.line}
      onClick={() => props.onOpen(it.id)}
      data-testid="article-line"
    >
      <div className={css.title} lang={it.language}>
        {it.title_pieces ? <Pieces of={it.title_pieces} /> : it.title}
      </div>
      {it.excerpt && (
        <div className={css.excerpt} lang={it.language}>
          <Pieces of={it.excerpt} />
        </div>
      )}
      <About line={it} />
      {it.reasons && (
        <div className={css.reasons} data-testid="reasons">
          {it.reasons.slice(0, 4).map((reason) => (
            <span key={reason.kind + reason.value} className={css.reason}>
              {reasonText(reason)}
            </span>
          ))}
        </div>
      )}
    </li>
  );
  return (
    <div role="listbox" id={props.id} aria-label={t("articles.list")}>
      {props.groups.map((group, index) => (
        <div key={group.title} role="group" aria-label={group.title}>
          <div className={css.head} aria-hidden>
            {group.title}
          </div>
          <ul className={css.list} role="presentation">
            {group.lines.map((it, place) => line(it, (starts[index] ?? 0) + place))}
          </ul>
        </div>
      ))}
    </div>
  );
}
