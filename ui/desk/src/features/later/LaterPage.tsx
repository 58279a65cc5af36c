/** Whom we still have to speak with: customers who wait to be called back, and messages. */
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useMay } from "@/server/session";
import { CallbacksTable } from "./CallbacksTable";
import { MessagesPanel } from "./MessagesPanel";
import { TasksPanel } from "./TasksPanel";
import "./texts";

export default function LaterPage(): ReactNode {
  const { t } = useTexts();
  const may = useMay();
  return (
    <div className="page" data-testid="later-page">
      {may("live.view") && (
        <section className="panel">
          <header>
            <h2>{t("later.callbacks")}</h2>
          </header>
          <CallbacksTable />
        </section>
      )}
      {may("desk.use") && <TasksPanel />}
      {may("desk.use") && <MessagesPanel />}
    </div>
  );
}
