"""The words of a call for what its agents do with other people: consult, transfer, confer, park, let somebody in."""

from __future__ import annotations

from dataclasses import dataclass, field

from huying.flows.effects import Item
from huying.flows.graph import Flow

# --- what is asked -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Target:
    """Whom an agent wants to reach, as far as the pure part must know. `kind`: agent, queue, flow, number, mailbox.

    The shell has made sure that he may, and that an agent can be rung at `account` now.
    """

    kind: str
    id: str = ""
    """Of the agent, queue or flow; of a mailbox its queue or agent."""
    account: str = ""
    number: str = field(default="", repr=False)
    """What is dialled over the trunk."""
    flow: Flow | None = None


@dataclass(frozen=True, slots=True)
class ConsultAsked:
    """The agent wants to ask somebody; the customer hears music meanwhile. `target.kind`: agent, queue, number."""

    agent_id: str
    target: Target
    own_leg: str = ""
    """Another leg of the agent's, over which he asks: his telephone has called in beside the conversation."""


@dataclass(frozen=True, slots=True)
class SwapAsked:
    """The agent wants to talk with the other one."""

    agent_id: str


@dataclass(frozen=True, slots=True)
class MergeAsked:
    """The agent wants customer and asked side in one conversation."""

    agent_id: str


@dataclass(frozen=True, slots=True)
class CompleteAsked:
    """The agent leaves; customer and asked side go on."""

    agent_id: str


@dataclass(frozen=True, slots=True)
class EndConsultAsked:
    """The agent goes back to the customer."""

    agent_id: str


@dataclass(frozen=True, slots=True)
class TransferAsked:
    """The agent hands the customer on at once."""

    agent_id: str
    target: Target


@dataclass(frozen=True, slots=True)
class LeaveAsked:
    """The agent leaves a conversation that goes on without him."""

    agent_id: str


@dataclass(frozen=True, slots=True)
class DropAsked:
    """The agent takes somebody out: a segment (id) of a colleague, or a guest (party id)."""

    agent_id: str
    party_id: str


@dataclass(frozen=True, slots=True)
class ParkAsked:
    """The agent puts the customer into a slot that is free."""

    agent_id: str
    slot: str


@dataclass(frozen=True, slots=True)
class ComeInAsked:
    """An agent wants into the call over his telephone. `purpose`: join, pick_up (parked), take (it rings at somebody else's),
    monitor_listen, monitor_whisper, monitor_join (to hear the call of the agent `target_id`).

    With `leg_id` his telephone has called in already, and nothing is rung.
    """

    agent_id: str
    account: str
    purpose: str
    leg_id: str = ""
    target_id: str = ""


@dataclass(frozen=True, slots=True)
class MonitorAsked:
    """A lead who listens wants another mode: listen, whisper, join."""

    agent_id: str
    mode: str


@dataclass(frozen=True, slots=True)
class PlayAsked:
    """The agent lets the customer hear a standard recording."""

    agent_id: str
    sound_id: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class StopPlayingAsked:
    """Enough of it: the customer is back in the conversation."""

    agent_id: str


PartyAsked = (
    ConsultAsked
    | SwapAsked
    | MergeAsked
    | CompleteAsked
    | EndConsultAsked
    | TransferAsked
    | LeaveAsked
    | DropAsked
    | ParkAsked
    | ComeInAsked
    | MonitorAsked
    | PlayAsked
    | StopPlayingAsked
)

# --- what the call wants done ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeepParty:
    """Remember the number of somebody outside who takes part; it stands in no journal."""

    party_id: str
    number: str = field(repr=False)
