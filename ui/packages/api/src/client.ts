/**
 * The way to the server, typed by its own description: adds the CSRF header, turns refusals into ApiError, keeps the
 * server's clock. Paths and bodies that the description does not know do not compile.
 */
import createClient, { type Client } from "openapi-fetch";
import { ApiError } from "./errors";
import type { paths } from "./schema";

export type Api = Client<paths>;

export interface ApiOptions {
  readonly baseUrl?: string;
  readonly fetch?: (request: Request) => Promise<Response>;
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

/** The word of the session; inside another company's page it has a cookie of its own. */
const csrfWord = (cookies: string): string => cookieValue(cookies, "huying_csrf") || cookieValue(cookies, "huying_embed_csrf");

export function createApi(options: ApiOptions = {}): Api {
  const cookies = options.cookies ?? (() => document.cookie);
  const api = createClient<paths>({
    baseUrl: options.baseUrl ?? "",
    credentials: "same-origin",
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });
  api.use({
    onRequest({ request }) {
      if (!SAFE.has(request.method)) request.headers.set("X-CSRF-Token", csrfWord(cookies()));
    },
    onResponse({ response, schemaPath }) {
      const date = response.headers.get("Date");
      if (date) options.onClock?.(Date.parse(date) + 500 - Date.now());
      if (response.status === 401 && schemaPath !== "/api/session") options.onSignedOut?.();
    },
    onError({ error, request }) {
      if (request.signal.aborted) return undefined;
      return new ApiError(0, "unreachable", "The server cannot be reached. Check the network and try again.", { cause: String(error) });
    },
  });
  return api;
}

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

interface Refusal {
  readonly error?: { readonly code?: string; readonly message?: string; readonly details?: Record<string, unknown> };
}

/** What the server answered. Throws ApiError when it refused or could not be reached. */
export async function take<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked;
  if (response.ok) return data as T;
  const told = (typeof error === "object" ? (error as Refusal | null)?.error : undefined) ?? {};
  throw new ApiError(response.status, told.code ?? `http-${response.status}`, told.message ?? response.statusText, told.details);
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Only what is set: empty texts and undefined are left out of a query. */
export function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== "")) as Given<T>;
}
