/** The desk as an application of the desktop: its worker, and the offer to install it. */
interface InstallPrompt extends Event {
  prompt(): Promise<void>;
}

let offer: InstallPrompt | null = null;
const listeners = new Set<() => void>();

const tell = (): void => {
  for (const listener of listeners) listener();
};

/** Register the worker that keeps the shell and shows notices; pages that are not secure have none. */
export function startWorker(): void {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  void navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" }).catch(() => undefined);
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event as InstallPrompt;
    tell();
  });
  window.addEventListener("appinstalled", () => {
    offer = null;
    tell();
  });
}

export const installable = (): boolean => offer !== null;

export function onInstallable(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Ask the browser to install; needs a press of the person. */
export async function install(): Promise<void> {
  await offer?.prompt();
}
