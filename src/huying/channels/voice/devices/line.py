"""One permanent line of an agent. Pure: what happened to it in, the line and what is to be done out.

The line is put up when the agent begins to work and stays between calls. A call that rings the agent is announced by a beep and then
counts as answered; when the call lets its leg go, the line is idle again. Whoever hangs the line up leaves: the call that was on it is
told so, and the agent cannot be reached until the line is put up anew.

An idle line is sent silence by the engine itself, until the next sound: its telephone sees a living call, and nothing must be renewed or
stopped, whatever becomes of us. It is not played silence, because the engine labels a leg only when what is played to it has ended, and
answers nobody meanwhile. For the same reason whatever is played stops before the line is labelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from huying.channels.voice.devices.choice import Device
from huying.channels.voice.devices.ringing import ACCEPT, REFUSE
from huying.telephony.port import EndCause, LegAnswered, LegEnded, LegRinging

IDLE_LABEL = "idle"


class State(StrEnum):
    """Of a line."""

    DIALLED = "dialled"
    ASKED = "asked"
    IDLE = "idle"
    ANNOUNCED = "announced"
    USED = "used"


@dataclass(frozen=True, slots=True)
class Line:
    """`serves`: the call's leg that the line stands for. `closing`: it is hung up as soon as no call needs it."""

    person_id: str
    leg_id: str
    device: Device
    state: State = State.DIALLED
    serves: str = ""
    closing: bool = False

    @property
    def up(self) -> bool:
        """Can calls come over it?"""
        return self.state in (State.IDLE, State.ANNOUNCED, State.USED)


@dataclass(frozen=True, slots=True)
class Say:
    """Play to the line: keep_line (a question), line_is_up, beep."""

    what: str


@dataclass(frozen=True, slots=True)
class Hush:
    """Send it silence until something else begins."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Stop what is played to it."""


@dataclass(frozen=True, slots=True)
class Label:
    """Write down in the engine what the line is used for."""

    text: str


@dataclass(frozen=True, slots=True)
class Leave:
    """Take it out of its bridge, end its music, open its microphone."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """End it."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell the call."""

    event: LegRinging | LegAnswered | LegEnded


@dataclass(frozen=True, slots=True)
class Closed:
    """The line is gone. `by_far_end`: the agent's telephone hung up, or did not answer."""

    by_far_end: bool


Deed = Say | Hush | Quiet | Label | Leave | HangUp | Tell | Closed
Step = tuple[Line, Sequence[Deed]]


def answered(line: Line) -> Step:
    """The telephone was answered."""
    if line.state is not State.DIALLED:
        return line, []
    if line.device.asks:
        return replace(line, state=State.ASKED), [Say("keep_line")]
    return _is_up(line)


def pressed(line: Line, digit: str) -> Step:
    """A key at the line's telephone."""
    if line.state is not State.ASKED or digit not in (ACCEPT, REFUSE):
        return line, []
    return _is_up(line) if digit == ACCEPT else (replace(line, closing=True), [HangUp()])


def played(line: Line) -> Step:
    """What was played to it has come to its end."""
    match line.state:
        case State.ASKED:
            return line, [Say("keep_line")]
        case State.IDLE:
            return line, [Hush()]
        case State.ANNOUNCED:
            return replace(line, state=State.USED), [Tell(LegAnswered(line.serves))]
    return line, []


def rung(line: Line, leg_id: str, *, again: bool = False) -> Step:
    """A call wants the agent. `again`: it had him, and wants him back over a new leg."""
    if line.state is State.IDLE and not line.closing:
        called = replace(line, state=State.ANNOUNCED, serves=leg_id)
        return called, [Quiet(), Label(leg_id), Tell(LegRinging(leg_id)), Say("beep")]
    if line.state is State.USED and again:
        return replace(line, serves=leg_id), [Label(leg_id), Tell(LegAnswered(leg_id))]
    cause = EndCause.BUSY if line.up else EndCause.UNREACHABLE
    return line, [Tell(LegEnded(leg_id, cause, by_far_end=False))]


def released(line: Line, leg_id: str) -> Step:
    """The call lets its leg go."""
    if line.serves != leg_id:
        return line, []
    told = Tell(LegEnded(leg_id, EndCause.NORMAL, by_far_end=False))
    idle = replace(line, state=State.IDLE, serves="")
    if line.closing:
        return idle, [told, HangUp()]
    return idle, [Quiet(), Leave(), Label(IDLE_LABEL), told, Hush()]


def ended(line: Line, by_far_end: bool) -> Step:
    """Its leg is gone."""
    gone = Closed(by_far_end and not line.closing)
    if line.serves:
        return line, [Tell(LegEnded(line.serves, EndCause.NORMAL, by_far_end=True)), gone]
    return line, [gone]


def close(line: Line) -> Step:
    """The agent does not need it any longer; a call goes on to its end."""
    return replace(line, closing=True), [] if line.serves else [HangUp()]


def _is_up(line: Line) -> Step:
    return replace(line, state=State.IDLE), [Quiet(), Label(IDLE_LABEL), Say("line_is_up")]
