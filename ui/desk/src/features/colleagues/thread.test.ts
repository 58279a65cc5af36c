import type { ColleagueMessage, Room } from "@huying/api";
import { describe, expect, it } from "vitest";
import { mentionsIn, merged, missing, reached, stillOut, type Outgoing } from "./thread";

const message = (number: number, text = ""): ColleagueMessage => ({ message_id: `m${number}`, number, text }) as ColleagueMessage;
const room = (last_number: number, people: readonly (readonly [string, number, number])[] = []): Room =>
  ({ last_number, last: message(last_number), people: people.map(([person_id, delivered, read]) => ({ person_id, delivered, read })) }) as unknown as Room;

describe("a thread", () => {
  it("has each message once, in order, whatever comes twice or late", () => {
    const known = merged([message(1), message(2, "old")], [message(4), message(2, "erased"), message(3)]);
    expect(known.map((it) => it.number)).toEqual([1, 2, 3, 4]);
    expect(known[1]?.text).toBe("erased");
  });

  it("takes the message the feed brought, and reads what is missing after a break", () => {
    expect(missing([message(1)], room(1))).toEqual({ kind: "nothing" });
    expect(missing([message(1)], room(2))).toMatchObject({ kind: "take", message: { number: 2 } });
    expect(missing([message(1)], room(5))).toEqual({ kind: "read", after: 1 });
  });

  it("keeps what is on its way until it has come back", () => {
    const out = [{ message_id: "m2" }, { message_id: "m9" }] as Outgoing[];
    expect(stillOut(out, [message(1), message(2)]).map((it) => it.message_id)).toEqual(["m9"]);
  });

  it("says how far a message has come", () => {
    expect(reached(2, room(2, [["me", 2, 2], ["a", 2, 2], ["b", 2, 1]]), "me")).toEqual({ state: "delivered", read: 1, of: 2 });
    expect(reached(2, room(2, [["me", 2, 2], ["a", 2, 2]]), "me").state).toBe("read");
    expect(reached(2, room(2, [["me", 2, 2], ["a", 1, 1]]), "me").state).toBe("sent");
    expect(reached(2, room(2, [["me", 2, 2]]), "me").state).toBe("sent");
  });

  it("finds who is mentioned", () => {
    expect(mentionsIn("@王伟 你看一下", [{ person_id: "w", name: "王伟" }, { person_id: "l", name: "李" }])).toEqual(["w"]);
  });
});
