/** Why an article is suggested, in one or two words. */
import type { SuggestionReason } from "@huying/api";
import { useTexts } from "@/i18n";
import { useNames } from "@/server/names";

export function useReasonText(): (reason: SuggestionReason) => string {
  const { t, code } = useTexts();
  const names = useNames();
  return ({ kind, value }) => {
    if (kind === "queue") return names.queue(value);
    if (kind === "class") return code("customer_class", value);
    if (kind === "choice") return t("articles.reason_choice", { key: value.split("=")[1] ?? value });
    if (kind === "disposition") return t("articles.reason_disposition");
    return kind === "helped" ? t("articles.reason_helped") : value;
  };
}
