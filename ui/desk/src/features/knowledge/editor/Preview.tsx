/** What is being written, as agents and customers will see it; the server reads the text, as it does later. */
import { Form, type FormInstance } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Failure, Nothing } from "@/parts/states";
import { useDebounced } from "@/parts/useDebounced";
import { usePreview } from "@/server/knowledge";
import css from "../Knowledge.module.css";
import { RichText } from "../RichText";
import type { Fields } from "./ArticleFields";

function Part(props: { readonly text: string; readonly language: string }): ReactNode {
  const query = usePreview(useDebounced(props.text, 400));
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <RichText nodes={query.data ?? []} language={props.language} />;
}

export function Preview(props: { readonly form: FormInstance<Fields>; readonly initial: Fields }): ReactNode {
  const { t } = useTexts();
  const now = { ...props.initial, ...(Form.useWatch([], props.form) as Partial<Fields> | undefined) };
  if (!now.body.trim() && !now.customer_part.trim()) return <Nothing title={t("article_edit.preview_empty")} />;
  return (
    <div className={css.article} data-testid="article-preview">
      <h2 lang={now.language}>{now.title}</h2>
      <Part text={now.body} language={now.language} />
      {now.customer_part.trim() && (
        <div className={css.customer}>
          <h3>{t("articles.for_customer")}</h3>
          <Part text={now.customer_part} language={now.language} />
        </div>
      )}
    </div>
  );
}
