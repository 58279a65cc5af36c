/** What the agent sees without a call: what to do next, and how the own queues stand. */
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { agentWord } from "@/parts/pills";
import { useCommand } from "@/parts/useCommand";
import { usePhone } from "@/phone/PhoneProvider";
import { chooseStatus } from "@/server/desk";
import { useDeskSettings, useSession } from "@/server/session";
import css from "./DeskPage.module.css";
import { useStartWork } from "./status/StatusControl";

/** Reasons for which the system itself takes an agent out of the line. */
const SET_BY_SYSTEM = new Set(["missed", "refused", "unreachable"]);

function Next(): ReactNode {
  const { t } = useTexts();
  const { me } = usePhone();
  const { start, busy } = useStartWork();
  const status = useCommand();
  const reason = me.agent?.reason ?? "";
  const bySystem = SET_BY_SYSTEM.has(reason);
  const word = me.agent ? agentWord(me.agent) : "signed_out";
  if (word === "signed_out") {
    return (
      <>
        <h2>{t("ready.start_title")}</h2>
        <div className="quiet">{t("ready.start_hint")}</div>
        <Button type="primary" size="large" loading={busy} onClick={() => void start("browser")} data-testid="start-work-big">
          {t("status.start")}
        </Button>
      </>
    );
  }
  if (word === "break") {
    return (
      <>
        <h2>{bySystem ? t(`ready.set_${reason}`) : t("ready.break_title")}</h2>
        {bySystem && <div className="quiet">{t("ready.set_hint")}</div>}
        <Button type="primary" size="large" loading={status.busy} onClick={() => void status.run(() => chooseStatus("ready"))} data-testid="ready-big">
          {t("status.ready")}
        </Button>
      </>
    );
  }
  return (
    <>
      <h2>{word === "unreachable" ? t("ready.unreachable_title") : t("ready.waiting_title")}</h2>
      <div className="quiet">{word === "unreachable" ? t("desk.idle_unreachable") : t("ready.waiting_hint")}</div>
    </>
  );
}

function MyQueues(): ReactNode {
  const { t, local } = useTexts();
  const mine = useSession().agent?.queues ?? [];
  const settings = useDeskSettings();
  const names = (settings.data?.queues ?? []).filter((it) => mine.includes(it.id)).map((it) => local(it.name));
  if (names.length === 0) return null;
  return <div className="quiet">{t("ready.my_queues", { queues: names.join(" · ") })}</div>;
}

export function ReadyPanel(): ReactNode {
  return (
    <section className={`panel ${css.wide ?? ""}`}>
      <div className={css.ready} data-testid="ready-panel">
        <Next />
        <MyQueues />
      </div>
    </section>
  );
}
