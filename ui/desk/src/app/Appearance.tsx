/** Language and colours, before and after the log-in. */
import { BgColorsOutlined, GlobalOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import type { ReactNode } from "react";
import { changeLanguage, LANGUAGES, useTexts, type Language } from "@/i18n";
import { useMode, type Choice } from "./mode";

const CHOICES: readonly Choice[] = ["auto", "light", "dark"];

export function Appearance(props: { readonly onLanguage?: (language: Language) => void; readonly onTheme?: (choice: Choice) => void }): ReactNode {
  const { t, language } = useTexts();
  const { choice, choose } = useMode();
  const speak = (next: Language): void => {
    void changeLanguage(next, true);
    props.onLanguage?.(next);
  };
  const dress = (next: Choice): void => {
    choose(next);
    props.onTheme?.(next);
  };
  const languages = Object.entries(LANGUAGES).map(([key, label]) => ({ key, label }));
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{ items: languages, selectedKeys: [language], onClick: ({ key }) => speak(key as Language) }}
      >
        <Button type="text" icon={<GlobalOutlined />} data-testid="language" aria-label={`${t("app.language")}: ${LANGUAGES[language]}`}>
          <span className="word">{LANGUAGES[language]}</span>
        </Button>
      </Dropdown>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: CHOICES.map((key) => ({ key, label: t(`app.theme_${key}`) })),
          selectedKeys: [choice],
          onClick: ({ key }) => dress(key as Choice),
        }}
      >
        <Button type="text" icon={<BgColorsOutlined />} data-testid="theme" aria-label={t("app.theme")} />
      </Dropdown>
    </>
  );
}
