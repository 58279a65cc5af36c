/** Business, status, appearance, help, person. */
import { LogoutOutlined, QuestionCircleOutlined, UserOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useState, type ReactNode } from "react";
import { StatusControl } from "@/features/desk/status/StatusControl";
import { useTexts } from "@/i18n";
import { useErrorText } from "@/parts/states";
import { useShortcut } from "@/parts/shortcuts";
import { inConversation } from "@/phone/callView";
import { usePhone } from "@/phone/PhoneProvider";
import { signOutOfDesk } from "@/server/desk";
import { useSession, useSessionActions } from "@/server/session";
import { Appearance } from "./Appearance";
import { HelpDialog } from "./HelpDialog";

function PersonMenu(): ReactNode {
  const { t, code } = useTexts();
  const { person } = useSession();
  const { signOut } = useSessionActions();
  const { me, call } = usePhone();
  const { message, modal } = App.useApp();
  const errorText = useErrorText();
  const leave = async (): Promise<void> => {
    try {
      if (me.agent?.signed_in) await signOutOfDesk();
      await signOut();
    } catch (reason) {
      void message.error(errorText(reason));
    }
  };
  const ask = (): void => {
    if (inConversation(call.phase)) void modal.warning({ title: t("session.log_out_talking") });
    else void leave();
  };
  const roles = person.roles.map((role) => code("role", role)).join(" · ");
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "who", label: `${person.login} · ${roles}`, disabled: true },
          { type: "divider" },
          { key: "out", icon: <LogoutOutlined />, label: <span data-testid="log-out">{t("session.log_out")}</span>, onClick: ask },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined />} data-testid="person-menu" style={{ maxWidth: 180 }}>
        <span className="ellipsis">{person.name}</span>
      </Button>
    </Dropdown>
  );
}

export function TopBar(): ReactNode {
  const { t } = useTexts();
  const { business, agent } = useSession();
  const [help, setHelp] = useState(false);
  useShortcut("?", "help.open", () => setHelp(true));
  return (
    <header className="topbar">
      <span className="business ellipsis" title={business.name}>
        {business.name}
      </span>
      <span className="grow" />
      {agent && <StatusControl />}
      <Appearance />
      <Button type="text" icon={<QuestionCircleOutlined />} onClick={() => setHelp(true)} data-testid="help" aria-label={t("help.title")} />
      <PersonMenu />
      <HelpDialog open={help} onClose={() => setHelp(false)} />
    </header>
  );
}
