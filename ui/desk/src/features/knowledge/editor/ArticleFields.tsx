/** The fields of an article: what stands in it, and for which contacts it is suggested. */
import type { ArticleInput } from "@huying/api";
import { AutoComplete, Form, Input, Select, type FormInstance } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useKnownWords } from "@/server/knowledge";
import { useQueues } from "@/server/names";
import css from "../Knowledge.module.css";

export type Fields = Required<Omit<ArticleInput, "base">>;

const CLASSES = ["vip", "gold", "normal"] as const;
const CHOICE = /^[^=\s]{1,60}=[0-9*#a-z_]{1,20}$/;

interface FieldsProps {
  readonly form: FormInstance<Fields>;
  readonly initial: Fields;
  readonly onTouched: () => void;
}

function Belongs(): ReactNode {
  const { t, code, local } = useTexts();
  const queues = useQueues();
  const known = useKnownWords();
  const wrong = t("article_edit.choices_hint");
  const products = (known.data?.products ?? []).map((value) => ({ value, label: value }));
  const checkChoices = (_: unknown, values: string[] = []): Promise<void> => (values.every((it) => CHOICE.test(it)) ? Promise.resolve() : Promise.reject(new Error(wrong)));
  return (
    <div className={css.pair}>
      <Form.Item name="queue_ids" label={code("article_field", "queue_ids")}>
        <Select mode="multiple" showSearch={{ optionFilterProp: "label" }} options={(queues.data ?? []).map((it) => ({ value: it.id, label: local(it.name) }))} />
      </Form.Item>
      <Form.Item name="products" label={code("article_field", "products")} extra={t("article_edit.products_hint")}>
        <Select mode="tags" options={products} data-testid="article-products" />
      </Form.Item>
      <Form.Item name="classes" label={code("article_field", "classes")}>
        <Select mode="multiple" showSearch={{ optionFilterProp: "label" }} options={CLASSES.map((value) => ({ value, label: code("customer_class", value) }))} />
      </Form.Item>
      <Form.Item name="choices" label={code("article_field", "choices")} extra={wrong} rules={[{ validator: checkChoices }]}>
        <Select mode="tags" open={false} suffix={null} />
      </Form.Item>
    </div>
  );
}

export function ArticleFields(props: FieldsProps): ReactNode {
  const { t, code } = useTexts();
  const known = useKnownWords();
  const field = (name: keyof Fields): string => code("article_field", name);
  return (
    <Form<Fields> form={props.form} layout="vertical" initialValues={props.initial} onValuesChange={props.onTouched} requiredMark={false}>
      <Form.Item name="title" label={field("title")} rules={[{ required: true, whitespace: true, message: t("common.missing") }]}>
        <Input maxLength={200} autoFocus={!props.initial.title} data-testid="article-title" />
      </Form.Item>
      <div className={css.pair}>
        <Form.Item name="language" label={field("language")}>
          <Select options={(["zh-CN", "en"] as const).map((value) => ({ value, label: code("article_language", value) }))} />
        </Form.Item>
        <Form.Item name="category" label={field("category")}>
          <AutoComplete maxLength={80} options={(known.data?.categories ?? []).map((value) => ({ value }))} />
        </Form.Item>
      </div>
      <Form.Item name="body" label={field("body")} extra={t("article_edit.markdown")}>
        <Input.TextArea autoSize={{ minRows: 6, maxRows: 18 }} maxLength={40_000} data-testid="article-body" />
      </Form.Item>
      <Form.Item name="customer_part" label={field("customer_part")} extra={t("article_edit.customer_hint")}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={40_000} data-testid="article-customer-part" />
      </Form.Item>
      <Form.Item name="keywords" label={field("keywords")} extra={t("article_edit.keywords_hint")}>
        <Select mode="tags" open={false} suffix={null} tokenSeparators={[",", "，", "、"]} data-testid="article-keywords" />
      </Form.Item>
      <h2 className={css.head}>{t("article_edit.suggest")}</h2>
      <Belongs />
    </Form>
  );
}
