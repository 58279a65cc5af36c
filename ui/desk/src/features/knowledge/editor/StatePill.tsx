/** Whether agents read an article, and whether something newer waits to be published. */
import type { EditedLine } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";

type Known = Pick<EditedLine, "published" | "version" | "was_published">;
type State = "draft" | "published" | "changed" | "withdrawn";
const LOOKS: Readonly<Record<State, string>> = { draft: "", published: "good", changed: "warn", withdrawn: "warn" };

function stateOf(article: Known): State {
  if (article.published === null) return article.was_published ? "withdrawn" : "draft";
  return article.published < article.version ? "changed" : "published";
}

export function StatePill(props: { readonly article: Known }): ReactNode {
  const { code } = useTexts();
  const state = stateOf(props.article);
  return (
    <span className={`pill ${LOOKS[state]}`} data-testid="article-state" data-state={state}>
      {code("article_status", state)}
    </span>
  );
}
