"""Asks a queue's hook, whichever kind it is, and lets one rest that fails again and again. Implements routing.hook_words.Hooks.

A contact never waits longer than the hook's time, and never suffers from what the hook does wrong: there is an answer or HookFailed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from huying.routing.hooks.expressions import Expressions
from huying.routing.hooks.services import Services
from huying.routing.hooks.words import HookAnswer, HookFailed, Question, read_answer
from huying.routing.rules.names import Names

log = structlog.get_logger(__name__)

FAILURES_BEFORE_REST = 5
REST_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Hook:
    """A queue's hook. `kind`: expression or service."""

    queue_id: str
    business_id: str
    kind: str
    expression: str = ""
    address: str = ""
    secret: bytes = field(default=b"", repr=False)
    timeout_ms: int = 500


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What answers of a business may name. `agents`: extension or id -> id."""

    names: Names = field(default_factory=Names)
    agents: Mapping[str, str] = field(default_factory=dict)


class Asker(Protocol):
    """Asks one hook."""

    async def ask(self, hook: Hook, question: Question) -> object:
        """The raw answer. Raises HookFailed."""


class HookAsker:
    """Implements Asker with the worker for expressions and a client for services; `close` at the end."""

    def __init__(self) -> None:
        self.expressions = Expressions()
        self._services = Services()

    async def ask(self, hook: Hook, question: Question) -> object:
        """See Asker."""
        seconds = hook.timeout_ms / 1000
        if hook.kind == "expression":
            return await self.expressions.evaluate(hook.expression, question, seconds)
        return await self._services.ask(hook.address, hook.secret, question, seconds)

    def prepare(self, kinds: frozenset[str]) -> None:
        """Start what hooks of these kinds need, so that the first contact need not wait for it."""
        if "expression" in kinds:
            self.expressions.start()

    async def close(self) -> None:
        """Close both."""
        await self.expressions.close()
        await self._services.close()


class QueueHooks:
    """Implements Hooks for what was configured last."""

    def __init__(
        self, asker: Asker, clock: Callable[[], float] = time.monotonic, prepare: Callable[[frozenset[str]], None] | None = None
    ) -> None:
        """`prepare` is told the kinds of the hooks whenever they are configured."""
        self._asker, self._clock, self._prepare = asker, clock, prepare
        self._hooks: Mapping[str, Hook] = {}
        self._words: Mapping[str, Vocabulary] = {}
        self._failures: dict[str, int] = {}
        self._rests_until: dict[str, float] = {}

    def configure(self, hooks: Mapping[str, Hook], words: Mapping[str, Vocabulary]) -> None:
        """Go by these from now on: queue -> hook, business -> vocabulary. A hook that was changed need not rest."""
        for queue_id in {*self._hooks, *hooks}:
            if self._hooks.get(queue_id) != hooks.get(queue_id):
                self._failures.pop(queue_id, None)
                self._rests_until.pop(queue_id, None)
        self._hooks, self._words = dict(hooks), dict(words)
        if self._prepare:
            self._prepare(frozenset(hook.kind for hook in hooks.values()))

    def has(self, queue_id: str) -> bool:
        """See Hooks."""
        return queue_id in self._hooks

    async def ask(self, queue_id: str, question: Question) -> HookAnswer:
        """See Hooks."""
        hook = self._hooks.get(queue_id)
        if hook is None:
            return HookAnswer()
        if self._clock() < self._rests_until.get(queue_id, 0.0):
            raise HookFailed("resting", "The hook failed several times in a row; it is asked again in a few seconds.")
        try:
            words = self._words.get(hook.business_id, Vocabulary())
            answer = read_answer(await self._asker.ask(hook, question), words.names, words.agents)
        except HookFailed as failed:
            self._failed(queue_id, hook, failed)
            raise
        except Exception as error:  # whatever it is, the contact goes on
            log.exception("routing.hook_broken", queue_id=queue_id)
            broken = HookFailed("error", "The hook could not be asked.")
            self._failed(queue_id, hook, broken)
            raise broken from error
        self._failures.pop(queue_id, None)
        return answer

    def _failed(self, queue_id: str, hook: Hook, failed: HookFailed) -> None:
        log.warning("routing.hook_failed", queue_id=queue_id, business_id=hook.business_id, kind=hook.kind, reason=failed.reason)
        self._failures[queue_id] = self._failures.get(queue_id, 0) + 1
        if self._failures[queue_id] >= FAILURES_BEFORE_REST:
            self._failures[queue_id] = FAILURES_BEFORE_REST - 1  # one more failure after the rest, and it rests again
            self._rests_until[queue_id] = self._clock() + REST_SECONDS
