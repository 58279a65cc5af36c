/**
 * The embeddable launcher. One line puts it on any page:
 *
 *   <script src="https://centre.example/site/huying-widget.js" data-entry="service" data-language="zh-CN" defer></script>
 *
 * The page must come from the centre's own address or from one the centre allows. `data-launcher="off"` hides the floating button; then `[data-huying-call]` elements or `huying.call()` start a call.
 */

import { PublicApi } from "./call/api";
import { Panel } from "./call/panel";
import { icon, make } from "./call/parts";
import { idle } from "./call/progress";
import { styles } from "./call/styles";
import { nearestLanguage, text, type Language } from "./call/texts";
import { Caller } from "./call/webcall";

export interface HuyingWidget {
  /** Open the panel and call. */
  call(): void;
  /** `zh-CN` or `en`. */
  setLanguage(language: string): void;
}

declare global {
  interface Window {
    huying?: HuyingWidget;
  }
}

interface Settings {
  readonly origin: string;
  readonly entry: string;
  readonly language: Language;
  readonly launcher: boolean;
}

function settingsOf(script: HTMLScriptElement): Settings {
  const { entry = "service", language, launcher = "on", server } = script.dataset;
  return {
    origin: new URL(server ?? script.src, location.href).origin,
    entry,
    language: nearestLanguage(language ?? (document.documentElement.lang || navigator.language)),
    launcher: launcher !== "off",
  };
}

function mount(settings: Settings): HuyingWidget {
  let language = settings.language;
  const host = make("div", { id: "huying-widget" });
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];

  const caller = new Caller(new PublicApi(settings.origin), settings.entry, (progress) => panel.show(progress));
  const begin = () => {
    void caller.begin(language);
    panel.open();
  };
  const panel = new Panel(
    {
      begin,
      hangUp: () => caller.hangUp(),
      press: (key) => caller.press(key),
      toggleMute: () => caller.toggleMute(),
      levels: () => caller.levels(),
    },
    language,
    idle,
  );
  const launcher = make("button", { type: "button", class: "launcher", "data-testid": "launcher" });
  launcher.hidden = !settings.launcher;
  launcher.addEventListener("click", begin);
  const label = () => launcher.replaceChildren(icon("phone"), text(language, "launcher"));
  label();
  root.append(launcher, panel.element);
  document.body.append(host);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-huying-call]")) begin();
  });
  return {
    call: begin,
    setLanguage: (wanted) => {
      language = nearestLanguage(wanted);
      panel.translate(language);
      label();
    },
  };
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement && !window.huying) {
  const start = () => (window.huying = mount(settingsOf(script)));
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start, { once: true });
  else start();
}
