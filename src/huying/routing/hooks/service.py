"""Hooks in the database: read, change and hand to whoever asks them. Secrets leave the vault only here. Never commits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.foundation.errors import InvalidInput, NotFound
from huying.foundation.vault import VaultBroken
from huying.routing.configuration import RoutingSettings
from huying.routing.hooks.asking import Hook, Vocabulary
from huying.routing.hooks.expressions import MOST_CHARACTERS
from huying.routing.hooks.model import RoutingHookRow
from huying.routing.hooks.services import address_problem
from huying.routing.model import QueueRow
from huying.routing.rules.names import names_of

log = structlog.get_logger(__name__)

KINDS = ("expression", "service")
PURPOSE = "routing hook {}"


class Vault(Protocol):
    """What is needed of the vault."""

    def encrypt(self, clear: bytes, purpose: str) -> bytes:
        """Encrypt a small value."""

    def decrypt(self, sealed: bytes, purpose: str) -> bytes:
        """The clear value, with the same purpose."""


@dataclass(frozen=True, slots=True)
class HookData:
    """What an administrator gives. `secret` None keeps the one that is there."""

    kind: str
    expression: str = ""
    address: str = ""
    secret: str | None = None
    timeout_ms: int = 500
    active: bool = True


async def find_hook(session: AsyncSession, queue_id: str) -> RoutingHookRow | None:
    """The queue's hook, if it has one."""
    return await session.get(RoutingHookRow, queue_id)


async def put_hook(session: AsyncSession, vault: Vault, business_id: str, queue_id: str, data: HookData) -> tuple[RoutingHookRow, bool]:
    """Make or change the queue's hook; true when it was made. Raises InvalidInput, NotFound. The expression was checked before."""
    check_hook(data)
    if await session.get(QueueRow, queue_id) is None:
        raise NotFound("There is no such queue.")
    row = await session.get(RoutingHookRow, queue_id)
    made = row is None
    if row is None:
        row = RoutingHookRow(queue_id=queue_id, business_id=business_id, secret=b"")
        session.add(row)
    row.kind, row.expression, row.address = data.kind, data.expression, data.address
    row.timeout_ms, row.active = data.timeout_ms, data.active
    if data.secret is not None:
        row.secret = vault.encrypt(data.secret.encode(), PURPOSE.format(queue_id)) if data.secret else b""
    await session.flush()
    return row, made


async def remove_hook(session: AsyncSession, queue_id: str) -> None:
    """The queue has no hook any more. Raises NotFound."""
    row = await session.get(RoutingHookRow, queue_id)
    if row is None:
        raise NotFound("This queue has no hook.")
    await session.delete(row)
    await session.flush()


def check_hook(data: HookData) -> None:
    """Raise InvalidInput where the hook cannot be asked."""
    if data.kind not in KINDS:
        raise InvalidInput("The kind is expression or service.", field="kind")
    if data.kind == "service" and (problem := address_problem(data.address)):
        raise InvalidInput(f"The address cannot be used: {problem}.", field="address")
    if data.kind == "expression" and not 0 < len(data.expression.strip()) <= MOST_CHARACTERS:
        raise InvalidInput(f"An expression has 1 to {MOST_CHARACTERS} characters.", field="expression")


def hook_of(row: RoutingHookRow, vault: Vault) -> Hook:
    """The hook with its secret, ready to be asked. Raises VaultBroken."""
    secret = vault.decrypt(row.secret, PURPOSE.format(row.queue_id)) if row.secret else b""
    return Hook(row.queue_id, row.business_id, row.kind, row.expression, row.address, secret, row.timeout_ms)


async def load_hooks(session: AsyncSession, vault: Vault) -> dict[str, Hook]:
    """All hooks that are switched on and that the session may see, by queue. One whose secret cannot be read is left out, and logged."""
    found = {}
    for row in await session.scalars(select(RoutingHookRow).where(RoutingHookRow.active)):
        try:
            found[row.queue_id] = hook_of(row, vault)
        except VaultBroken:
            log.exception("routing.hook_unreadable", queue_id=row.queue_id)
    return found


def vocabularies(routing: RoutingSettings) -> Mapping[str, Vocabulary]:
    """What hooks of each business may name."""
    businesses = {queue.business_id for queue in routing.queues.values()} | {agent.business_id for agent in routing.agents.values()}
    return {
        business_id: Vocabulary(
            names_of(routing, business_id),
            {
                word: agent.agent_id
                for agent in routing.agents.values()
                if agent.business_id == business_id
                for word in (agent.extension, agent.agent_id)
            },
        )
        for business_id in businesses
    }
