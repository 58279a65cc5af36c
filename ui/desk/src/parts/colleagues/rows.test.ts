import type { Notice, Room } from "@huying/api";
import { describe, expect, it } from "vitest";
import { colleagueRows, onTheDesk, presenceOf } from "./rows";

const room = (room_id: string, at: string | null, unread = 0): Room =>
  ({ room_id, kind: "direct", name: "", people: [], last_number: 1, read: 0, unread, mentions: 0, last: at ? { at } : null }) as unknown as Room;
const notice = (change: Partial<Notice>): Notice =>
  ({ notice_id: "n", importance: "normal", made_at: "2026-11-22T01:00:00Z", ends_at: "2026-11-22T03:00:00Z", read_at: null, confirmed_at: null, ...change }) as Notice;
const AT_TWO = Date.parse("2026-11-22T02:00:00Z");

describe("rows of colleagues", () => {
  it("puts the last used room first and counts what is unread", () => {
    const rows = colleagueRows({ "room:a": room("a", null), "room:b": room("b", "2026-11-22T01:00:00Z", 2), "room:c": room("c", "2026-11-22T02:00:00Z", 1) });
    expect(rows.rooms.map((it) => it.room_id)).toEqual(["c", "b", "a"]);
    expect(rows.unread).toBe(3);
  });

  it("keeps a notice on the desk until it is read, or confirmed where it must be, or over", () => {
    expect(onTheDesk(notice({}), AT_TWO)).toBe(true);
    expect(onTheDesk(notice({ read_at: "x" }), AT_TWO)).toBe(false);
    expect(onTheDesk(notice({ importance: "confirm", read_at: "x" }), AT_TWO)).toBe(true);
    expect(onTheDesk(notice({ importance: "confirm", confirmed_at: "x" }), AT_TWO)).toBe(false);
    expect(onTheDesk(notice({}), AT_TWO + 3_600_001)).toBe(false);
  });

  it("knows nothing of who is not there", () => {
    expect(presenceOf({ p: { person_id: "a", presence: "busy" } }, "p")).toBe("busy");
    expect(presenceOf({}, "p")).toBe("away");
  });
});
