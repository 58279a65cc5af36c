/** The sample company's page: language and theme. The call itself is the widget's business, embedded as any company would. */

import type {} from "../huying-widget";
import { english } from "./english";

const LANGUAGE_KEY = "haichuan.language";
const THEME_KEY = "haichuan.theme";

type Language = "zh-CN" | "en";

const root = document.documentElement;
const chinese = new Map<Element, string>();
const chineseLabels = new Map<Element, string>();
const chineseTitle = document.title;

function remember(): void {
  for (const element of document.querySelectorAll("[data-text]")) chinese.set(element, element.textContent);
  for (const element of document.querySelectorAll("[data-label]"))
    chineseLabels.set(element, element.getAttribute("aria-label") ?? "");
}

function speak(language: Language): void {
  root.lang = language;
  document.title = language === "en" ? (english.documentTitle ?? chineseTitle) : chineseTitle;
  for (const [element, original] of chinese) {
    const key = (element as HTMLElement).dataset.text ?? "";
    element.textContent = language === "en" ? (english[key] ?? original) : original;
  }
  for (const [element, original] of chineseLabels) {
    const key = (element as HTMLElement).dataset.label ?? "";
    element.setAttribute("aria-label", language === "en" ? (english[key] ?? original) : original);
  }
  const other = document.getElementById("language");
  if (other) {
    other.textContent = language === "en" ? "中文" : "English";
    other.lang = language === "en" ? "zh-CN" : "en";
  }
  window.huying?.setLanguage(language);
}

function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem(LANGUAGE_KEY) ?? navigator.language;
  return asked.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

function toggleLanguage(): void {
  const next = root.lang === "en" ? "zh-CN" : "en";
  localStorage.setItem(LANGUAGE_KEY, next);
  speak(next);
}

function toggleTheme(): void {
  const darkNow = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = darkNow ? "light" : "dark";
  localStorage.setItem(THEME_KEY, root.dataset.theme);
}

/** The number of the telephone line, as the centre knows it; nothing is shown while it cannot be asked. */
async function showHotline(): Promise<void> {
  const response = await fetch("/public/entries/service").catch(() => null);
  if (!response?.ok) return;
  const { service_number: number } = (await response.json()) as { service_number?: string };
  const line = document.getElementById("hotline");
  const link = line?.querySelector("a");
  if (!number || !line || !link) return;
  link.textContent = number;
  link.href = `tel:${number}`;
  line.hidden = false;
}

remember();
const theme = localStorage.getItem(THEME_KEY);
if (theme) root.dataset.theme = theme;
speak(firstLanguage());
// The widget is another script and may come after this one.
addEventListener("load", () => window.huying?.setLanguage(root.lang));
document.getElementById("language")?.addEventListener("click", toggleLanguage);
document.getElementById("theme")?.addEventListener("click", toggleTheme);
void showHotline();
