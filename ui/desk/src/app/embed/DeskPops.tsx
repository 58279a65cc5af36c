/** On the desk itself: opens the addresses that are set for calls; what is meant for a page around has none here. */
import { App } from "antd";
import { useCallback, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useUrlPops, type OpenedPop } from "./UrlPops";
import "@/parts/embed/texts";

export function DeskPops(): ReactNode {
  const { t } = useTexts();
  const { notification } = App.useApp();
  const blocked = useCallback(
    (pop: OpenedPop) =>
      notification.info({
        key: "url-pop",
        duration: 0,
        title: (
          <a href={pop.url} target="_blank" rel="noopener noreferrer" onClick={() => notification.destroy("url-pop")} data-testid="pop-link">
            {t("embed.open_page")}
          </a>
        ),
      }),
    [notification, t],
  );
  useUrlPops(null, blocked);
  return null;
}
