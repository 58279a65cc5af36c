/** One contact in full: particulars, recordings, timeline. Opens over any page. */
import type { ContactDetail } from "@huying/api";
import { Drawer, Skeleton, Tabs } from "antd";
import { lazy, Suspense, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { phoneNumber, seconds } from "@/parts/format";
import { endingOf, EndingPill } from "@/parts/pills";
import { Loaded, Nothing } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useNames } from "@/server/names";
import { useContact } from "@/server/contacts";
import { useMay } from "@/server/session";
import { FollowUpNote } from "./FollowUpNote";
import { Timeline } from "./Timeline";

const RecordingPlayer = lazy(() => import("./RecordingPlayer").then((it) => ({ default: it.RecordingPlayer })));

function Facts(props: { readonly contact: ContactDetail }): ReactNode {
  const { t, code } = useTexts();
  const times = useTimes();
  const names = useNames();
  const { contact } = props;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t("contact.started"), times.dateTime(contact.started_at)],
    [t("contact.channel"), `${code("channel", contact.channel)} · ${code("direction", contact.direction)}`],
    [t("contact.customer"), contact.customer_name || contact.remote_name || "–"],
    [t("contact.number"), phoneNumber(contact.remote_number) || "–"],
    [t("contact.queue"), contact.queue_id ? names.queue(contact.queue_id) : "–"],
    [t("contact.agent"), contact.agent_name || (contact.agent_id ? names.agent(contact.agent_id) : "–")],
    [t("contact.ending"), <EndingPill key="e" ending={endingOf(contact)} />],
    [t("contact.wait"), seconds(contact.wait_seconds)],
    [t("contact.talk"), seconds(contact.talk_seconds)],
    [t("contact.cause"), code("end_cause", contact.cause) || "–"],
    [t("contact.disposition"), contact.disposition ? names.dispositionPath(contact.disposition) : "–"],
    [t("contact.note"), contact.note || "–"],
    [t("contact.follow_up"), contact.follow_up ? <FollowUpNote key="f" contactId={contact.contact_id} followUp={contact.follow_up} /> : "–"],
  ];
  return (
    <dl className="facts" data-testid="contact-facts">
      {facts.map(([label, value]) => (
        <div key={label} style={{ display: "contents" }}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Recordings(props: { readonly contact: ContactDetail }): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  const recordings = props.contact.recordings.filter((it) => it.available);
  if (!may("recordings.listen_own") && !may("recordings.listen")) return null;
  if (recordings.length === 0) return <Nothing title={t("recording.none")} />;
  return (
    <Suspense fallback={<Skeleton active paragraph={{ rows: 2 }} />}>
      <div style={{ display: "flex", flexDirection: "column", gap: 10 }}>
        {recordings.map((it) => (
          <RecordingPlayer key={it.id} recording={it} />
        ))}
      </div>
    </Suspense>
  );
}

function Body(props: { readonly contact: ContactDetail }): ReactNode {
  const { t } = useTexts();
  const names = useNames();
  return (
    <>
      <Recordings contact={props.contact} />
      <Tabs
        items={[
          { key: "facts", label: t("contact.facts"), children: <Facts contact={props.contact} /> },
          { key: "timeline", label: t("timeline.title"), children: <Timeline contactId={props.contact.contact_id} items={props.contact.timeline} names={names} /> },
        ]}
      />
    </>
  );
}

export function ContactDrawer(props: { readonly contactId: string | null; readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const query = useContact(props.contactId);
  return (
    <Drawer open={props.contactId !== null} onClose={props.onClose} size={620} title={t("contact.title")} destroyOnHidden data-testid="contact-drawer">
      <Loaded query={query} rows={8}>
        {(contact) => <Body contact={contact} />}
      </Loaded>
    </Drawer>
  );
}
