/** Asks whether a number that somebody else has is shared, and saves again when it is. */
import { ApiError } from "@huying/api";
import { App } from "antd";
import { useTexts } from "@/i18n";

/** `save` is called with false first; with true when the person says that the number is shared. */
export function useShareNumbers(): (save: (share: boolean) => Promise<unknown>) => Promise<unknown> {
  const { modal } = App.useApp();
  const { t } = useTexts();
  return async (save) => {
    try {
      return await save(false);
    } catch (reason) {
      if (!(reason instanceof ApiError) || reason.code !== "number-taken") throw reason;
      const name = typeof reason.details.name === "string" ? reason.details.name : "";
      const shared = await modal.confirm({ title: t("customer.number_taken", { name }), content: t("customer.number_taken_hint"), okText: t("customer.share_number") });
      if (!shared) throw reason;
      return save(true);
    }
  };
}
