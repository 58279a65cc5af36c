/** Everybody at the moment of an offer: who could have taken it, in the order of asking, and what stood in the way of the others. */
import { Alert, Modal, Table } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Scrolls } from "@/parts/Scrolls";
import { clock } from "@/parts/format";
import { Pill } from "@/parts/pills";
import { Loaded } from "@/parts/states";
import { useTimes } from "@/parts/times";
import { useCandidates } from "@/server/contacts";

interface CandidatesProps {
  readonly contactId: string;
  readonly offerId: string;
  readonly onClose: () => void;
}

const BY_MEASURE = new Set(["fewest_contacts", "least_talk", "highest_level", "weighted_random"]);

export function Candidates(props: CandidatesProps): ReactNode {
  const { t, code } = useTexts();
  const times = useTimes();
  const query = useCandidates(props.contactId, props.offerId);
  const measure = (strategy: string, value: number | null): string => (value === null ? "" : strategy === "least_talk" ? clock(value) : String(value));
  return (
    <Modal open width={680} title={t("explain.everybody_title")} footer={null} onCancel={props.onClose} data-testid="candidates">
      <Loaded query={query} rows={8}>
        {(told) => (
          <>
            <p className="quiet">{t("explain.everybody_hint", { time: times.dateTime(told.at), rule: code("rule", told.strategy) })}</p>
            {told.changed_since > 0 && <p className="quiet">{t("explain.put_back", { count: told.changed_since })}</p>}
            {!told.agrees && <Alert type="warning" showIcon title={t("explain.disagrees")} style={{ marginBottom: 8 }} />}
            <Scrolls label={t("explain.everybody_title")}>
              <Table
                size="small"
                rowKey="agent_id"
                dataSource={told.items}
                pagination={told.total > 50 ? { pageSize: 50, showSizeChanger: false } : false}
                scroll={{ y: 380 }}
                columns={[
                  { key: "place", title: t("explain.place"), width: 56, align: "right", render: (_, it) => it.place || "" },
                  { key: "name", title: t("explain.agent"), ellipsis: true, render: (_, it) => it.name || it.agent_id.slice(0, 8) },
                  { key: "why", title: t("explain.why_not"), render: (_, it) => (it.why_not ? code("passed_over", it.why_not) : <Pill tone="good">{t("explain.chosen")}</Pill>) },
                  { key: "idle", title: t("explain.idle_title"), width: 84, align: "right", render: (_, it) => (it.idle_seconds === null || !it.place ? "" : clock(it.idle_seconds)) },
                  ...(BY_MEASURE.has(told.strategy)
                    ? [{ key: "measure", title: code("measure", told.strategy), width: 96, align: "right" as const, render: (_: unknown, it: (typeof told.items)[number]) => measure(told.strategy, it.measure) }]
                    : []),
                ]}
              />
            </Scrolls>
          </>
        )}
      </Loaded>
    </Modal>
  );
}
