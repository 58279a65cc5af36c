/** The requests a visitor's page makes. Translates HTTP into what the visitor is told. */

import type { Problem } from "./progress";

export interface WebCall {
  readonly ws_path: string;
  readonly token: string;
  readonly account: string;
  readonly secret: string;
  readonly target: string;
  readonly domain: string;
  readonly ice_servers: readonly RTCIceServer[];
  readonly call_id: string;
}

export interface CallReport {
  readonly state: string;
  readonly place: number;
  readonly ended_cause: string;
  /** Path of the page that the agent sent last. */
  readonly article: string;
}

/** A queue from which the centre calls back. */
export interface CallbackQueue {
  readonly id: string;
  readonly name: Readonly<Record<string, string>>;
}

export interface CallbackWish {
  readonly entry: string;
  readonly queue_id: string;
  readonly number: string;
  readonly name: string;
  readonly language: string;
  /** ISO with offset; null for as soon as possible. */
  readonly at: string | null;
}

export type CallbackAnswer = "done" | "booked" | "passed" | "far" | "closed" | "not-allowed" | "already" | "too-many" | "failed";

export class CallRefused extends Error {
  constructor(readonly problem: Problem) {
    super(problem);
    this.name = "CallRefused";
  }
}

const ANSWERS: Readonly<Record<number, CallbackAnswer>> = { 403: "not-allowed", 409: "already", 422: "not-allowed", 429: "too-many" };
const TIMES: Readonly<Record<string, CallbackAnswer>> = { "time-passed": "passed", "time-too-far": "far", "closed-then": "closed" };
const PROBLEMS: Readonly<Record<number, Problem>> = { 404: "closed", 429: "too-many", 409: "busy" };

export class PublicApi {
  /** `origin`: where the centre is, such as `https://centre.example`; `customerNumber`: who the page says its visitor is. */
  constructor(
    readonly origin: string,
    private readonly customerNumber = "",
  ) {}

  /** Ask for a one-time telephone account. Throws CallRefused. */
  async begin(entry: string, language: string): Promise<WebCall> {
    const response = await this.send("/public/web-calls", { method: "POST", body: JSON.stringify({ entry, language, customer_number: this.customerNumber }) });
    if (!response) throw new CallRefused("unreachable");
    if (!response.ok) throw new CallRefused(PROBLEMS[response.status] ?? "unreachable");
    return (await response.json()) as WebCall;
  }

  /** From which queues visitors of this entry can be called back; none while that cannot be learnt. */
  async callbackQueues(entry: string): Promise<readonly CallbackQueue[]> {
    const response = await this.send(`/public/entries/${encodeURIComponent(entry)}`, {});
    if (!response?.ok) return [];
    return ((await response.json()) as { callback_queues?: readonly CallbackQueue[] }).callback_queues ?? [];
  }

  /** Ask to be called back. */
  async askForCallback(wish: CallbackWish): Promise<CallbackAnswer> {
    const response = await this.send("/public/callbacks", { method: "POST", body: JSON.stringify(wish) });
    if (response?.ok) return wish.at ? "booked" : "done";
    const told = (await response?.json().catch(() => null)) as { error?: { code?: string } } | null;
    return TIMES[told?.error?.code ?? ""] ?? ANSWERS[response?.status ?? 0] ?? "failed";
  }

  /** How the call stands at the centre; null when that cannot be learnt now, `gone` when the centre does not know it any more. */
  async report(call: WebCall): Promise<CallReport | "gone" | null> {
    const response = await this.send(this.path(call), { headers: tokenOf(call) });
    if (response?.status === 404 || response?.status === 410) return "gone";
    if (!response?.ok) return null;
    const body = (await response.json()) as Partial<CallReport>;
    return { state: body.state ?? "new", place: body.place ?? 0, ended_cause: body.ended_cause ?? "", article: body.article ?? "" };
  }

  /** Hang up at the centre, for when the telephone itself cannot say so. Works while the page goes away. */
  async hangUp(call: WebCall): Promise<void> {
    await this.send(`${this.path(call)}/hang-up`, { method: "POST", keepalive: true, headers: tokenOf(call) });
  }

  /** Address of the telephone's WebSocket. */
  socketUrl(call: WebCall): string {
    const url = new URL(call.ws_path, this.origin);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    url.searchParams.set("token", call.token);
    return url.href;
  }

  private path(call: WebCall): string {
    return `/public/web-calls/${encodeURIComponent(call.call_id)}`;
  }

  private async send(path: string, request: RequestInit): Promise<Response | null> {
    const headers = new Headers(request.headers);
    if (request.body) headers.set("Content-Type", "application/json");
    try {
      return await fetch(new URL(path, this.origin), { ...request, headers, credentials: "omit", cache: "no-store" });
    } catch {
      return null;
    }
  }
}

function tokenOf(call: WebCall): Record<string, string> {
  return { Authorization: `Bearer ${call.token}` };
}
