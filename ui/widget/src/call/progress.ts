/**
 * Decides what the visitor is shown, from what the telephone and the centre say. Pure.
 *
 * Two sources tell of the same call: the telephone knows whether it stands, the centre knows where in the house it is.
 * The telephone begins and normally ends it; the centre's word decides between menu, queue and conversation, and ends it when
 * the telephone's link was broken just then. Once ended, nothing brings a call back.
 */

export type Problem =
  | "denied"
  | "missing"
  | "busy-microphone"
  | "insecure"
  | "unsupported"
  | "unreachable"
  | "busy"
  | "too-many"
  | "closed"
  | "sound-lost";

export type Stage = "idle" | "asking" | "connecting" | "menu" | "waiting" | "talking" | "ended" | "failed";

/** Finer than the stage: what exactly to say in it. */
export type Detail = "" | "ringing" | "holding" | "rejoining" | "by-self" | "lost";

export interface Progress {
  readonly stage: Stage;
  readonly detail: Detail;
  readonly problem: Problem | null;
  /** Counts from 1 while waiting, 0 when not known. */
  readonly place: number;
  readonly establishedAt: number | null;
  readonly endedAt: number | null;
  readonly muted: boolean;
  readonly linkDown: boolean;
  readonly soundBlocked: boolean;
  /** Path of the page that the agent sent last; empty while there is none. It stays when the call is over. */
  readonly article: string;
}

export type News =
  | { readonly type: "begin" }
  | { readonly type: "microphone-ready" }
  | { readonly type: "established" }
  | { readonly type: "reported"; readonly state: string; readonly place: number; readonly cause: string; readonly article?: string }
  | { readonly type: "hung-up" }
  | { readonly type: "ended" }
  | { readonly type: "failed"; readonly problem: Problem }
  | { readonly type: "muted"; readonly muted: boolean }
  | { readonly type: "link"; readonly up: boolean }
  | { readonly type: "sound"; readonly blocked: boolean };

export const idle: Progress = {
  stage: "idle",
  detail: "",
  problem: null,
  place: 0,
  establishedAt: null,
  endedAt: null,
  muted: false,
  linkDown: false,
  soundBlocked: false,
  article: "",
};

const STAGES: Readonly<Record<string, { stage: Stage; detail: Detail }>> = {
  in_flow: { stage: "menu", detail: "" },
  waiting: { stage: "waiting", detail: "" },
  ringing: { stage: "waiting", detail: "ringing" },
  talking: { stage: "talking", detail: "" },
  holding: { stage: "talking", detail: "holding" },
  lost_agent: { stage: "waiting", detail: "rejoining" },
};

/** Whether a call is on or coming about. */
export function isActive(progress: Progress): boolean {
  return !["idle", "ended", "failed"].includes(progress.stage);
}

/** Take one piece of news at `now` (milliseconds since 1970). */
export function advance(progress: Progress, news: News, now: number): Progress {
  if (news.type === "begin") return isActive(progress) ? progress : { ...idle, stage: "asking" };
  if (!isActive(progress)) return progress;
  switch (news.type) {
    case "microphone-ready":
      return progress.stage === "asking" ? { ...progress, stage: "connecting" } : progress;
    case "established":
      return progress.establishedAt === null ? { ...progress, stage: "menu", establishedAt: now } : progress;
    case "reported":
      return reported(progress, news, now);
    case "hung-up":
      return ended(progress, "by-self", now);
    case "ended":
      return progress.establishedAt === null ? failed(progress, "busy", now) : ended(progress, "", now);
    case "failed":
      return failed(progress, news.problem, now);
    case "muted":
      return { ...progress, muted: news.muted };
    case "link":
      return { ...progress, linkDown: !news.up };
    case "sound":
      return { ...progress, soundBlocked: news.blocked };
  }
}

function reported(before: Progress, news: { state: string; place: number; cause: string; article?: string }, now: number): Progress {
  const progress = news.article ? { ...before, article: news.article } : before;
  if (news.state === "ended") return ended(progress, news.cause === "engine_lost" ? "lost" : "", now);
  const known = STAGES[news.state];
  if (!known || progress.establishedAt === null) return progress;
  return { ...progress, ...known, place: known.stage === "waiting" ? news.place : 0 };
}

function ended(progress: Progress, detail: Detail, now: number): Progress {
  return { ...progress, stage: "ended", detail, place: 0, endedAt: now, linkDown: false, soundBlocked: false };
}

function failed(progress: Progress, problem: Problem, now: number): Progress {
  return { ...progress, stage: "failed", detail: "", problem, place: 0, endedAt: now, linkDown: false, soundBlocked: false };
}
