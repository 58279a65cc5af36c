/** That the customer is being called back: since when he waits, how often it was tried, what he had pressed. */
import { PhoneOutlined } from "@ant-design/icons";
import type { CallbackPop } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Elapsed } from "@/parts/time";
import css from "../DeskPage.module.css";

export function CallbackNote(props: { readonly callback: CallbackPop }): ReactNode {
  const { t, code } = useTexts();
  const { callback } = props;
  const facts = [
    code("callback_by", callback.by),
    callback.dials > 1 ? t("callback.dialled_before", { count: callback.dials - 1 }) : "",
    callback.last_result ? code("callback_result", callback.last_result) : "",
    callback.keys.length > 0 ? t("callback.pressed", { keys: callback.keys.map((it) => it.choice).join(" · ") }) : "",
  ].filter(Boolean);
  return (
    <div className={css.warning} role="status" data-testid="callback-note">
      <PhoneOutlined /> <b>{t("callback.is_callback")}</b>{" "}
      {callback.waiting_since && (
        <>
          {t("callback.waits")} <Elapsed since={callback.waiting_since} />{" "}
        </>
      )}
      {facts.join(" · ")}
    </div>
  );
}
