"""An agent's fold as JSON and back, for keeping a place between two runs. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from huying.analytics.folds.facts import AgentInterval, MissedOffer, WorkInHand

if TYPE_CHECKING:
    from huying.analytics.folds.agent import AgentFold

TIMES = ("since", "status_since", "signed_in_at", "last_at", "moved_at")


def as_json(fold: AgentFold) -> dict[str, Any]:
    """The fold's fields as JSON values."""
    value = asdict(fold)
    for name in TIMES:
        value[name] = value[name].isoformat() if value[name] else None
    if fold.present is not None:
        value["present"]["started_at"] = fold.present.started_at.isoformat()
    for work in value["works"].values():
        work["since"] = work["since"].isoformat()
    for missed in value["missed"]:
        missed["at"] = missed["at"].isoformat()
    return value


def of_json(value: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `as_json`'s form."""
    told = dict(value)
    for name in TIMES:
        told[name] = _moment(told.get(name))
    if told["present"]:
        present = {**told["present"], "started_at": _moment(told["present"]["started_at"])}
        told["present"] = AgentInterval(**present)
    told["works"] = {key: WorkInHand(**{**work, "since": _moment(work["since"])}) for key, work in told["works"].items()}
    told["missed"] = [MissedOffer(**{**one, "at": _moment(one["at"])}) for one in told["missed"]]
    return told


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
