/** What waits beside the call: work, calls one may pick up, articles, colleagues, the agent's own calls. The tab is remembered. */
import { Badge, Tabs } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { usePreference } from "@/parts/preferences";
import { useAction } from "@/parts/shortcuts";
import { useSlots } from "@/parts/slots";
import { useCommand } from "@/parts/useCommand";
import { usePhone } from "@/phone/PhoneProvider";
import { commandParties } from "@/server/callOperations";
import { useMay } from "@/server/session";
import "../texts";
import { OwnCalls as PlainCalls } from "./OwnCalls";
import { PickUp } from "./PickUp";
import css from "./SidePanel.module.css";
import { useToPickUp } from "./useToPickUp";

interface SideProps {
  /** The contact at hand, if any. */
  readonly contactId: string | null;
  readonly onOpen: (contactId: string) => void;
}

export function SidePanel(props: SideProps): ReactNode {
  const { t } = useTexts();
  const { WorkList, Colleagues, OwnCalls, Knowledge: Slot } = useSlots();
  const may = useMay();
  const [asked, setAsked] = useState(0);
  const Knowledge = may("knowledge.view") ? Slot : null;
  const [tab, setTab] = usePreference("desk-side", "calls");
  const { parked, ringing } = useToPickUp();
  const waiting = parked.length + ringing.length;
  const { run } = useCommand();
  const { call } = usePhone();
  const longest = ringing[0]?.rings;
  useAction("parked.open", () => setTab("parked"));
  useAction("parked.take_any", () => void (longest && run(() => commandParties(longest, "pick-up"))), { active: call.phase === "none" && Boolean(longest) });
  const askKnowledge = (): void => {
    setTab("knowledge");
    setAsked(asked + 1);
  };
  useAction("articles_key.search", askKnowledge, { active: Knowledge !== null });
  const calls = OwnCalls ? <OwnCalls onOpen={props.onOpen} /> : <PlainCalls onOpen={props.onOpen} />;
  const items = [
    ...(WorkList ? [{ key: "work", label: <span data-testid="side-work">{t("side.work")}</span>, children: <WorkList /> }] : []),
    { key: "calls", label: <span data-testid="side-calls">{t("side.calls")}</span>, children: calls },
    ...(Knowledge
      ? [{ key: "knowledge", label: <span data-testid="side-knowledge">{t("side.knowledge")}</span>, children: <Knowledge contactId={props.contactId} phase={call.phase} asked={asked} /> }]
      : []),
    {
      key: "parked",
      label: (
        <span className="row" style={{ gap: 4 }} data-testid="side-parked">
          {t("side.parked")} <Badge count={waiting} overflowCount={999} size="small" color="var(--accent)" />
        </span>
      ),
      children: <PickUp />,
    },
    ...(Colleagues ? [{ key: "colleagues", label: <span data-testid="side-colleagues">{t("side.colleagues")}</span>, children: <Colleagues /> }] : []),
  ].map((it) => ({ ...it, children: <div className={css.body}>{it.children}</div> }));
  return (
    <section className={`panel ${css.panel ?? ""}`} aria-label={t("side.title")} data-testid="side-panel">
      <Tabs size="small" tabBarGutter={0} className={css.tabs ?? ""} items={items} activeKey={items.some((it) => it.key === tab) ? tab : "calls"} onChange={setTab} />
    </section>
  );
}
