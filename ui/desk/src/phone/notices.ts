/** Notifications of ringing calls while nobody looks at the desk, through the service worker so that they can be answered there. */

export interface RingNotice {
  readonly contactId: string;
  readonly title: string;
  readonly body: string;
  readonly answer: string;
  readonly refuse: string;
}

export type NoticeAction = "open" | "answer" | "refuse";

const TAG = "huying-call";

export const unwatched = (): boolean => document.visibilityState === "hidden" || !document.hasFocus();

export function noticesAllowed(): boolean {
  return "Notification" in window && Notification.permission === "granted";
}

/** Ask once whether notifications may be shown; needs a press of the person. */
export function askForNotifications(): void {
  if ("Notification" in window && Notification.permission === "default") void Notification.requestPermission();
}

const worker = (): ServiceWorker | null => ("serviceWorker" in navigator ? navigator.serviceWorker.controller : null);

/** Show it; the returned function takes it away. */
export function showNotice(notice: RingNotice): () => void {
  if (!noticesAllowed()) return () => undefined;
  const through = worker();
  if (through) {
    through.postMessage({ type: "ring", tag: TAG, notice });
    return () => through.postMessage({ type: "ring-over", tag: TAG });
  }
  const plain = new Notification(notice.title, { body: notice.body, tag: TAG, requireInteraction: true });
  plain.onclick = () => {
    window.focus();
    plain.close();
  };
  return () => plain.close();
}

/** What was pressed on a notice of this window. */
export function onNoticeAction(hear: (action: NoticeAction, contactId: string) => void): () => void {
  if (!("serviceWorker" in navigator)) return () => undefined;
  const listener = (event: MessageEvent<{ type?: string; action?: NoticeAction; contactId?: string }>): void => {
    if (event.data.type === "notice-action" && event.data.action) hear(event.data.action, event.data.contactId ?? "");
  };
  navigator.serviceWorker.addEventListener("message", listener);
  return () => navigator.serviceWorker.removeEventListener("message", listener);
}
