/** Who is signed in: own password, own telephone, log-out. */
import { AudioOutlined, KeyOutlined, LogoutOutlined, MobileOutlined, NumberOutlined, PhoneOutlined, SnippetsOutlined, UserOutlined } from "@ant-design/icons";
import { App, Button, Dropdown, type MenuProps } from "antd";
import { useState, type ReactNode } from "react";
import { useTexts } from "@/i18n";
import { later } from "@/parts/later";
import { useAction } from "@/parts/shortcuts";
import { useCommand } from "@/parts/useCommand";
import { inConversation } from "@/phone/callView";
import { usePhone } from "@/phone/PhoneProvider";
import { signOutOfDesk } from "@/server/desk";
import { useSession, useSessionActions } from "@/server/session";

const DeskPhoneDialog = later(async () => (await import("@/features/desk/status/DeskPhoneDialog")).DeskPhoneDialog);
const DevicesDialog = later(async () => (await import("@/features/desk/devices/DevicesDialog")).DevicesDialog);
const SoundDialog = later(async () => (await import("@/features/desk/devices/SoundDialog")).SoundDialog);
const KeypadDialog = later(async () => (await import("@/parts/keypad/KeypadDialog")).KeypadDialog);
const OwnQuickNotes = later(async () => (await import("@/parts/closing/OwnQuickNotes")).OwnQuickNotes);
const PasswordDialog = later(async () => (await import("@/features/session/PasswordDialog")).PasswordDialog);

/** Logs out, after the end of work; refuses in the middle of a call. */
function useLeave(): () => void {
  const { t } = useTexts();
  const { signOut } = useSessionActions();
  const { me, call } = usePhone();
  const { modal } = App.useApp();
  const { run } = useCommand();
  const leave = async (): Promise<void> => {
    if (me.agent?.signed_in) await signOutOfDesk();
    await signOut();
  };
  return () => {
    if (inConversation(call.phase)) void modal.warning({ title: t("session.log_out_talking") });
    else void run(leave);
  };
}

export function PersonMenu(): ReactNode {
  const { t, code } = useTexts();
  const { person, agent } = useSession();
  const leave = useLeave();
  const [open, setOpen] = useState<"password" | "phone" | "sound" | "devices" | "keypad" | "notes" | null>(null);
  const roles = person.roles.map((role) => code("role", role)).join(" · ");
  const close = (): void => setOpen(null);
  useAction("my_quick_notes", () => setOpen("notes"), { active: agent !== null });
  const items: MenuProps["items"] = [
    { key: "who", label: `${person.login} · ${roles}`, disabled: true },
    { type: "divider" },
    ...(agent
      ? [
          { key: "sound", icon: <AudioOutlined />, label: <span data-testid="sound-settings">{t("sound.title")}</span>, onClick: () => setOpen("sound") },
          { key: "devices", icon: <MobileOutlined />, label: <span data-testid="device-settings">{t("my_devices.title")}</span>, onClick: () => setOpen("devices") },
          { key: "phone", icon: <PhoneOutlined />, label: <span data-testid="desk-phone-settings">{t("desk_phone.title")}</span>, onClick: () => setOpen("phone") },
          { key: "notes", icon: <SnippetsOutlined />, label: <span data-testid="own-quick-notes-settings">{t("my_quick_notes")}</span>, onClick: () => setOpen("notes") },
          { key: "keypad", icon: <NumberOutlined />, label: <span data-testid="keypad-settings">{t("desk_phone.codes")}</span>, onClick: () => setOpen("keypad") },
        ]
      : []),
    { key: "password", icon: <KeyOutlined />, label: t("session.change_password"), onClick: () => setOpen("password") },
    { key: "out", icon: <LogoutOutlined />, label: <span data-testid="log-out">{t("session.log_out")}</span>, onClick: leave },
  ];
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items }}>
        <Button type="text" icon={<UserOutlined />} data-testid="person-menu" aria-label={person.name} style={{ maxWidth: 180 }}>
          <span className="ellipsis word">{person.name}</span>
        </Button>
      </Dropdown>
      {open === "password" && <PasswordDialog onClose={close} />}
      {open === "sound" && <SoundDialog onClose={close} />}
      {open === "devices" && <DevicesDialog onClose={close} />}
      {open === "keypad" && <KeypadDialog onClose={close} />}
      {open === "notes" && <OwnQuickNotes onClose={close} />}
      {open === "phone" && <DeskPhoneDialog onClose={close} />}
    </>
  );
}
