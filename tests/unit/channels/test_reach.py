"""Where calls to a person go, who has the duty telephone, and when the time of a call is up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from huying.admin.calendar.calendar import Calendar, Span
from huying.channels.reach.duty import OnDuty, Roster, Shift, Substitution
from huying.channels.reach.reach import (
    MOST_HOPS,
    USUAL,
    Away,
    Busy,
    Found,
    ReachSettings,
    Ring,
    Seen,
    Target,
    after_ringing,
    at_person,
    reach,
)
from huying.channels.voice.call.limit import Limit, next_step, strictest

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
THERE = Seen(signed_in=True, devices=("browser", "phone"))


class Closed:
    """Never open."""

    def state(self, _at: datetime) -> tuple[bool, str, datetime | None]:
        return False, "hours", None


def looking(**people: tuple[ReachSettings, Seen]) -> object:
    return lambda agent_id: people.get(agent_id, (USUAL, Seen()))


def found(settings: ReachSettings = USUAL, seen: Seen = THERE, **others: tuple[ReachSettings, Seen]) -> Found:
    return reach("a", looking(a=(settings, seen), **others), NOW)  # type: ignore[arg-type]


def test_all_devices_ring_then_the_mailbox() -> None:
    assert found().plan == Ring("a", ("browser", "phone"), 20, Target("mailbox"))
    assert found(ReachSettings(all_devices=False)).plan == Ring("a", ("browser",), 20, Target("mailbox"))


def test_what_counts_first() -> None:
    number = Target("number", number="+8613800138000")
    everything = ReachSettings(always=number, do_not_disturb=True, hours=Closed(), busy=Target("queue", "q"))
    assert found(everything).plan == Away(number)
    assert found(ReachSettings(do_not_disturb=True, hours=Closed())).path[0].why == "do_not_disturb"
    assert found(ReachSettings(hours=Closed(), after_hours=number)).plan == Away(number)
    assert found(USUAL, Seen()).plan == Away(Target("mailbox", "a"))
    assert found(USUAL, Seen(signed_in=True)).path[0].why == "away"
    assert found(ReachSettings(busy=number), Seen(True, ("browser",), contacts=1)).plan == Away(number)


def test_call_waiting_rings_quietly_at_one_device() -> None:
    waiting = ReachSettings(call_waiting=True)
    plan = found(waiting, Seen(True, ("browser", "phone"), contacts=1)).plan
    assert plan == Ring("a", ("browser",), 20, Target("mailbox"), quiet=True)
    assert found(waiting, Seen(True, ("browser",), contacts=2)).path[0].why == "busy"


def test_passed_on_to_a_colleague_who_has_settings_of_his_own() -> None:
    to_b, to_c = (ReachSettings(always=Target("agent", who)) for who in "bc")
    result = found(to_b, b=(to_c, THERE), c=(USUAL, THERE))
    assert isinstance(result.plan, Ring)
    assert [(hop.agent_id, hop.why) for hop in result.path] == [("a", "always"), ("b", "always"), ("c", "rings")]


def test_a_circle_ends() -> None:
    result = found(ReachSettings(always=Target("agent", "b")), b=(ReachSettings(always=Target("agent", "a")), THERE))
    assert (result.plan, result.path[-1].why) == (Busy(), "loop")


def test_after_ringing_in_vain() -> None:
    ring = Ring("a", ("browser",), 20, Target("agent", "b"))
    look = looking(a=(ReachSettings(busy=Target("queue", "q")), THERE), b=(USUAL, THERE))
    passed = after_ringing(ring, "no_answer", look, NOW, ("a",))  # type: ignore[arg-type]
    assert isinstance(passed.plan, Ring)
    assert passed.plan.agent_id == "b"
    assert after_ringing(ring, "refused", look, NOW, ("a",)).plan == Away(Target("queue", "q"))  # type: ignore[arg-type]
    back = Ring("b", ("browser",), 20, Target("agent", "a"))
    assert after_ringing(back, "no_answer", look, NOW, ("a", "b")).plan == Busy()  # type: ignore[arg-type]


TARGETS = (
    st.none()
    | st.builds(Target, st.sampled_from(["number", "queue", "mailbox"]))
    | st.builds(Target, st.just("agent"), st.sampled_from("abcdef"))
)
SETTINGS = st.builds(
    ReachSettings,
    always=TARGETS,
    busy=TARGETS,
    no_answer=TARGETS,
    after_hours=TARGETS,
    not_disturbed=TARGETS,
    hours=st.sampled_from([None, Closed()]),
    do_not_disturb=st.booleans(),
    call_waiting=st.booleans(),
)
SEEN = st.builds(Seen, st.booleans(), st.sampled_from([(), ("one",), ("one", "two")]), st.integers(0, 3), st.booleans())


@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(SETTINGS, SEEN)))
def test_every_call_to_a_person_gets_somewhere(people: dict[str, tuple[ReachSettings, Seen]]) -> None:
    look = looking(**people)
    passed: tuple[str, ...] = ()
    result = reach("a", look, NOW)  # type: ignore[arg-type]
    for _ in range(MOST_HOPS + 2):
        ids = [hop.agent_id for hop in result.path if hop.why not in ("loop", "no_answer", "busy")]
        assert len(ids) == len(set(ids))
        assert len(result.path) <= MOST_HOPS + 2
        if not isinstance(result.plan, Ring):
            break
        seen = people[result.plan.agent_id][1]
        assert seen.signed_in
        assert set(result.plan.devices) <= set(seen.devices)
        assert result.plan.devices
        passed = tuple(dict.fromkeys((*passed, *(hop.agent_id for hop in result.path))))
        result = after_ringing(result.plan, "no_answer", look, NOW, passed)  # type: ignore[arg-type]
    assert isinstance(result.plan, Away | Busy)
    if isinstance(result.plan, Away) and result.plan.target.kind == "mailbox":
        assert result.plan.target.id, "a mailbox belongs to somebody"


@given(SETTINGS, SEEN)
def test_nobody_is_rung_who_does_not_want_it(settings: ReachSettings, seen: Seen) -> None:
    why, target = at_person(settings, seen, NOW)
    if settings.do_not_disturb or settings.always or settings.hours:
        assert target is not None
    assert (target is None) == (why in ("rings", "call_waiting"))


# --- the duty telephone ------------------------------------------------------------------------------------------------------

ZONE = ZoneInfo("Asia/Shanghai")
LI, WANG, GATE = OnDuty("agent", "li"), OnDuty("number", number="+8613800138000"), OnDuty("number", number="+861088886666")
NIGHTS = Calendar(ZONE, tuple((Span(18 * 60, 32 * 60),) for _ in range(7)))


def test_shifts_substitutions_and_whoever_has_it_otherwise() -> None:
    day = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)
    roster = Roster("r", "night", (Shift(NIGHTS, (LI, WANG)),), (Substitution(day, day + timedelta(days=1), (WANG,)),), (GATE,))
    assert roster.people(day - timedelta(hours=1)) == ((GATE,), "otherwise")
    assert roster.people(day - timedelta(hours=6)) == ((LI, WANG, GATE), "shift"), "in the night that began the day before"
    assert roster.people(day + timedelta(hours=10)) == ((WANG, GATE), "substitution")
    assert Roster("r", "empty").people(day) == ((), "otherwise")


# --- time limits ---------------------------------------------------------------------------------------------------------------


def test_a_tone_before_the_end() -> None:
    limit, begin = Limit(600, 60), NOW
    first = next_step(limit, begin, begin)
    assert first
    assert (first.what, first.seconds) == ("warn", 540)
    second = next_step(limit, begin, begin + timedelta(seconds=540), warned=True)
    assert second
    assert (second.what, second.seconds) == ("end", 60)
    late = next_step(limit, begin, begin + timedelta(seconds=580))
    assert late
    assert late.what == "end", "after a restart no tone that comes too late"
    assert next_step(Limit(), begin, begin) is None
    assert strictest(Limit(), Limit(600), Limit(60)) == Limit(60)


@given(st.integers(1, 7200), st.integers(0, 300), st.floats(0, 9000))
def test_the_end_comes_whatever_was_missed(seconds: int, warn: int, asked: float) -> None:
    now, steps = NOW + timedelta(seconds=asked), 0
    warned = False
    while (step := next_step(Limit(seconds, warn), NOW, now, warned=warned)) and step.what == "warn":
        now, warned, steps = now + timedelta(seconds=step.seconds), True, steps + 1
        assert steps == 1
    assert step
    ends = max(NOW + timedelta(seconds=asked), NOW + timedelta(seconds=seconds))
    assert abs((now + timedelta(seconds=step.seconds) - ends).total_seconds()) < 0.001
