/**
 * The embeddable launcher. One line puts it on any page:
 *
 *   <script src="https://centre.example/site/huying-widget.js" data-entry="service" data-language="zh-CN" defer></script>
 *
 * The page must come from the centre's own address or from one the centre allows. `data-launcher="off"` hides the floating button; then `[data-huying-call]` elements or `huying.call()` start a call.
 * Where the centre calls visitors back, a second button asks for it.
 */

import { PublicApi } from "./call/api";
import { CallbackPanel } from "./call/callback";
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
  /** By which the company's own system knows the visitor: `data-customer`, or `customer_number` in the page's address. */
  readonly customerNumber: string;
}

function settingsOf(script: HTMLScriptElement): Settings {
  const { entry = "service", language, launcher = "on", server, customer } = script.dataset;
  return {
    origin: new URL(server ?? script.src, location.href).origin,
    entry,
    language: nearestLanguage(language ?? (document.documentElement.lang || navigator.language)),
    launcher: launcher !== "off",
    customerNumber: (customer ?? new URLSearchParams(location.search).get("customer_number") ?? "").slice(0, 60),
  };
}

function mount(settings: Settings): HuyingWidget {
  let language = settings.language;
  const host = make("div", { id: "huying-widget" });
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];

  const api = new PublicApi(settings.origin, settings.customerNumber);
  const caller = new Caller(api, settings.entry, (progress) => panel.show(progress));
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
    settings.origin,
  );
  const launcher = make("button", { type: "button", class: "launcher", "data-testid": "launcher" });
  launcher.hidden = !settings.launcher;
  launcher.addEventListener("click", begin);
  const backLauncher = make("button", { type: "button", class: "launcher quiet", "data-testid": "back-launcher" });
  backLauncher.hidden = true;
  const label = () => {
    launcher.replaceChildren(icon("phone"), text(language, "launcher"));
    backLauncher.replaceChildren(text(language, "backOffer"));
  };
  label();
  let back: CallbackPanel | null = null;
  void api.callbackQueues(settings.entry).then((queues) => {
    if (queues.length === 0) return;
    back = new CallbackPanel(api, settings.entry, queues, language);
    backLauncher.hidden = false;
    backLauncher.addEventListener("click", () => back?.open());
    root.append(back.element);
  });
  root.append(make("div", { class: "launchers" }, backLauncher, launcher), panel.element);
  document.body.append(host);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-huying-call]")) begin();
  });
  return {
    call: begin,
    setLanguage: (wanted) => {
      language = nearestLanguage(wanted);
      panel.translate(language);
      back?.translate(language);
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
