"""What a call writes about people who come into it besides customer and first agent. Numbers stand in rows, not here."""

from __future__ import annotations

from dataclasses import dataclass

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class ConsultStarted(Event):
    """An agent asks somebody besides the customer, who hears music meanwhile. `target_kind`: agent, queue, number."""

    consult_id: str
    segment_id: str
    agent_id: str
    target_kind: str
    target_id: str
    """The agent or queue; empty for a number."""
    bridge_id: str
    own_leg: str = ""
    """Another leg of the agent's own telephone, over which he asks; empty where it is the one of the call."""


@dataclass(frozen=True, slots=True)
class ConsultRang(Event):
    """A telephone of the asked side rings. `offer_id` is empty where no router was asked, `agent_id` for a number outside."""

    consult_id: str
    offer_id: str
    agent_id: str
    leg_id: str
    expires_at: str


@dataclass(frozen=True, slots=True)
class ConsultRingEnded(Event):
    """That telephone rings no longer. `result`: busy, no_answer, refused, unreachable, failed, withdrawn."""

    consult_id: str
    leg_id: str
    result: str


@dataclass(frozen=True, slots=True)
class ConsultAnswered(Event):
    """The asked side and the agent talk; the customer does not hear them."""

    consult_id: str
    agent_id: str
    leg_id: str


@dataclass(frozen=True, slots=True)
class ConsultSwapped(Event):
    """The agent talks with the other one now, and the first hears music. `focus`: customer, consult."""

    consult_id: str
    focus: str


@dataclass(frozen=True, slots=True)
class ConsultLost(Event):
    """The leg of the asked colleague died; he has a little time to come back."""

    consult_id: str


@dataclass(frozen=True, slots=True)
class ConsultRejoined(Event):
    """The asked colleague is back over a new leg."""

    consult_id: str
    leg_id: str


@dataclass(frozen=True, slots=True)
class ConsultEnded(Event):
    """The consultation is over.

    `result`: transferred, merged, cancelled, far_end, lost, busy, no_answer, refused, unreachable, failed, nobody, over (the contact
    ended).
    """

    consult_id: str
    result: str
    seconds: float
    """Of conversation with the asked side."""


@dataclass(frozen=True, slots=True)
class PartyInvited(Event):
    """An agent's own telephone is rung to let him into the conversation. `purpose`: join, pick_up (parked), take (rings elsewhere),
    monitor_listen, monitor_whisper, monitor_join (of the agent `target_id`)."""

    party_id: str
    purpose: str
    agent_id: str
    leg_id: str
    expires_at: str
    target_id: str = ""


@dataclass(frozen=True, slots=True)
class MonitorStarted(Event):
    """A lead (`person_id`) hears an agent's call. `mode`: listen (nobody hears him), whisper (the agent alone does), join (all do)."""

    monitor_id: str
    person_id: str
    agent_id: str
    leg_id: str
    mode: str


@dataclass(frozen=True, slots=True)
class MonitorChanged(Event):
    """The lead changed to another mode."""

    monitor_id: str
    mode: str


@dataclass(frozen=True, slots=True)
class MonitorEnded(Event):
    """The lead hears it no longer. `by`: lead, call (it was over, or went where no agent is)."""

    monitor_id: str
    by: str


@dataclass(frozen=True, slots=True)
class PartyNotJoined(Event):
    """He did not come in. `result`: busy, no_answer, refused, unreachable, failed, late (nothing to come into any longer)."""

    party_id: str
    result: str


@dataclass(frozen=True, slots=True)
class GuestJoined(Event):
    """A telephone outside the centre takes part in the conversation."""

    party_id: str
    leg_id: str


@dataclass(frozen=True, slots=True)
class GuestLeft(Event):
    """It does no longer. `by`: guest, agent, over."""

    party_id: str
    by: str


@dataclass(frozen=True, slots=True)
class TransferStarted(Event):
    """The agent hands the customer on without asking first. `target_kind`: agent, queue, flow, number, mailbox.

    What follows tells how it went; whoever is not answered there comes back to this agent.
    """

    segment_id: str
    agent_id: str
    queue_id: str
    """Where the call belongs, should it come back."""
    target_kind: str
    target_id: str
    why: str = ""
    """do_not_disturb: a colleague who called was passed on because of it, and is told."""


@dataclass(frozen=True, slots=True)
class CallParked(Event):
    """The customer hears music until somebody takes him at this slot."""

    slot: str
    agent_id: str
    queue_id: str


@dataclass(frozen=True, slots=True)
class CallUnparked(Event):
    """`by`: picked_up, timed_out, over."""

    slot: str
    by: str


@dataclass(frozen=True, slots=True)
class SoundStarted(Event):
    """A standard recording is played to the customer; the agent is free to do something else."""

    playback_id: str
    sound_id: str
    segment_id: str


@dataclass(frozen=True, slots=True)
class SoundEnded(Event):
    """It is over, or was stopped (`completed` false); the customer is back in the conversation."""

    playback_id: str
    completed: bool
