"""What a call writes into the contact's stream, besides the wings below it."""

from __future__ import annotations

from dataclasses import dataclass

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class SegmentStarted(Event):
    """An agent and the customer are connected. One segment for each time that an agent comes into the conversation."""

    segment_id: str
    agent_id: str
    entry_id: str
    """The stay in a queue that it ended; empty for an agent who came in otherwise."""
    queue_id: str
    """Whose rules hold for it; empty for none."""
    leg_id: str
    bridge_id: str
    reason: str = ""
    """How he came in where no queue offered it: transfer, conference, join, pick_up, outbound, internal."""


@dataclass(frozen=True, slots=True)
class HoldStarted(Event):
    """The agent put the customer on hold (music)."""

    segment_id: str


@dataclass(frozen=True, slots=True)
class HoldEnded(Event):
    """The customer is back in the conversation."""

    segment_id: str


@dataclass(frozen=True, slots=True)
class MuteChanged(Event):
    """The agent's microphone is closed or open."""

    segment_id: str
    muted: bool


@dataclass(frozen=True, slots=True)
class AgentLost(Event):
    """The agent's leg or network died while talking; the customer hears music. `reason`: network, device, page."""

    segment_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class AgentRejoined(Event):
    """The same agent is back in the conversation over a new leg."""

    segment_id: str
    leg_id: str


@dataclass(frozen=True, slots=True)
class SegmentEnded(Event):
    """The agent's part is over. `by`: customer, agent, transferred, parked, left, dropped, lost, engine_lost, supervisor, system."""

    segment_id: str
    agent_id: str
    by: str
    talk_seconds: float
    hold_seconds: float


@dataclass(frozen=True, slots=True)
class ForwardStarted(Event):
    """The flow rings a telephone outside the centre for the customer. The number stands in the flow."""

    node: str
    leg_id: str


@dataclass(frozen=True, slots=True)
class ForwardAnswered(Event):
    """It was answered: both are joined, and no agent is needed."""

    leg_id: str
    bridge_id: str


@dataclass(frozen=True, slots=True)
class ForwardEnded(Event):
    """It was not answered. `result`: busy, no_answer, refused, failed."""

    leg_id: str
    result: str


@dataclass(frozen=True, slots=True)
class CallRecordingStarted(Event):
    """Both sides are written, apart. `part` counts from 1."""

    recording_id: str
    segment_id: str
    part: int


@dataclass(frozen=True, slots=True)
class CallRecordingPaused(Event):
    """Nothing said is kept while paused (silence is written)."""

    recording_id: str
    paused: bool


@dataclass(frozen=True, slots=True)
class CallRecordingEnded(Event):
    """The files are complete. `missing_seconds`: time of the conversation that is not in the sound."""

    recording_id: str
    seconds: float
    missing_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class CallRecordingFailed(Event):
    """This recording could not be made or kept."""

    recording_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class LegQuality(Event):
    """How good a leg sounded, journalled when it leaves the call. `role`: customer, agent, number."""

    role: str
    mos: float
    """Estimated by the E-model, 1 to 4.5."""
    loss_percent: float
    """Of the worse direction, as is the jitter."""
    jitter_ms: float
    rtt_ms: float | None
    """Round trip between the engine and the party; none where its phone reports none."""
    codec: str
    packets: int
    """That came from the party."""


@dataclass(frozen=True, slots=True)
class CallRecovered(Event):
    """After a restart of ours the call was found again in the engine. `state`: in_flow, waiting, talking."""

    state: str


@dataclass(frozen=True, slots=True)
class DebrisRemoved(Event):
    """The reconciler removed what belonged to nobody. Stands in the system stream.

    `what`: leg, bridge, offer, agent_state, recording.
    """

    what: str
    id: str
    detail: str = ""
