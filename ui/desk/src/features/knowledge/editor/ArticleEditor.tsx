/** One article to write: fields on the left, what it will look like and its versions on the right; saved as a draft, then published. */
import { ArrowLeftOutlined } from "@ant-design/icons";
import type { ArticleInput, EditedArticle } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Popconfirm, Tabs } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Loaded } from "@/parts/states";
import { useCommand } from "@/parts/useCommand";
import { useFormCommand } from "@/parts/useFormCommand";
import { useUnsaved } from "@/parts/unsaved";
import { changeArticle, deleteDraft, editedKey, makeArticle, publishArticle, useEdited, withdrawArticle } from "@/server/knowledge";
import css from "../Knowledge.module.css";
import { ArticleFields, type Fields } from "./ArticleFields";
import { Preview } from "./Preview";
import { StatePill } from "./StatePill";
import { Versions } from "./Versions";

interface EditorProps {
  /** Null for a new one. */
  readonly id: string | null;
  readonly onMade: (id: string) => void;
  readonly onBack: () => void;
}

const EMPTY: Fields = { title: "", body: "", customer_part: "", language: "zh-CN", category: "", keywords: [], queue_ids: [], classes: [], products: [], choices: [] };

function useEditing(article: EditedArticle | null, props: EditorProps, initial: Fields) {
  const { t } = useTexts();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [dirty, setDirty] = useState(false);
  const [made, setMade] = useState("");
  const { busy, save } = useFormCommand(form);
  const { run } = useCommand();
  useUnsaved(dirty);
  const settle = (saved: EditedArticle): void => {
    setDirty(false);
    client.setQueryData([...editedKey, saved.id], saved);
    void client.invalidateQueries({ queryKey: ["knowledge"], predicate: ({ queryKey }) => queryKey[1] !== "preview" });
    if (!article) setMade(saved.id);
  };
  const { onMade } = props;
  // Only when nothing is unsaved any longer: whoever leaves before is asked.
  useEffect(() => {
    if (made && !dirty) onMade(made);
  }, [made, dirty, onMade]);
  const store = async (publish: boolean): Promise<void> => {
    const fields = await form.validateFields().catch(() => null);
    if (!fields) return;
    const body: ArticleInput = { ...initial, ...fields, ...(article ? { base: article.version } : {}) };
    const done = await save(async () => {
      const saved = article ? await changeArticle(article.id, body) : await makeArticle(body);
      settle(publish ? await publishArticle(saved.id) : saved);
    });
    if (done) void message.success(publish ? t("article_edit.published") : t("common.saved"));
  };
  const withdraw = (): void => void (article && run(async () => settle(await withdrawArticle(article.id))));
  const [gone, setGone] = useState(false);
  const { onBack } = props;
  useEffect(() => {
    if (gone && !dirty) onBack();
  }, [gone, dirty, onBack]);
  const remove = (): void =>
    void (
      article &&
      run(async () => {
        await deleteDraft(article.id, article.version);
        void message.success(t("article_edit.deleted", { title: article.title }));
        setDirty(false);
        setGone(true);
        await client.invalidateQueries({ queryKey: [...editedKey, "list"] });
      })
    );
  return { form, dirty, busy, remove, touched: () => setDirty(true), settle, store, withdraw };
}

interface HeadProps {
  readonly article: EditedArticle | null;
  readonly editing: ReturnType<typeof useEditing>;
  readonly onBack: () => void;
}

function Head(props: HeadProps): ReactNode {
  const { t } = useTexts();
  const { article, editing } = props;
  const nothingToPublish = !editing.dirty && (!article || article.published === article.version);
  return (
    <div className="page-head">
      <Button icon={<ArrowLeftOutlined />} onClick={props.onBack} aria-label={t("article_edit.all")} title={t("article_edit.all")} data-testid="all-articles" />
      <h1>{article?.title ?? t("article_edit.new")}</h1>
      {article && <StatePill article={article} />}
      {article && <span className="quiet">{article.published ? t("article_edit.published_version", { version: article.published }) : t("article_edit.draft")}</span>}
      {editing.dirty && <span className="pill warn">{t("article_edit.unsaved")}</span>}
      <span className="grow" />
      {article?.published && (
        <Popconfirm title={t("article_edit.withdraw")} description={t("article_edit.withdraw_ask")} onConfirm={editing.withdraw}>
          <Button danger>{t("article_edit.withdraw")}</Button>
        </Popconfirm>
      )}
      {article && !article.was_published && (
        <Popconfirm title={t("article_edit.delete_ask", { title: article.title })} description={t("article_edit.delete_hint")} okText={t("article_edit.delete")} okButtonProps={{ danger: true }} onConfirm={editing.remove}>
          <Button danger data-testid="delete-draft">
            {t("article_edit.delete")}
          </Button>
        </Popconfirm>
      )}
      <Button loading={editing.busy} disabled={!editing.dirty} onClick={() => void editing.store(false)} data-testid="save-article">
        {t("article_edit.save")}
      </Button>
      <Button type="primary" loading={editing.busy} disabled={nothingToPublish} onClick={() => void editing.store(true)} data-testid="publish-article">
        {editing.dirty ? t("article_edit.save_publish") : t("article_edit.publish")}
      </Button>
    </div>
  );
}

function Editing(props: EditorProps & { readonly article: EditedArticle | null }): ReactNode {
  const { t } = useTexts();
  const { article } = props;
  const initial: Fields = article?.content ?? EMPTY;
  const editing = useEditing(article, props, initial);
  const versions = article && { key: "versions", label: <span data-testid="article-versions">{t("article_edit.versions")}</span>, children: <Versions article={article} onRestored={editing.settle} /> };
  const shown = [{ key: "preview", label: t("article_edit.preview"), children: <Preview form={editing.form} initial={initial} /> }, ...(versions ? [versions] : [])];
  return (
    <>
      <Head article={article} editing={editing} onBack={props.onBack} />
      <div className={css.editor}>
        <section className="panel" aria-label={article?.title ?? t("article_edit.new")}>
          <div className="body">
            <ArticleFields form={editing.form} initial={initial} onTouched={editing.touched} />
          </div>
        </section>
        <section className={`panel ${css.shown ?? ""}`} aria-label={t("article_edit.preview")}>
          <Tabs items={shown} style={{ padding: "0 12px 12px" }} />
        </section>
      </div>
    </>
  );
}

export default function ArticleEditor(props: EditorProps): ReactNode {
  const query = useEdited(props.id);
  if (props.id === null) return <Editing {...props} article={null} />;
  return (
    <Loaded query={query} rows={10}>
      {(article) => <Editing key={article.version} {...props} article={article} />}
    </Loaded>
  );
}
