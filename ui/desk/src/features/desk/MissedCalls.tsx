/** The offers that ended against me since my last conversation, and what they brought. */
import type { AgentRow } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useTimes } from "@/parts/times";
import { useNames } from "@/server/names";

export function MissedCalls(props: { readonly agent: AgentRow; readonly onOpen: (contactId: string) => void }): ReactNode {
  const { t, code } = useTexts();
  const times = useTimes();
  const names = useNames();
  const { missed } = props.agent;
  if (missed.length === 0) return null;
  return (
    <div data-testid="missed-calls" style={{ width: "100%", maxWidth: 460, textAlign: "left" }}>
      <b>{t("missed.title", { count: missed.length })}</b>
      <ul style={{ listStyle: "none", margin: "4px 0 0", padding: 0 }}>
        {[...missed].reverse().map((it) => (
          <li key={`${it.contact_id}${it.at}`} className="row">
            <span className="num quiet">{times.timeOfDay(it.at)}</span>
            <span className="grow ellipsis">{it.queue_id ? names.queue(it.queue_id) : ""}</span>
            <span>{code("missed_result", it.result)}</span>
            <button type="button" className="link" onClick={() => props.onOpen(it.contact_id)}>
              {t("missed.open")}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
