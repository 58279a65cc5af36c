/** Business, status, appearance, help, person. */
import { take } from "@huying/api";
import { QuestionCircleOutlined, SearchOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { StatusControl } from "@/features/desk/status/StatusControl";
import { useTexts, type Language } from "@/i18n";
import { later } from "@/parts/later";
import { MessagesWaiting } from "@/parts/MessagesWaiting";
import { keepPreference } from "@/parts/preferences";
import { Key, useAction } from "@/parts/shortcuts";
import { useSlots } from "@/parts/slots";
import { api } from "@/server/api";
import { useSession } from "@/server/session";
import { Appearance } from "./Appearance";
import { PersonMenu } from "./PersonMenu";

const loadPalette = async () => (await import("./palette/Palette")).Palette;
const Palette = later(loadPalette);
/** Fetched when the first load is over, so that what is typed right after its key finds the field there. */
const PALETTE_MS = 3000;
const HelpDialog = later(async () => (await import("./HelpDialog")).HelpDialog);

/** The language goes with the person to the next browser; that this may fail does not matter here. */
const keepLanguage = (language: Language): void => void take(api.PATCH("/api/session", { body: { language } })).catch(() => undefined);

export function TopBar(): ReactNode {
  const { t } = useTexts();
  const { business, agent } = useSession();
  const { DoNotDisturb } = useSlots();
  const [help, setHelp] = useState(false);
  const [palette, setPalette] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), PALETTE_MS);
    return () => clearTimeout(timer);
  }, []);
  useAction("help.open", () => setHelp(true));
  useAction("palette.open", () => setPalette(true));
  return (
    <header className="topbar">
      <span className="business ellipsis" title={business.name}>
        {business.name}
      </span>
      <span className="grow" />
      <Button icon={<SearchOutlined />} className="find" onClick={() => setPalette(true)} data-testid="palette-open" aria-label={t("palette.open")}>
        <span className="word">{t("palette.open")}</span> <Key keys="Ctrl+k" label="palette.open" />
      </Button>
      {agent && <MessagesWaiting />}
      {agent && DoNotDisturb && <DoNotDisturb />}
      {agent && <StatusControl />}
      <Appearance onLanguage={keepLanguage} onTheme={(choice) => keepPreference("theme", choice)} />
      <Button type="text" icon={<QuestionCircleOutlined />} onClick={() => setHelp(true)} data-testid="help" aria-label={t("help.title")} />
      <PersonMenu />
      {palette && <Palette onClose={() => setPalette(false)} />}
      {help && <HelpDialog open onClose={() => setHelp(false)} />}
    </header>
  );
}
