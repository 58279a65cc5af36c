/** Who has read and confirmed a notice, and who has not. */
import type { Notice, NoticeReader } from "@huying/api";
import { Modal, Table } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Scrolls } from "@/parts/Scrolls";
import { useTimes } from "@/parts/times";
import { useReaders } from "@/server/colleagues";

export function NoticeReaders(props: { readonly notice: Notice | null; readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const times = useTimes();
  const query = useReaders(props.notice?.notice_id ?? null);
  const rows = query.data ?? [];
  const confirms = props.notice?.importance === "confirm";
  return (
    <Modal open={props.notice !== null} title={props.notice?.title} footer={null} onCancel={props.onClose}>
      <p data-testid="readers-sum">
        {t("colleagues.readers_sum", { read: rows.filter((it) => it.read_at).length, of: rows.length })}
        {confirms && ` · ${t("colleagues.confirmed_sum", { confirmed: rows.filter((it) => it.confirmed_at).length })}`}
      </p>
      <Scrolls label={props.notice?.title ?? ""}>
        <Table<NoticeReader>
          size="small"
          rowKey="person_id"
          loading={query.isPending && props.notice !== null}
          dataSource={[...rows]}
          pagination={false}
          scroll={{ y: 320 }}
          columns={[
            { key: "name", title: t("colleagues.colleague"), dataIndex: "name", ellipsis: true },
            { key: "read", title: t("colleagues.read"), width: 130, render: (_, it) => times.shortTime(it.read_at) || "–" },
            ...(confirms ? [{ key: "confirmed", title: t("colleagues.confirmed"), width: 130, render: (_: unknown, it: NoticeReader) => times.shortTime(it.confirmed_at) || "–" }] : []),
          ]}
        />
      </Scrolls>
    </Modal>
  );
}
