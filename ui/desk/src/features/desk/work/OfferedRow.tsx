/** Offered work as a line of the list: press to take it. */
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { useCommand } from "@/parts/useCommand";
import { acceptWork } from "@/server/work";
import { WorkTitle } from "./WorkTitle";

export function OfferedRow(props: { readonly contactId: string }): ReactNode {
  const { t } = useTexts();
  const { run, busy } = useCommand();
  return (
    <li data-testid="offered-work">
      <WorkTitle contactId={props.contactId} />
      <Button size="small" type="primary" loading={busy} onClick={() => void run(() => acceptWork(props.contactId))} data-testid="offered-accept">
        {t("work.accept")}
      </Button>
    </li>
  );
}
