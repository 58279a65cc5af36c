/** Says that customers are different, with the way back at hand. */
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useTexts } from "@/i18n";
import { useCommand } from "@/parts/useCommand";
import { tellAlike, tellApart } from "@/server/duplicates";

interface TellApart {
  /** True when it was taken down. */
  readonly apart: (ids: readonly string[]) => Promise<boolean>;
  /** They may be the same after all. */
  readonly alike: (ids: readonly string[]) => Promise<boolean>;
  readonly busy: boolean;
}

export function useTellApart(): TellApart {
  const { t } = useTexts();
  const client = useQueryClient();
  const { notification } = App.useApp();
  const { run, busy } = useCommand();
  const renew = async (): Promise<void> => {
    await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes("duplicates") });
  };
  const alike = (ids: readonly string[]): Promise<boolean> =>
    run(async () => {
      await tellAlike(ids);
      notification.destroy(ids.join());
      await renew();
    });
  const apart = (ids: readonly string[]): Promise<boolean> =>
    run(async () => {
      await tellApart(ids);
      await renew();
      notification.success({
        key: ids.join(),
        title: t("duplicates.told_apart"),
        description: t("duplicates.told_apart_hint"),
        duration: 30,
        actions: (
          <Button size="small" onClick={() => void alike(ids)} data-testid="undo-apart">
            {t("common.undo")}
          </Button>
        ),
      });
    });
  return { apart, alike, busy };
}
