/** A message's sound, loaded when one wants to hear it: to open it counts as hearing. */
import { CaretRightOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { audioUrl } from "@/server/contacts";

export function Sound(props: { readonly id: string }): ReactNode {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  if (open) return <audio src={audioUrl(props.id)} controls autoPlay style={{ height: 28, width: "100%", maxWidth: 280 }} aria-label={t("work.listen")} data-testid="work-sound" />;
  return (
    <Button size="small" icon={<CaretRightOutlined />} onClick={() => setOpen(true)} data-testid="work-listen">
      {t("work.listen")}
    </Button>
  );
}
