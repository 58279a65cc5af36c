"""One ring at several devices, one permanent line, and the settings put together: pure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from huying.channels.devices.settings import DeviceRules, PartialSettings, WorkSettings, together
from huying.channels.voice.devices import line as lines
from huying.channels.voice.devices import ringing
from huying.channels.voice.devices.choice import Choice, Choices, Device
from huying.telephony.port import EndCause, LegAnswered, LegEnded, LegRinging

PHONE, BROWSER = Device("p1", "phone"), Device("b1", "browser")
NUMBER = Device("n1", "number", "013800138000", "line", "4008005678")


def told(step: ringing.Step | lines.Step) -> list[object]:
    return [deed.event for deed in step[1] if isinstance(deed, ringing.Tell | lines.Tell)]


def ring(*devices: Device) -> ringing.Ring:
    return ringing.begin("x", devices)


# --- several devices --------------------------------------------------------------------------------------------------------------


def test_the_first_answer_wins_and_the_others_show_no_missed_call() -> None:
    step = ringing.answered(ring(PHONE, BROWSER), "x~2")
    assert told(step) == [LegAnswered("x")]
    assert ringing.Stop("x~1", EndCause.ANSWERED_ELSEWHERE) in step[1]
    assert step[0].winner and step[0].winner.device == BROWSER
    late = ringing.answered(step[0], "x~1")
    assert told(late) == []


def test_the_call_hears_once_that_it_rings() -> None:
    first = ringing.rings(ring(PHONE, BROWSER), "x~1")
    assert told(first) == [LegRinging("x")]
    assert told(ringing.rings(first[0], "x~2")) == []


def test_who_refuses_at_one_device_refuses() -> None:
    step = ringing.ended(ring(PHONE, BROWSER), "x~1", EndCause.REFUSED, True)
    assert told(step) == [LegEnded("x", EndCause.REFUSED, True)]
    assert ringing.Stop("x~2", EndCause.REFUSED) in step[1]


def test_a_device_that_cannot_be_reached_harms_no_other() -> None:
    step = ringing.ended(ring(PHONE, BROWSER), "x~1", EndCause.UNREACHABLE, False)
    assert told(step) == []
    last = ringing.ended(step[0], "x~2", EndCause.NO_ANSWER, False)
    assert told(last) == [LegEnded("x", EndCause.NO_ANSWER, False)]


def test_a_number_counts_as_answered_after_key_1() -> None:
    asked = ringing.answered(ring(NUMBER), "x~1")
    assert asked[1] == [ringing.Ask("x~1")]
    assert told(ringing.pressed(asked[0], "x~1", "7")) == []
    assert told(ringing.pressed(asked[0], "x~1", "1")) == [LegAnswered("x")]
    assert told(ringing.pressed(asked[0], "x~1", "2")) == [LegEnded("x", EndCause.REFUSED, True)]
    assert told(ringing.overdue(asked[0])) == [LegEnded("x", EndCause.NO_ANSWER, False)]
    assert told(ringing.ended(asked[0], "x~1", EndCause.NORMAL, True)) == [LegEnded("x", EndCause.NO_ANSWER, True)]


def test_while_a_number_is_asked_another_device_may_win() -> None:
    asked, _ = ringing.answered(ring(NUMBER, PHONE), "x~1")
    step = ringing.answered(asked, "x~2")
    assert told(step) == [LegAnswered("x")]
    assert ringing.Stop("x~1", EndCause.ANSWERED_ELSEWHERE) in step[1]
    assert told(ringing.pressed(step[0], "x~1", "1")) == []


DEVICES = st.lists(st.sampled_from([PHONE, BROWSER, NUMBER]), min_size=1, max_size=4)
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["rings", "answered", "1", "2", "ended", "given_up", "overdue"]), st.integers(1, 4), st.sampled_from(EndCause)
    ),
    max_size=20,
)


@given(DEVICES, EVENTS)
def test_whatever_happens_the_call_hears_of_one_life(devices: list[Device], events: list[tuple[str, int, EndCause]]) -> None:
    now, heard = ringing.begin("x", devices), []
    for what, number, cause in events:
        leg = f"x~{number}"
        match what:
            case "rings":
                step = ringing.rings(now, leg)
            case "answered":
                step = ringing.answered(now, leg)
            case "1" | "2":
                step = ringing.pressed(now, leg, what)
            case "ended":
                step = ringing.ended(now, leg, cause, True)
            case "given_up":
                step = ringing.given_up(now, cause)
            case _:
                step = ringing.overdue(now)
        now, heard = step[0], [*heard, *told(step)]
        if any(isinstance(event, LegEnded) for event in heard):
            break
    kinds = [type(event) for event in heard]
    assert kinds.count(LegAnswered) <= 1
    assert kinds.count(LegRinging) <= 1
    assert LegEnded not in kinds or kinds.index(LegEnded) == len(kinds) - 1
    assert sum(member.state is ringing.State.WON for member in now.members) <= 1


# --- a permanent line -------------------------------------------------------------------------------------------------------------


def up(device: Device = PHONE) -> lines.Line:
    line, _ = lines.answered(lines.Line("agent", "line~agent~1", device))
    return lines.pressed(line, "1")[0] if device.asks else line


def test_a_beep_announces_the_call_and_then_it_is_answered() -> None:
    line = up()
    assert line.up
    called, deeds = lines.rung(line, "x")
    assert [type(deed) for deed in deeds] == [lines.Quiet, lines.Label, lines.Tell, lines.Say]
    assert deeds[-1] == lines.Say("beep")
    talking = lines.played(called)
    assert told(talking) == [LegAnswered("x")]
    idle, deeds = lines.released(talking[0], "x")
    assert deeds[-1] == lines.Hush()
    assert idle.up
    assert LegEnded("x", EndCause.NORMAL, False) in told((idle, deeds))
    assert lines.HangUp() not in deeds


def test_who_hangs_the_line_up_ends_the_call_and_leaves() -> None:
    line, _ = lines.rung(up(), "x")
    step = lines.ended(lines.played(line)[0], by_far_end=True)
    assert told(step) == [LegEnded("x", EndCause.NORMAL, True)]
    assert step[1][-1] == lines.Closed(by_far_end=True)


def test_a_line_that_is_closed_goes_on_to_the_end_of_its_call() -> None:
    line, _ = lines.rung(up(), "x")
    closing, deeds = lines.close(lines.played(line)[0])
    assert deeds == []
    assert lines.HangUp() in lines.released(closing, "x")[1]
    assert lines.close(up())[1] == [lines.HangUp()]
    assert lines.ended(lines.close(up())[0], by_far_end=False)[1] == [lines.Closed(by_far_end=False)]


def test_a_number_keeps_its_line_up_by_a_key() -> None:
    asked, deeds = lines.answered(lines.Line("agent", "line~agent~1", NUMBER))
    assert deeds == [lines.Say("keep_line")]
    assert not asked.up
    assert lines.pressed(asked, "1")[0].up
    assert lines.HangUp() in lines.pressed(asked, "2")[1]


def test_a_used_line_takes_no_second_call_but_gives_the_agent_back_to_his_own() -> None:
    used, _ = lines.played(lines.rung(up(), "x")[0])
    assert told(lines.rung(used, "y")) == [LegEnded("y", EndCause.BUSY, False)]
    again = lines.rung(used, "y", again=True)
    assert told(again) == [LegAnswered("y")]
    assert lines.released(again[0], "x") == (again[0], [])


# --- who can be reached, and settings ------------------------------------------------------------------------------------------------


def test_an_agent_is_reachable_at_any_of_his_devices() -> None:
    owners = {"p1": "a", "b1": "a", "n1": "a", "z": "other"}
    choices = Choices({"a": Choice("a", (BROWSER, PHONE))}, owners)
    assert choices.reachable(frozenset({"p1", "z"}), frozenset()) == {"p1", "b1", "z"}
    assert choices.reachable(frozenset({"z"}), frozenset()) == {"z"}
    assert Choices({"a": Choice("a", (NUMBER,))}, owners).reachable(frozenset(), frozenset()) == {"n1"}
    permanent = Choices({"a": Choice("a", (PHONE,), permanent=True)}, owners)
    assert permanent.reachable(frozenset({"p1"}), frozenset()) == frozenset()
    assert permanent.reachable(frozenset({"p1"}), frozenset({"a"})) == {"p1"}


def test_the_narrower_setting_goes_first() -> None:
    own, group = PartialSettings(answer_seconds=0), PartialSettings(answer_seconds=5, after_call_seconds=20)
    assert together([own, group]) == WorkSettings(answer_seconds=0, after_call_seconds=20)
    assert together([]) == WorkSettings()


def test_numbers_that_may_be_devices() -> None:
    rules = DeviceRules(allowed_prefixes=("+86",), denied_prefixes=("+861258",))
    assert rules.allows_number("+8613800138000")
    assert not rules.allows_number("+861258000000")
    assert not rules.allows_number("+441212345678")
