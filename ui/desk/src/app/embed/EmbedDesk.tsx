/** The softphone in another company's page: status, call bar with all operations, and the talk with that page. */
import { Alert } from "antd";
import { useCallback, useState, type ReactNode } from "react";
import { CallBar } from "@/features/desk/callbar/CallBar";
import { Watches } from "@/features/desk/devices/Watches";
import { StatusControl } from "@/features/desk/status/StatusControl";
import { ColleagueAlerts } from "@/features/colleagues/ColleagueAlerts";
import { useTexts } from "@/i18n";
import { useSession } from "@/server/session";
import { Banners } from "../Banners";
import { useLinked } from "./link";
import { tell } from "./parent";
import "@/parts/embed/texts";
import { useBridge } from "./useBridge";
import { useUrlPops, type OpenedPop } from "./UrlPops";

export function EmbedDesk(): ReactNode {
  const { t } = useTexts();
  const session = useSession();
  const { port } = useLinked();
  const [blocked, setBlocked] = useState<OpenedPop | null>(null);
  useBridge();
  const onPage = useCallback((pop: OpenedPop) => port && tell(port, "pop", { url: pop.url, contact_id: pop.contactId }), [port]);
  const onBlocked = useCallback(
    (pop: OpenedPop) => {
      setBlocked(pop);
      if (port) tell(port, "pop_blocked", { url: pop.url, contact_id: pop.contactId });
    },
    [port],
  );
  useUrlPops(onPage, onBlocked);
  if (!session.agent) return <Alert type="warning" title={t("embed.no_agent")} />;
  return (
    <div className="embed" data-testid="embed-desk" data-linked={port !== null}>
      <div className="topbar">
        <span className="business ellipsis">{session.person.name}</span>
        <span className="grow" />
        <StatusControl />
      </div>
      <Banners />
      <CallBar />
      <Watches />
      <ColleagueAlerts />
      {blocked && (
        <Alert
          type="info"
          closable={{ onClose: () => setBlocked(null) }}
          title={
            <a href={blocked.url} target="_blank" rel="noopener noreferrer" onClick={() => setBlocked(null)} data-testid="pop-link">
              {t("embed.open_page")}
            </a>
          }
        />
      )}
    </div>
  );
}
