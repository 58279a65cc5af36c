"""What calls that people of the house begin write into the contact's stream. Numbers stand in rows, not here."""

from __future__ import annotations

from dataclasses import dataclass, field

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class DialRequested(Event):
    """An agent wants to call somebody; his own telephone is rung first, unless it called in itself. `direction`: outbound, internal."""

    direction: str
    agent_id: str
    agent_leg_id: str
    number_class: str
    """internal, emergency, local, national, mobile, international, premium"""
    queue_id: str = ""
    """For which queue he calls; empty for none."""
    called_id: str = ""
    """The colleague or the queue, of an internal call."""
    previous_contact_id: str = ""
    """The contact that is called back."""
    wish_id: str = ""
    """That both wanted to talk as soon as they are free."""


@dataclass(frozen=True, slots=True)
class DialStarted(Event):
    """His telephone answered: the number is being rung over `leg_id`; internal, he himself is the caller over it from here on."""

    leg_id: str


@dataclass(frozen=True, slots=True)
class DialEnded(Event):
    """It came to no conversation.

    `result`: busy, no_answer, refused, unreachable, congestion, failed, no_trunk, cancelled (the agent hung up), agent_not_reached.
    """

    result: str


@dataclass(frozen=True, slots=True)
class CallerHeld(Event):
    """The caller of an internal call put his colleague on hold (music), or took him back."""

    held: bool


@dataclass(frozen=True, slots=True)
class CallerMuted(Event):
    """The microphone of the caller of an internal call is closed or open."""

    muted: bool


@dataclass(frozen=True, slots=True)
class CallerLost(Event):
    """The leg or network of the caller of an internal call died; his colleague hears music. `reason`: network, device."""

    reason: str


@dataclass(frozen=True, slots=True)
class CallerRejoined(Event):
    """The caller of an internal call is back over a new leg."""

    leg_id: str


@dataclass(frozen=True, slots=True)
class CallerChanged(Event):
    """In an internal call the colleague stands where customers stand from here on: whoever called does something with him."""

    agent_id: str
    leg_id: str


@dataclass(frozen=True, slots=True)
class PersonRang(Event):
    """The telephones of a person ring for a caller whom no queue offered him. `why`: called, direct, duty, forwarded."""

    ring_id: str
    agent_id: str
    leg_ids: list[str]
    expires_at: str
    why: str
    quiet: bool = False
    """He is in another contact."""
    path: list[dict[str, str]] = field(default_factory=list)
    """The persons on the way, and what decided at each: {agent_id, why}."""


@dataclass(frozen=True, slots=True)
class PersonRingEnded(Event):
    """They ring no longer. `result`: answered, busy, no_answer, refused, unreachable, failed, withdrawn."""

    ring_id: str
    agent_id: str
    result: str


@dataclass(frozen=True, slots=True)
class CallLimitSet(Event):
    """The call has a time limit: it is ended at this moment (ISO time)."""

    ends_at: str


@dataclass(frozen=True, slots=True)
class CallLimitWarned(Event):
    """A tone said that the time of the call is nearly up."""

    seconds_left: int
