"""What a callback writes into its contact's stream, besides the words of queues and conversations."""

from __future__ import annotations

from dataclasses import dataclass, field

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class CallbackRequested(Event):
    """The customer will be called when his turn comes. Stands right after ContactEntered; the number is in the interaction's row.

    `by`: queue (he left it for this), flow, web, agent. With `due_at` he is called at that time and waits in no queue before; then
    `wanted_id` (empty: nobody) is asked first, for `wanted_seconds`. `agent_id`: who booked it.
    """

    by: str
    queue_id: str
    previous_contact_id: str
    expires_at: str
    """ISO time after which he is not called any more."""
    due_at: str = ""
    wanted_id: str = ""
    wanted_seconds: int = 0
    agent_id: str = ""
    needs: dict[str, int] = field(default_factory=dict)
    """With `due_at`: what it will ask for in the queue, as in QueueEntered."""
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CallbackMoved(Event):
    """The customer is to be called at another time, or from another queue, or by somebody else; tries are counted anew.

    Fields as in CallbackRequested; `by`: the person who moved it.
    """

    by: str
    due_at: str
    expires_at: str
    queue_id: str
    wanted_id: str = ""
    wanted_seconds: int = 0


@dataclass(frozen=True, slots=True)
class CallbackDialled(Event):
    """An agent took the offer and the customer is being called. `try_number` counts every dialling from 1."""

    try_number: int
    agent_id: str
    agent_leg_id: str
    leg_id: str


@dataclass(frozen=True, slots=True)
class CallbackNotReached(Event):
    """The customer did not answer this time; the agent is free.

    `result`: busy, no_answer, refused, unreachable, failed (a fault on our side), agent_gone. `counted`: whether it was one of the
    tries he is granted. `next_at`: ISO time before which nobody is offered the callback; empty when it is over.
    """

    try_number: int
    result: str
    counted: bool
    next_at: str = ""
