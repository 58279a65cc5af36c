/** What a piece of work is, in one line: the task's title, or who left the message. */
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { clock, phoneNumber } from "@/parts/format";
import { useDeskWork } from "@/server/work";
import css from "./Work.module.css";

export function WorkTitle(props: { readonly contactId: string }): ReactNode {
  const { t } = useTexts();
  const { data } = useDeskWork(props.contactId);
  if (!data) return <b>{t("work.loading")}</b>;
  if (data.task) return <b className={css.title}>{data.task.title}</b>;
  const from = data.message?.name || phoneNumber(data.message?.number) || t("work.unknown");
  return <b className={css.title}>{t("work.message_from", { name: from, length: clock(data.message?.seconds ?? 0) })}</b>;
}
