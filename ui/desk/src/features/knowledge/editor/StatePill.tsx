/** Whether agents read an article, and whether something newer waits to be published. */
import type { EditedLine } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";

type State = "draft" | "published" | "changed";
const LOOKS: Readonly<Record<State, string>> = { draft: "", published: "good", changed: "warn" };

function stateOf(article: Pick<EditedLine, "published" | "version">): State {
  if (article.published === null) return "draft";
  return article.published < article.version ? "changed" : "published";
}

export function StatePill(props: { readonly article: Pick<EditedLine, "published" | "version"> }): ReactNode {
  const { code } = useTexts();
  const state = stateOf(props.article);
  return (
    <span className={`pill ${LOOKS[state]}`} data-testid="article-state" data-state={state}>
      {code("article_status", state)}
    </span>
  );
}
