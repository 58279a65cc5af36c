"""The classical formulas of queues: Erlang B, C and A. Pure; time in any unit as long as all rates use the same.

Erlang B and C: A. K. Erlang (1917); the recursion of B is from Cooper, Introduction to Queueing Theory, 2nd ed. (1981), 3.
Erlang A (M/M/c+M, customers with exponential patience): C. Palm (1946), in the form of Mandelbaum and Zeltyn, Service
Engineering in Action: The Palm/Erlang-A Queue (2007); the stationary distribution is summed here state by state.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

NEGLIGIBLE = 1e-16
LARGE = 1e200


@dataclass(frozen=True, slots=True)
class Waiting:
    """What customers of a queue meet in the long run. `mean_wait` is over all of them."""

    waits: float
    """The share that waits at all."""
    mean_wait: float
    abandons: float = 0.0
    """The share that gives up."""


def erlang_b(servers: int, load: float) -> float:
    """The share that is lost when nobody may wait. `load` is arrivals times mean handling time."""
    blocked = 1.0
    for server in range(1, servers + 1):
        blocked = load * blocked / (server + load * blocked)
    return blocked


def erlang_c(servers: int, arrivals: float, handled: float) -> Waiting:
    """M/M/c: arrivals and, of each server, handled contacts per unit of time. Raises ValueError when the line would grow for ever."""
    load = arrivals / handled
    if load >= servers:
        raise ValueError("more work comes in than the servers can do")
    blocked = erlang_b(servers, load)
    waits = blocked / (1.0 - load / servers * (1.0 - blocked))
    return Waiting(waits, waits / (servers * handled - arrivals))


def within(servers: int, arrivals: float, handled: float, time: float) -> float:
    """M/M/c: the share that is answered within a time."""
    return 1.0 - erlang_c(servers, arrivals, handled).waits * exp(-(servers * handled - arrivals) * time)


def erlang_a(servers: int, arrivals: float, handled: float, giving_up: float) -> Waiting:
    """M/M/c+M: `giving_up` is one over the mean patience."""
    if giving_up <= 0:
        return erlang_c(servers, arrivals, handled)
    waiting, weight, at_all_busy, in_line, unit = 0, 1.0, 1.0, 0.0, 1.0
    while weight > NEGLIGIBLE * at_all_busy or arrivals > servers * handled + waiting * giving_up:
        waiting += 1
        weight *= arrivals / (servers * handled + waiting * giving_up)
        at_all_busy += weight
        in_line += waiting * weight
        if in_line > LARGE:  # a long line of patient people: smaller units, before the numbers leave what a float can hold
            weight, at_all_busy, in_line, unit = weight / LARGE, at_all_busy / LARGE, in_line / LARGE, unit / LARGE
    free, weight = 0.0, unit  # weights are relative to the state in which all servers are busy and nobody waits
    for busy in range(servers, 0, -1):
        weight *= busy * handled / arrivals
        free += weight
    waits = at_all_busy / (at_all_busy + free)
    line = in_line / (at_all_busy + free)
    return Waiting(waits, line / arrivals, giving_up * line / arrivals)
