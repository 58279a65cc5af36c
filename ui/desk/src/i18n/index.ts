/** The desk's languages. Catalogues are data: a new language is one more file here. */
import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import type { LocalName } from "@huying/api";
import en from "./en.json";
import zhCN from "./zh-CN.json";

export const LANGUAGES = { "zh-CN": "中文", en: "English" } as const;
export type Language = keyof typeof LANGUAGES;
const STORED = "huying.language";

export const isLanguage = (text: string | null | undefined): text is Language => text === "zh-CN" || text === "en";

function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (isLanguage(stored)) return stored;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

/** Each language has a manifest of its own for the desk as an application. */
function applyManifest(language: Language): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="manifest"]');
  const href = language === "en" ? "/manifest.en.webmanifest" : "/manifest.webmanifest";
  if (link && link.getAttribute("href") !== href) link.href = href;
}

function apply(language: Language): void {
  document.documentElement.lang = language;
  applyManifest(language);
  document.title = i18next.t("app.title");
}

export async function startTexts(): Promise<void> {
  const language = firstLanguage();
  await i18next.use(initReactI18next).init({
    resources: { "zh-CN": { translation: zhCN }, en: { translation: en } },
    lng: language,
    fallbackLng: "en",
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  for (const texts of early.splice(0)) addTexts(texts);
  apply(language);
  // What is chosen in one window counts in the others.
  addEventListener("storage", (event) => {
    if (event.key === STORED && isLanguage(event.newValue)) void changeLanguage(event.newValue, false);
  });
}

/** Texts of parts that came with the first load, before the catalogues were there. */
const early: Readonly<Record<Language, object>>[] = [];

/** More texts, of a part of the desk that is loaded when it is first opened. */
export function addTexts(texts: Readonly<Record<Language, object>>): void {
  if (!i18next.isInitialized) {
    early.push(texts);
    return;
  }
  for (const [language, more] of Object.entries(texts)) i18next.addResourceBundle(language, "translation", more, true, true);
}

/** Change the language; `remember` keeps it for this browser. */
export async function changeLanguage(language: Language, remember: boolean): Promise<void> {
  if (remember) localStorage.setItem(STORED, language);
  await i18next.changeLanguage(language);
  apply(language);
}

export const languageIsChosen = (): boolean => isLanguage(localStorage.getItem(STORED));

export interface Texts {
  readonly t: (key: string, values?: Readonly<Record<string, unknown>>) => string;
  /** The text of a code out of a closed set, such as an ending; the code itself where there is none. */
  readonly code: (set: string, code: string | null | undefined) => string;
  /** A name that the business keeps in several languages. */
  readonly local: (name: LocalName | null | undefined) => string;
  readonly language: Language;
}

export function useTexts(): Texts {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === "en" ? "en" : "zh-CN";
  return {
    t: (key, values) => t(key, values ?? {}),
    code: (set, code) => (code ? t(`${set}.${code}`, { defaultValue: code }) : ""),
    local: (name) => localName(name, language),
    language,
  };
}

export function localName(name: LocalName | null | undefined, language: string): string {
  if (!name) return "";
  if (typeof name === "string") return name;
  return name[language] ?? name["zh-CN"] ?? name.en ?? Object.values(name)[0] ?? "";
}
