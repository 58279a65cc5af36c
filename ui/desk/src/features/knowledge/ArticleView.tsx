/** One article to read while talking: its text, what the customer may get and how, and whether it helped. Esc goes back. */
import { ArrowLeftOutlined, DislikeOutlined, LikeOutlined } from "@ant-design/icons";
import type { Article } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useEffect, useRef, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Loaded } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { articleKey, contactKnowledgeKey, sayHelped, useArticle } from "@/server/knowledge";
import { CustomerPart } from "./CustomerPart";
import css from "./Knowledge.module.css";
import { RichText } from "./RichText";

interface ViewProps {
  readonly id: string;
  readonly contactId: string | null;
  /** The customer calls from a web page that shows what is sent. */
  readonly onPage: boolean;
  readonly onBack: () => void;
}

function Feedback(props: { readonly article: Article; readonly contactId: string | null }): ReactNode {
  const { t } = useTexts();
  const client = useQueryClient();
  const { message } = App.useApp();
  const { run, busy } = useCommand();
  const { article, contactId } = props;
  const say = (helped: boolean) => async (): Promise<void> => {
    const done = await run(async () => client.setQueryData(articleKey(article.id), await sayHelped(article.id, helped, contactId)));
    if (!done) return;
    if (contactId) void client.invalidateQueries({ queryKey: contactKnowledgeKey(contactId) });
    void message.success(t("articles.thanks"));
  };
  return (
    <div className="row wrap" role="group" aria-label={t("articles.helped")}>
      <span className="quiet">{t("articles.helped")}</span>
      <Button size="small" icon={<LikeOutlined />} disabled={busy} onClick={() => void say(true)()} aria-label={t("articles.helped_yes", { count: article.helped })} data-testid="helped">
        {article.helped}
      </Button>
      <Button size="small" icon={<DislikeOutlined />} disabled={busy} onClick={() => void say(false)()} aria-label={t("articles.helped_no", { count: article.not_helped })} data-testid="not-helped">
        {article.not_helped}
      </Button>
    </div>
  );
}

function Body(props: Omit<ViewProps, "id"> & { readonly article: Article }): ReactNode {
  const { t, code } = useTexts();
  const times = useTimes();
  const { article } = props;
  return (
    <>
      <div className={css.about}>
        <span>{code("article_language", article.language)}</span>
        {article.category && <span>{article.category}</span>}
        <span>{t("articles.version", { version: article.version })}</span>
        <span>{t("articles.changed", { date: times.dateTime(article.changed_at) })}</span>
      </div>
      <RichText nodes={article.body} language={article.language} />
      <CustomerPart article={article} contactId={props.contactId} onPage={props.onPage} />
      <Feedback article={article} contactId={props.contactId} />
    </>
  );
}

export function ArticleView(props: ViewProps): ReactNode {
  const { t } = useTexts();
  const query = useArticle(props.id);
  const section = useRef<HTMLElement>(null);
  useEffect(() => section.current?.focus(), []);
  const onKey = (event: React.KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    props.onBack();
  };
  return (
    <section ref={section} className={css.article} tabIndex={-1} onKeyDown={onKey} aria-label={query.data?.title ?? t("nav.knowledge")} data-testid="article">
      <div className={css.top}>
        <Button size="small" type="text" icon={<ArrowLeftOutlined />} onClick={props.onBack} aria-label={t("articles.back")} title={t("articles.back")} data-testid="article-back" />
        <h2 lang={query.data?.language}>{query.data?.title}</h2>
      </div>
      <Loaded query={query} rows={8}>
        {(article) => <Body article={article} contactId={props.contactId} onPage={props.onPage} onBack={props.onBack} />}
      </Loaded>
    </section>
  );
}
