/** The contact itself: where it came in, and what the agent writes of it. */
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { useTimes } from "@/parts/times";
import { usePhone } from "@/phone/PhoneProvider";
import { useSession } from "@/server/session";
import { useNotes } from "@/server/work";
import { useScreenPop } from "../pop/useScreenPop";
import { WrapUp } from "./WrapUp";

export function ContactPanel(props: { readonly contactId: string }): ReactNode {
  const { t, code } = useTexts();
  const times = useTimes();
  const { call } = usePhone();
  const { data } = useScreenPop(props.contactId);
  const contact = data?.contact;
  const { person } = useSession();
  const { data: notes } = useNotes(props.contactId);
  // What others wrote stands under their names; the field is for one's own words.
  const own = notes?.find((it) => it.mine && it.kind === "wrap_up")?.text ?? (contact?.wrapped_by === person.id ? contact.note : "");
  const saved = { disposition: contact?.disposition ?? "", note: own };
  return (
    <section className="panel" data-testid="contact-panel">
      <header>
        <h2>{t("desk.this_contact")}</h2>
        <span className="grow" />
        <span className="quiet num">{times.dateTime(contact?.started_at ?? call.contact?.entered_at)}</span>
      </header>
      <div className="body" style={{ display: "flex", flexDirection: "column", gap: 12 }}>
        <dl className="facts">
          <dt>{t("contact.number")}</dt>
          <dd className="num">{phoneNumber(contact?.remote_number) || t("desk.web_visitor")}</dd>
          <dt>{t("contact.called")}</dt>
          <dd>{phoneNumber(contact?.number_called || call.contact?.entry_point) || "–"}</dd>
          <dt>{t("contact.language")}</dt>
          <dd>{code("language", call.contact?.language) || "–"}</dd>
        </dl>
        <WrapUp
          contactId={props.contactId}
          queueId={call.contact?.queue_id ?? null}
          saved={saved}
          followUp={contact?.follow_up ?? null}
          customer={data?.customer?.name ?? contact?.remote_name ?? ""}
          number={contact?.remote_number ?? ""}
        />
      </div>
    </section>
  );
}
