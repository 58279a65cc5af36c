/** A short list of contacts: when, which way, with whom, how it ended, what was noted. */
import { PhoneOutlined, GlobalOutlined } from "@ant-design/icons";
import type { ContactSummary, EarlierContact } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber, seconds } from "@/parts/format";
import { EndingPill } from "@/parts/pills";
import { Nothing } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useNames } from "@/server/names";
import { FollowUpNote } from "./FollowUpNote";
import css from "./ContactLines.module.css";

interface ContactLinesProps {
  readonly contacts: readonly (ContactSummary | EarlierContact)[];
  /** What the line names: the customer, or the agent who served. */
  readonly who: "customer" | "agent";
  readonly onOpen: (contactId: string) => void;
  readonly emptyHint?: string;
}

export function ContactLines(props: ContactLinesProps): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const names = useNames();
  if (props.contacts.length === 0) return <Nothing title={t("contact.none")} {...(props.emptyHint ? { hint: props.emptyHint } : {})} />;
  return (
    <ul className={css.list}>
      {props.contacts.map((it) => {
        const who = props.who === "agent" ? it.agent_name || (it.agent_id ? names.agent(it.agent_id) : "") : ("customer_name" in it && it.customer_name) || it.remote_name || phoneNumber(it.remote_number) || t("desk.web_visitor");
        const disposition = it.disposition && (names.disposition(it.disposition));
        return (
          <li key={it.contact_id}>
            <button type="button" onClick={() => props.onOpen(it.contact_id)} data-testid="contact-line">
              <span className="row">
                {it.channel === "web_call" ? <GlobalOutlined /> : <PhoneOutlined />}
                <span className="num" title={times.dateTime(it.started_at)}>
                  {times.shortTime(it.started_at)}
                </span>
                <span className="ellipsis grow">{who || "–"}</span>
                <span className="num quiet">{it.talk_seconds ? seconds(it.talk_seconds) : ""}</span>
                {it.ending && <EndingPill ending={it.ending} />}
              </span>
              {(disposition || it.note) && <span className={css.note}>{[disposition, it.note].filter(Boolean).join(" · ")}</span>}
            </button>
            {it.follow_up && !it.follow_up.done_at && (
              <div className={css.followUp}>
                <FollowUpNote contactId={it.contact_id} followUp={it.follow_up} />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
