/** What of an article the customer may read, and the ways to give it: as text, by a link, on the page from which he calls. */
import { CopyOutlined, LinkOutlined, SendOutlined } from "@ant-design/icons";
import type { Article } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useTimes } from "@/parts/times";
import { useCommand } from "@/parts/useCommand";
import { contactKnowledgeKey, noteUse } from "@/server/knowledge";
import css from "./Knowledge.module.css";
import { RichText } from "./RichText";

interface PartProps {
  readonly article: Article;
  readonly contactId: string | null;
  readonly onPage: boolean;
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function useSending({ article, contactId, onPage }: PartProps) {
  const { t } = useTexts();
  const times = useTimes();
  const client = useQueryClient();
  const { message } = App.useApp();
  const { run, busy } = useCommand();
  const [address, setAddress] = useState("");
  const [byHand, setByHand] = useState("");
  const noted = (): void => void (contactId && client.invalidateQueries({ queryKey: contactKnowledgeKey(contactId) }));
  const asText = async (): Promise<void> => {
    const copied = await copy(article.customer_text);
    setByHand(copied ? "" : article.customer_text);
    void message.info(copied ? t("articles.copied") : t("articles.by_hand"));
    if (contactId && (await run(() => noteUse(contactId, article.id, "text")))) noted();
  };
  const asLink = (): Promise<boolean> =>
    run(async () => {
      if (!contactId) return;
      const sent = await noteUse(contactId, article.id, "link");
      const whole = new URL(sent.path, location.origin).href;
      setAddress(whole);
      const copied = await copy(whole);
      const said = onPage ? t("articles.shown") : t("articles.link_copied", { date: times.dateTime(sent.expires_at ?? "") });
      void message.success(copied || onPage ? said : t("articles.by_hand"));
      noted();
    });
  return { busy, asText, asLink, address, byHand };
}

export function CustomerPart(props: PartProps): ReactNode {
  const { t } = useTexts();
  const sending = useSending(props);
  const { article, contactId } = props;
  if (!article.for_customer) return <p className="quiet">{t("articles.agents_only")}</p>;
  return (
    <section className={css.customer} aria-label={t("articles.for_customer")} data-testid="customer-part">
      <h3>{t("articles.for_customer")}</h3>
      <RichText nodes={article.customer_part} language={article.language} />
      <div className={css.actions}>
        <Button size="small" type="primary" icon={<CopyOutlined />} disabled={sending.busy} onClick={() => void sending.asText()} data-testid="copy-text">
          {t("articles.copy")}
        </Button>
        {contactId && (
          <Button size="small" icon={props.onPage ? <SendOutlined /> : <LinkOutlined />} loading={sending.busy} onClick={() => void sending.asLink()} data-testid="send-link">
            {props.onPage ? t("articles.show") : t("articles.link")}
          </Button>
        )}
      </div>
      {sending.byHand && <Input.TextArea readOnly autoSize={{ maxRows: 8 }} value={sending.byHand} aria-label={t("articles.text")} onFocus={(event) => event.target.select()} />}
      {sending.address && <Input readOnly size="small" value={sending.address} aria-label={t("articles.address")} onFocus={(event) => event.target.select()} data-testid="link-address" style={{ marginTop: 8 }} />}
    </section>
  );
}
