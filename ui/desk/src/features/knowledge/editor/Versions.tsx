/** Who saved what and when, what a version changed, and the way back to an older one. */
import type { ArticleChange, ArticleVersion, EditedArticle } from "@huying/api";
import { App, Button, Popconfirm } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Loaded } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { restoreVersion, useDifference, useVersions } from "@/server/knowledge";
import { useNames } from "@/server/names";
import css from "../Knowledge.module.css";

const SIGNS = { same: " ", added: "+", removed: "−" } as const;

function Change(props: { readonly change: ArticleChange }): ReactNode {
  const { code } = useTexts();
  const names = useNames();
  const { field, lines } = props.change;
  const shown = (text: string): string => (field === "queue_ids" ? names.queue(text) : text);
  return (
    <>
      <h3 className={css.head}>{code("article_field", field)}</h3>
      <pre className={css.diff}>
        {lines.map((line, index) => (
          <div key={index} data-kind={line.kind}>{`${SIGNS[line.kind]} ${shown(line.text)}`}</div>
        ))}
      </pre>
    </>
  );
}

function Difference(props: { readonly id: string; readonly version: number }): ReactNode {
  const { t } = useTexts();
  const query = useDifference(props.id, props.version - 1, props.version);
  if (props.version === 1) return <p className="quiet">{t("article_edit.first")}</p>;
  return (
    <Loaded query={query}>
      {(changes) => (
        <div data-testid="article-difference">
          {changes.length === 0 && <p className="quiet">{t("article_edit.same")}</p>}
          {changes.map((it) => (
            <Change key={it.field} change={it} />
          ))}
        </div>
      )}
    </Loaded>
  );
}

interface LineProps {
  readonly article: EditedArticle;
  readonly version: ArticleVersion;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly onRestore: () => void;
}

function Line(props: LineProps): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const { article, version: it, open } = props;
  return (
    <li>
      <div className="row wrap">
        <button type="button" className="link" aria-expanded={open} onClick={props.onToggle} data-testid={`version-${it.version}`}>
          <b>{t("articles.version", { version: it.version })}</b>
        </button>
        <span className="quiet">{t("article_edit.by", { name: it.person_name || "–", time: times.dateTime(it.at) })}</span>
        {it.published && <span className="pill good">{t("article_edit.is_published")}</span>}
        {it.restored_from && <span className="quiet">{t("article_edit.restored_from", { version: it.restored_from })}</span>}
        <span className="grow" />
        {it.version !== article.version && (
          <Popconfirm title={`${t("article_edit.restore")}: ${t("articles.version", { version: it.version })}`} onConfirm={props.onRestore}>
            <Button size="small" data-testid={`restore-${it.version}`}>
              {t("article_edit.restore")}
            </Button>
          </Popconfirm>
        )}
      </div>
      {open && <Difference id={article.id} version={it.version} />}
    </li>
  );
}

export function Versions(props: { readonly article: EditedArticle; readonly onRestored: (article: EditedArticle) => void }): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const { run } = useCommand();
  const { article } = props;
  const query = useVersions(article.id, article.version);
  const [open, setOpen] = useState<number>(article.version);
  const restore = (version: number): void =>
    void run(async () => {
      props.onRestored(await restoreVersion(article.id, version));
      void message.success(t("article_edit.restored", { version }));
    });
  return (
    <Loaded query={query}>
      {(versions) => (
        <ul className={css.list} data-testid="versions">
          {versions.map((it) => (
            <Line key={it.version} article={article} version={it} open={open === it.version} onToggle={() => setOpen(open === it.version ? 0 : it.version)} onRestore={() => restore(it.version)} />
          ))}
        </ul>
      )}
    </Loaded>
  );
}
