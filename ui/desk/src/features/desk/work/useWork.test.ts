import type { Task } from "@huying/api";
import { describe, expect, it } from "vitest";
import { dueReminders } from "./useWork";

const task = (remind_at: string | null): Task => ({ remind_at }) as Task;

describe("reminders", () => {
  it("are due from their time on", () => {
    const now = Date.parse("2026-03-02T08:00:00Z");
    const tasks = [task("2026-03-02T08:00:00Z"), task("2026-03-02T08:00:01Z"), task(null)];
    expect(dueReminders(tasks, now)).toEqual([tasks[0]]);
  });
});
