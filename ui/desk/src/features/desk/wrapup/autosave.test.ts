import { ApiError } from "@huying/api";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AGAIN_MS, Autosave, QUIET_MS } from "./autosave";
import type { Draft } from "./draft";

const draft = (note: string): Draft => ({ disposition: "", note });
let written: Draft | null;
let answers: (Error | null)[];
let sent: string[];
let autosave: Autosave;

beforeEach(() => {
  vi.useFakeTimers();
  written = null;
  answers = [];
  sent = [];
  autosave = new Autosave({
    read: () => written,
    save: (_, { note }) => {
      sent.push(note);
      const answer = answers.shift();
      return answer ? Promise.reject(answer) : Promise.resolve();
    },
    onSaved: (_, saved) => {
      if (written?.note === saved.note) written = null;
    },
  });
});
afterEach(() => vi.useRealTimers());

const write = (note: string): void => {
  written = draft(note);
  autosave.written("c");
};

describe("drafts", () => {
  it("are saved once nothing was written for a while", async () => {
    write("a");
    await vi.advanceTimersByTimeAsync(QUIET_MS - 1);
    write("ab");
    await vi.advanceTimersByTimeAsync(QUIET_MS - 1);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual(["ab"]);
  });

  it("are saved when the server is there again", async () => {
    answers = [new ApiError(0, "unreachable", ""), new ApiError(503, "unavailable", "")];
    write("a");
    await vi.advanceTimersByTimeAsync(QUIET_MS + AGAIN_MS);
    expect(sent).toEqual(["a", "a"]);
    autosave.hurry();
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual(["a", "a", "a"]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(3);
    expect(written).toBeNull();
  });

  it("are not sent again once they are refused, or were saved by a press", async () => {
    answers = [new ApiError(404, "not-found", "")];
    write("a");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual(["a"]);
    write("b");
    written = null;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual(["a"]);
  });
});
