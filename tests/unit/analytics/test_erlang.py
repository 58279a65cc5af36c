"""The formulas against another library's figures, against each other, and against the plain solution of the chain."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.analytics.erlang import erlang_a, erlang_b, erlang_c, within


@pytest.mark.parametrize(
    ("calls", "minutes", "target", "interval", "agents", "waits", "level"),
    [
        (100, 3, 20 / 60, 30, 14, 0.1741319335950498, 0.8883500191794669),
        (60, 4, 30 / 60, 60, 6, 0.2847608453837598, 0.7782280306270526),
        (500, 5, 20 / 60, 60, 47, 0.32207143715295533, 0.774297486574651),
    ],
)
def test_as_pyworkforce_has_it(
    calls: float, minutes: float, target: float, interval: float, agents: int, waits: float, level: float
) -> None:
    """Figures of pyworkforce 0.5.1: ErlangC(calls, minutes, target, interval) at so many positions."""
    arrivals, handled = calls / interval, 1 / minutes
    assert erlang_c(agents, arrivals, handled).waits == pytest.approx(waits, rel=1e-9)
    assert within(agents, arrivals, handled, target) == pytest.approx(level, rel=1e-9)


def test_known_values() -> None:
    assert erlang_b(1, 1.0) == pytest.approx(0.5)
    assert erlang_c(1, 0.5, 1.0).mean_wait == pytest.approx(1.0)
    assert erlang_c(2, 1.0, 1.0).waits == pytest.approx(1 / 3)
    with pytest.raises(ValueError, match="more work"):
        erlang_c(2, 2.0, 1.0)


def solved(servers: int, arrivals: float, handled: float, giving_up: float, states: int) -> tuple[float, float, float]:
    """The chain's balance equations, solved as they stand."""
    rates = numpy.zeros((states, states))
    for state in range(states - 1):
        rates[state, state + 1] = arrivals
        rates[state + 1, state] = min(state + 1, servers) * handled + max(0, state + 1 - servers) * giving_up
    rates -= numpy.diag(rates.sum(axis=1))
    rates[:, 0] = 1.0
    share = numpy.linalg.solve(rates.T, numpy.eye(states)[0])
    line = sum((state - servers) * share[state] for state in range(servers, states))
    return float(share[servers:].sum()), float(line / arrivals), float(giving_up * line / arrivals)


@pytest.mark.parametrize(("servers", "load", "giving_up"), [(3, 0.8, 0.5), (10, 1.2, 1.0), (20, 1.0, 0.3), (1, 2.0, 0.2)])
def test_erlang_a_is_the_chain(servers: int, load: float, giving_up: float) -> None:
    got = erlang_a(servers, load * servers, 1.0, giving_up)
    assert (got.waits, got.mean_wait, got.abandons) == pytest.approx(solved(servers, load * servers, 1.0, giving_up, 220), rel=1e-6)


@given(st.integers(1, 60), st.floats(0.05, 0.95))
def test_erlang_a_of_endless_patience_is_erlang_c(servers: int, load: float) -> None:
    patient, endless = erlang_a(servers, load * servers, 1.0, 1e-9), erlang_c(servers, load * servers, 1.0)
    assert patient.waits == pytest.approx(endless.waits, rel=1e-4, abs=1e-12)
    assert patient.mean_wait == pytest.approx(endless.mean_wait, rel=1e-4, abs=1e-12)
    assert erlang_a(servers, load * servers, 1.0, 0.0) == endless


@given(st.integers(1, 60), st.floats(0.1, 3.0), st.floats(0.01, 5.0))
def test_erlang_a_keeps_its_balance(servers: int, load: float, giving_up: float) -> None:
    """What comes in and does not give up is handled: the servers are never more than all busy."""
    got = erlang_a(servers, load * servers, 1.0, giving_up)
    assert 0 <= got.abandons <= got.waits <= 1
    assert load * (1 - got.abandons) <= 1 + 1e-9
