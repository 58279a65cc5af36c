/** The agent's own contacts: today, yesterday, the last seven days. */
import { Segmented } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { ContactLines } from "@/parts/contact/ContactLines";
import { startOfDay } from "@/parts/format";
import { Loaded } from "@/parts/states";
import { usePhone } from "@/phone/PhoneProvider";
import { serverNow } from "@/server/clock";
import { useContacts } from "@/server/contacts";
import { useSession } from "@/server/session";
import css from "./SidePanel.module.css";

/** A contact is in the history a moment after it has ended. */
const HISTORY_MS = 1500;

function useNewsAfterCalls(): void {
  const client = useQueryClient();
  const { phase } = usePhone().call;
  useEffect(() => {
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: ["contacts", "list"] }), HISTORY_MS);
    return () => clearTimeout(timer);
  }, [client, phase]);
}

type Span = "today" | "yesterday" | "week";

export function OwnCalls(props: { readonly onOpen: (contactId: string) => void }): ReactNode {
  const { t } = useTexts();
  const { person, business } = useSession();
  const [span, setSpan] = useState<Span>("today");
  const range = useMemo(() => {
    const day = (ago: number): string => startOfDay(serverNow(), business.time_zone, ago);
    if (span === "today") return { from: day(0) };
    return span === "yesterday" ? { from: day(1), to: day(0) } : { from: day(6) };
  }, [span, business.time_zone]);
  useNewsAfterCalls();
  const query = useContacts({ ...range, agent_id: person.id, limit: 50, offset: 0 }, 15_000);
  return (
    <div data-testid="own-calls" className={css.list}>
      <div className="row">
        <Segmented<Span>
          size="small"
          value={span}
          onChange={setSpan}
          aria-label={t("own_calls.title")}
          options={(["today", "yesterday", "week"] as const).map((value) => ({ value, label: t(`own_calls.${value}`) }))}
        />
      </div>
      <Loaded query={query}>
        {(page) => <ContactLines contacts={page.items} who="customer" onOpen={props.onOpen} emptyHint={t("own_calls.empty_hint")} />}
      </Loaded>
    </div>
  );
}
