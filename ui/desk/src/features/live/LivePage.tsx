/** The lead's live view: queues, agents and calls, changing as it happens. */
import { Segmented } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useAgentRows, useCallRows, useQueueRows } from "@/live/LiveProvider";
import { ContactDrawer } from "@/parts/contact/LazyContactDrawer";
import { AgentsBoard } from "./AgentsBoard";
import { CallsTable } from "./CallsTable";
import css from "./LivePage.module.css";
import { QueuesTable } from "./QueuesTable";
import "./texts";
import { Totals } from "./Totals";

type AgentFilter = "signed_in" | "all";

export default function LivePage(): ReactNode {
  const { t } = useTexts();
  const queues = useQueueRows();
  const agents = useAgentRows();
  const calls = useCallRows();
  const going = calls.rows.filter((it) => it.state !== "ended");
  const [filter, setFilter] = useState<AgentFilter>("signed_in");
  const [open, setOpen] = useState<string | null>(null);
  const monitors = going.flatMap((it) => it.monitors ?? []).filter((it) => it.state === "talking");
  // Who hears somebody else's call has none of his own.
  const own = agents.rows.filter((it) => !monitors.some((one) => one.agent_id === it.agent_id));
  const shown = filter === "all" ? agents.rows : agents.rows.filter((it) => it.signed_in);
  return (
    <div className="page" data-testid="live-page">
      <h1 className="unseen">{t("nav.live")}</h1>
      <Totals queues={queues.rows} agents={own} calls={going} />
      <section className="panel">
        <header>
          <h2>{t("live.queues")}</h2>
        </header>
        <QueuesTable rows={queues.rows} loaded={queues.loaded} />
      </section>
      <div className={css.lower}>
        <section className="panel">
          <header>
            <h2>{t("live.agents")}</h2>
            <span className="grow" />
            <Segmented<AgentFilter>
              size="small"
              value={filter}
              onChange={setFilter}
              options={[
                { value: "signed_in", label: t("live.signed_in") },
                { value: "all", label: t("live.all") },
              ]}
            />
          </header>
          <AgentsBoard rows={shown} everybody={agents.rows} monitors={monitors} loaded={agents.loaded} />
        </section>
        <section className="panel">
          <header>
            <h2>{t("live.calls")}</h2>
            <span className="quiet num">{going.length}</span>
          </header>
          <CallsTable rows={going} agents={agents.rows} loaded={calls.loaded} onOpen={setOpen} />
        </section>
      </div>
      <ContactDrawer contactId={open} onClose={() => setOpen(null)} />
    </div>
  );
}
