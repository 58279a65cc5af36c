import { describe, expect, it } from "vitest";
import { cookieValue, createApi, given, take } from "./client";
import type { ApiError } from "./errors";

const answering = (status: number, body: unknown, asked: Request[] = []) => {
  const fetch = (request: Request): Promise<Response> => {
    asked.push(request);
    return Promise.resolve(status === 204 ? new Response(null, { status }) : Response.json(body, { status, headers: { Date: "Sat, 21 Nov 2026 12:00:00 GMT" } }));
  };
  return fetch;
};
const base = { baseUrl: "http://desk.test", cookies: () => "a=1; huying_csrf=t%3D9" };

describe("the API's client", () => {
  it("sends the CSRF header with what changes something, and only then", async () => {
    const asked: Request[] = [];
    const api = createApi({ ...base, fetch: answering(204, null, asked) });
    await take(api.POST("/api/desk/status", { body: { status: "ready", reason: "" } }));
    await take(api.GET("/api/queues"));
    expect(asked.map((it) => it.headers.get("X-CSRF-Token"))).toEqual(["t=9", null]);
    expect(await asked[0]?.json()).toEqual({ status: "ready", reason: "" });
  });

  it("throws what the server refused", async () => {
    const api = createApi({ ...base, fetch: answering(409, { error: { code: "number-taken", message: "Taken.", details: { number: "1" } } }) });
    const error = await take(api.GET("/api/queues")).catch((reason: unknown) => reason as ApiError);
    expect(error).toMatchObject({ status: 409, code: "number-taken", message: "Taken.", details: { number: "1" } });
  });

  it("says that the session is over, except when it was asked for", async () => {
    let over = 0;
    const api = createApi({ ...base, fetch: answering(401, {}), onSignedOut: () => over++ });
    await take(api.GET("/api/session")).catch(() => undefined);
    expect(over).toBe(0);
    await take(api.GET("/api/queues")).catch(() => undefined);
    expect(over).toBe(1);
  });

  it("tells a dead network from a refusal", async () => {
    const api = createApi({ ...base, fetch: () => Promise.reject(new TypeError("Failed to fetch")) });
    expect(await take(api.GET("/api/queues")).catch((reason: unknown) => reason)).toMatchObject({ status: 0, code: "unreachable" });
  });

  it("learns the server's clock", async () => {
    let offset = 0;
    await take(createApi({ ...base, fetch: answering(200, {}), onClock: (ms) => (offset = ms) }).GET("/api/queues"));
    expect(Math.abs(Date.parse("2026-11-21T12:00:00.5Z") - Date.now() - offset)).toBeLessThan(2000);
  });

  it("reads cookies and leaves out what is not set", () => {
    expect(cookieValue("a=1; b=x=y", "b")).toBe("x=y");
    expect(cookieValue("", "b")).toBe("");
    expect(given({ a: "", b: undefined, c: 0, d: "x" })).toEqual({ c: 0, d: "x" });
  });
});
