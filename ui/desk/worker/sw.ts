/**
 * The desk's worker. Keeps the shell (the page and the code it begins with) so that the installed desk opens at once and can
 * say itself that the server is away; shows notices of ringing calls and passes what is pressed on them to the desk's window.
 *
 * Answers of the server are never kept: nothing but the page itself, what has a name with its content's hash, and icons.
 * A new version takes over when the last window of the old one is closed.
 */

/** Filled in by the build. */
declare const SHELL: { readonly version: string; readonly files: readonly string[] };

const worker = self as unknown as ServiceWorkerGlobalScope;
const CACHE = `huying-shell-${SHELL.version}`;
const PAGE = "/";
const PAGE_WAIT_MS = 4_000;

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(SHELL.files.map((path) => new Request(path, { cache: "no-cache" })))));
});

worker.addEventListener("activate", (event) => {
  const tidy = async (): Promise<void> => {
    for (const name of await caches.keys()) if (name.startsWith("huying-shell-") && name !== CACHE) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(tidy());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== worker.location.origin) return;
  if (request.mode === "navigate") {
    if (ofDesk(address.pathname)) event.respondWith(page(request));
  } else if (SHELL.files.includes(address.pathname)) {
    event.respondWith(kept(request));
  }
});

/** The desk's own pages; others of this server (the company's site, the API) are none of ours. */
function ofDesk(path: string): boolean {
  return !/^\/(api|public|internal|health|site|phone|assets)(\/|$)/.test(path);
}

/** The newest page where the server answers soon, else the one that is kept. */
async function page(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const fresh = await fetch(request, { signal: AbortSignal.timeout(PAGE_WAIT_MS) });
    if (fresh.status < 500) return fresh;
  } catch {
    // The server is away.
  }
  return (await cache.match(PAGE)) ?? Response.error();
}

async function kept(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, { ignoreVary: true })) ?? fetch(request);
}

// --- notices of ringing calls ---------------------------------------------------------------------------------------------------

interface Notice {
  readonly contactId: string;
  readonly title: string;
  readonly body: string;
  readonly answer: string;
  readonly refuse: string;
}

type Message = { readonly type: "ring"; readonly tag: string; readonly notice: Notice } | { readonly type: "ring-over"; readonly tag: string };

/** One after the other, so that a notice that is to go does not take the next one with it. */
let last: Promise<void> = Promise.resolve();

worker.addEventListener("message", (event) => {
  const message = event.data as Message;
  const from = event.source instanceof Client ? event.source.id : "";
  const next = (): Promise<void> => (message.type === "ring" ? show(message.tag, message.notice, from) : hide(message.tag));
  last = last.then(next, next);
  event.waitUntil(last);
});

async function show(tag: string, notice: Notice, client: string): Promise<void> {
  const actions = [
    ...(notice.answer ? [{ action: "answer", title: notice.answer }] : []),
    { action: "refuse", title: notice.refuse },
  ];
  const options = { body: notice.body, tag, requireInteraction: true, icon: "/icon-192.png", actions, data: { client, contactId: notice.contactId } };
  await worker.registration.showNotification(notice.title, options);
}

async function hide(tag: string): Promise<void> {
  for (const one of await worker.registration.getNotifications({ tag })) one.close();
}

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(pressed(event.action || "open", event.notification.data as { client: string; contactId: string }));
});

async function pressed(action: string, { client, contactId }: { client: string; contactId: string }): Promise<void> {
  const windows = await worker.clients.matchAll({ type: "window" });
  const found = windows.find((it) => it.id === client) ?? windows[0];
  if (!found) {
    await worker.clients.openWindow("/desk");
    return;
  }
  found.postMessage({ type: "notice-action", action, contactId });
  // Who refuses need not be torn out of what he does.
  if (action !== "refuse") await found.focus().catch(() => undefined);
}
