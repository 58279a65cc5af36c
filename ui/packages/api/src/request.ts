/** JSON over HTTP with the session's cookies: adds the CSRF header, turns refusals into ApiError, keeps the server's clock. */
import { ApiError } from "./errors";

export interface Requester {
  <T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T>;
}

export interface RequesterOptions {
  readonly fetch?: typeof fetch;
  readonly cookies?: () => string;
  /** Called with (server time - own time) in milliseconds after each answer that says the server's time. */
  readonly onClock?: (offsetMs: number) => void;
  readonly onSignedOut?: () => void;
}

const SAFE = new Set(["GET", "HEAD"]);

/** The value of a cookie, or an empty text. */
export function cookieValue(cookies: string, name: string): string {
  for (const part of cookies.split(";")) {
    const [key, ...rest] = part.trim().split("=");
    if (key === name) return decodeURIComponent(rest.join("="));
  }
  return "";
}

interface Refusal {
  readonly error?: { readonly code?: string; readonly message?: string; readonly details?: Record<string, unknown> };
}

async function refusalOf(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as Refusal;
  return new ApiError(response.status, body.error?.code ?? `http-${response.status}`, body.error?.message ?? response.statusText, body.error?.details);
}

export function createRequester(options: RequesterOptions = {}): Requester {
  const send = options.fetch ?? ((input: RequestInfo | URL, init?: RequestInit) => fetch(input, init));
  const cookies = options.cookies ?? (() => document.cookie);
  return async function request<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (!SAFE.has(method)) headers["X-CSRF-Token"] = cookieValue(cookies(), "huying_csrf");
    const init: RequestInit = { method, headers, credentials: "same-origin" };
    if (body !== undefined) init.body = JSON.stringify(body);
    if (signal) init.signal = signal;
    const response = await send(path, init).catch((reason: unknown) => {
      if (signal?.aborted) throw reason;
      throw new ApiError(0, "unreachable", "The server cannot be reached. Check the network and try again.");
    });
    const date = response.headers.get("Date");
    if (date) options.onClock?.(Date.parse(date) + 500 - Date.now());
    if (!response.ok) {
      if (response.status === 401 && path !== "/api/session") options.onSignedOut?.();
      throw await refusalOf(response);
    }
    const text = await response.text();
    return (text ? JSON.parse(text) : undefined) as T;
  };
}
