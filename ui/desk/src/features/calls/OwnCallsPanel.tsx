/** The agent's own calls beside the call: those held lately, and the missed ones. */
import type { EarlierContact, OwnCall } from "@huying/api";
import { useQueryClient } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { Link } from "react-router";
import { useTexts } from "@/i18n";
import { ContactLines } from "@/parts/contact/ContactLines";
import { startOfDay } from "@/parts/format";
import { Loaded } from "@/parts/states";
import { usePhone } from "@/phone/PhoneProvider";
import { serverNow } from "@/server/clock";
import { ownCallsKey, useOwnCalls } from "@/server/ownCalls";
import { useSession } from "@/server/session";
import { CallList } from "./CallList";
import css from "./Calls.module.css";
import "./texts";

/** A contact is in the history a moment after it has ended. */
const HISTORY_MS = 1500;
const MOST = 50;

function useNewsAfterCalls(missed: number): void {
  const client = useQueryClient();
  const { phase } = usePhone().call;
  useEffect(() => {
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: ownCallsKey }), HISTORY_MS);
    return () => clearTimeout(timer);
  }, [client, phase, missed]);
}

type Tab = "today" | "yesterday" | "week" | "missed";

const line = (call: OwnCall, person: { readonly id: string; readonly name: string }): EarlierContact & { readonly customer_name: string } => ({
  ...call,
  customer_name: call.colleague?.name ?? call.customer_name ?? "",
  direction: call.kind,
  started_at: call.at,
  agent_id: person.id,
  agent_name: person.name,
  wait_seconds: null,
  // A call one took was answered, whatever became of it with others afterwards.
  ending: call.kind === "in" ? "answered" : call.queue_id ? call.ending : null,
  note: call.note || call.other?.note || "",
});

export function OwnCallsPanel(props: { readonly onOpen: (contactId: string) => void }): ReactNode {
  const { t, code } = useTexts();
  const { person, business } = useSession();
  const { me } = usePhone();
  const [tab, setTab] = useState<Tab>("today");
  const range = useMemo(() => {
    const day = (ago: number): string => startOfDay(serverNow(), business.time_zone, ago);
    if (tab === "yesterday") return { from: day(1), to: day(0) };
    return { from: day(tab === "today" || tab === "missed" ? 0 : 6) };
  }, [tab, business.time_zone]);
  useNewsAfterCalls(me.agent?.missed.length ?? 0);
  const query = useOwnCalls({ ...range, kind: tab === "missed" ? "missed" : undefined, limit: MOST, offset: 0 }, 15_000);
  const missed = tab === "today" || tab === "missed" ? (query.data?.counts.missed ?? 0) : 0;
  return (
    <div data-testid="own-calls" className={css.panel}>
      <div className="row wrap">
        <Segmented<Tab>
          size="small"
          value={tab}
          onChange={setTab}
          aria-label={t("own_calls.title")}
          options={[
            ...(["today", "yesterday", "week"] as const).map((value) => ({ value, label: t(`own_calls.${value}`) })),
            { value: "missed" as const, label: <span data-testid="own-calls-missed">{`${code("calls_kind", "missed")} ${missed || ""}`}</span> },
          ]}
        />
        <span className="grow" />
        <Link to="/calls">{t("calls.all")}</Link>
      </div>
      <Loaded query={query}>
        {(page) =>
          tab === "missed" ? (
            <CallList calls={page.items.filter((it) => it.kind === "missed")} onOpen={props.onOpen} />
          ) : (
            <ContactLines contacts={page.items.filter((it) => it.kind !== "missed").map((it) => line(it, person))} who="customer" onOpen={props.onOpen} emptyHint={t("own_calls.empty_hint")} />
          )
        }
      </Loaded>
    </div>
  );
}
