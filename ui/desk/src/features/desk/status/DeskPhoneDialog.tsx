/** How a SIP phone registers as this agent's device. */
import { Modal, Typography } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Loaded } from "@/parts/states";
import { useDeskPhone } from "@/server/session";

export function DeskPhoneDialog(props: { readonly onClose: () => void }): ReactNode {
  const { t } = useTexts();
  const query = useDeskPhone(true);
  return (
    <Modal open onCancel={props.onClose} footer={null} title={t("desk_phone.title")} width={460}>
      <p className="quiet">{t("desk_phone.hint")}</p>
      <Loaded query={query}>
        {(phone) => (
          <dl className="facts" data-testid="desk-phone">
            {(
              [
                ["account", phone.account],
                ["secret", phone.secret],
                ["server", `${phone.domain}:${phone.port}`],
                ["transport", phone.transport.toUpperCase()],
              ] as const
            ).map(([key, value]) => (
              <div key={key} style={{ display: "contents" }}>
                <dt>{t(`desk_phone.${key}`)}</dt>
                <dd>
                  <Typography.Text copyable={key !== "transport"} code={key !== "transport"}>
                    {value}
                  </Typography.Text>
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Loaded>
    </Modal>
  );
}
