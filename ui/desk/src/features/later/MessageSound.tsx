/** A message's sound, loaded when one wants to hear it: to open it counts as hearing. */
import { CaretRightOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { audioUrl } from "@/server/contacts";

export function MessageSound(props: { readonly id: string }): ReactNode {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  if (open) return <audio src={audioUrl(props.id)} controls autoPlay style={{ height: 28, width: 240 }} aria-label={t("later.listen")} />;
  return (
    <Button size="small" icon={<CaretRightOutlined />} onClick={() => setOpen(true)} data-testid="message-listen">
      {t("later.listen")}
    </Button>
  );
}
