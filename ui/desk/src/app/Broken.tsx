/** What is shown instead of the desk when a part of it fails to draw: the calls go on, a reload brings everything back. */
import { Alert, Button } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";

export function Broken(): ReactNode {
  const { t } = useTexts();
  const reload = (
    <Button size="small" onClick={() => location.reload()}>
      {t("app.reload")}
    </Button>
  );
  return (
    <div className="front">
      <Alert type="error" showIcon role="alert" title={t("app.broken")} action={reload} />
    </div>
  );
}
