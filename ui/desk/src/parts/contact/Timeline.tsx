/** What happened to a contact, in order, in words; an offer says why this agent was chosen. */
import type { TimelineItem } from "@huying/api";
import { Timeline as AntTimeline } from "antd";
import type { ReactNode } from "react";
import { useTexts, type Texts } from "@/i18n";
import { clock } from "@/parts/format";
import { Nothing } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { EntryNotes, Explanation } from "./Explanation";
import { text } from "./explained";

const COLOURS: Readonly<Record<string, string>> = {
  SegmentStarted: "green",
  AgentLost: "red",
  CallRecordingFailed: "red",
  ContactEnded: "gray",
  QueueEntered: "orange",
};

export interface Names {
  readonly refusal: (code: string) => string;
  readonly queue: (id: string) => string;
  readonly agent: (id: string) => string;
}

/** How good one leg of the call sounded. */
function sound(data: TimelineItem["data"], { t, code }: Pick<Texts, "t" | "code">): string[] {
  const figure = (key: string): number => (typeof data[key] === "number" ? data[key] : 0);
  const figures = t("timeline.quality", { mos: figure("mos").toFixed(1), loss: figure("loss_percent").toFixed(1), jitter: Math.round(figure("jitter_ms")) });
  const trip = typeof data.rtt_ms === "number" ? t("timeline.round_trip", { trip: Math.round(data.rtt_ms) }) : "";
  return [code("quality_role", text(data, "role")), figures, trip, text(data, "codec")];
}

/** The particulars of an event, in the order in which one would tell them. */
function particulars(item: TimelineItem, names: Names, { t, code }: Texts): string[] {
  const { data } = item;
  const agent = text(data, "agent_id");
  const queue = text(data, "queue_id");
  const waited = data.waited_seconds;
  return [
    queue && names.queue(queue),
    agent && names.agent(agent),
    item.kind === "QueueEntered" && text(data, "origin") !== "first" && code("origin", text(data, "origin")),
    item.kind === "HelpTaken" && names.agent(text(data, "person_id")),
    code(item.kind === "HelpEnded" ? "help_ending" : "ending", text(data, "ending")),
    item.kind === "QueueEntryEnded" && code("queue_reason", text(data, "reason")),
    code(item.kind === "CallbackNotReached" ? "callback_result" : "offer_result", text(data, "result")),
    item.kind === "OfferEnded" && names.refusal(text(data, "reason")),
    item.kind === "ArticleSent" && code("article_how", text(data, "how")),
    item.kind === "ContactEnded" && code("end_cause", text(data, "cause")),
    item.kind === "SegmentEnded" && code("ended_by", text(data, "by")),
    item.kind === "AgentLost" && code("lost_reason", text(data, "reason")),
    item.kind === "CallRecordingFailed" && text(data, "reason"),
    item.kind === "MuteChanged" && code("on_off", String(data.muted)),
    item.kind === "CallRecordingPaused" && code("paused", String(data.paused)),
    ...(item.kind === "LegQuality" ? sound(data, { t, code }) : []),
    item.kind === "LanguageChosen" && code("language", text(data, "language")),
    item.kind === "FlowNodeEntered" && `${code("node_kind", text(data, "node_kind"))} ${text(data, "node")}`,
    item.kind === "FlowChoiceMade" && t("timeline.choice", { choice: text(data, "choice") }),
    item.kind === "FlowHoursRead" && t(`timeline.hours_${text(data, "why") || "open"}`),
    typeof waited === "number" && t("timeline.waited", { time: clock(waited) }),
    typeof data.talk_seconds === "number" && t("timeline.talked", { time: clock(data.talk_seconds) }),
  ].filter((it): it is string => Boolean(it));
}

export function Timeline(props: { readonly contactId: string; readonly items: readonly TimelineItem[]; readonly names: Names }): ReactNode {
  const texts = useTexts();
  const times = useTimes();
  if (props.items.length === 0) return <Nothing title={texts.t("timeline.none")} />;
  return (
    <AntTimeline
      data-testid="timeline"
      items={props.items.map((item, index) => ({
        key: index,
        color: COLOURS[item.kind] ?? "blue",
        content: (
          <div>
            <span className="num quiet">{times.dateTime(item.at).split(" ")[1]}</span> <b>{texts.code("event", item.kind)}</b>{" "}
            {particulars(item, props.names, texts).join(" · ")}
            {item.kind === "OfferMade" && <Explanation contactId={props.contactId} data={item.data} names={props.names} />}
            {item.kind === "QueueEntered" && <EntryNotes data={item.data} names={props.names} />}
          </div>
        ),
      }))}
    />
  );
}
