"""Transactions on PostgreSQL: for one business (row-level security holds), or of the system across businesses.

The login owns nothing and inherits nothing: each transaction takes the role `huying_app` or `huying_system`. Every wait is bounded;
a database that is away shows as Unavailable. Only the edge of a request or a task opens a transaction; the end of the block commits.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Executable, Row, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from huying.foundation.errors import InvalidInput, Unavailable

ROLE_APP = "huying_app"
ROLE_SYSTEM = "huying_system"

SINGLE_CONNECTIONS = 4
OPTIONS = "-c timezone=UTC -c statement_timeout={statement} -c lock_timeout=5000 -c idle_in_transaction_session_timeout=15000"
BEGIN = text("SELECT set_config('role', :role, true), set_config('huying.business_id', :business, true)")


class Database:
    """The application's connections. `url` is the runtime login's address, never the owner's."""

    def __init__(self, url: str, *, connections: int = 10, statement_seconds: float = 10.0, wait_seconds: float = 3.0) -> None:
        self._url, self._wait = url, wait_seconds
        self._options = OPTIONS.format(statement=int(statement_seconds * 1000))
        self._engine = self._make_engine(self._options, connections, check=True)
        self._single: AsyncEngine | None = None
        self._sessions = async_sessionmaker(self._engine, expire_on_commit=False)

    @asynccontextmanager
    async def business(self, business_id: str, *, timeout_seconds: float = 15.0) -> AsyncIterator[AsyncSession]:
        """A transaction that sees and writes rows of this business alone. Commits at the end of the block. Raises Unavailable."""
        async with self._transaction(ROLE_APP, business_id, timeout_seconds) as session:
            yield session

    @asynccontextmanager
    async def system(self, *, timeout_seconds: float = 15.0) -> AsyncIterator[AsyncSession]:
        """A transaction across businesses, for log-in, voice and jobs alone. Commits at the end of the block. Raises Unavailable."""
        async with self._transaction(ROLE_SYSTEM, "", timeout_seconds) as session:
            yield session

    async def system_statement(
        self, statement: Executable, values: Mapping[str, object] | None = None, *, timeout_seconds: float = 15.0
    ) -> Sequence[Row[Any]]:
        """One statement of the system as a transaction of its own, in one round trip; returns its rows. It must name the business itself.

        A connection that turns out broken is made anew and the statement repeated, so it must do no harm twice. Raises Unavailable.
        """
        if self._single is None:
            self._single = self._make_engine(f"{self._options} -c role={ROLE_SYSTEM}", SINGLE_CONNECTIONS, check=False)
        for last_try in (False, True):
            try:
                async with _as_unavailable(timeout_seconds), self._single.connect() as connection:
                    result = await connection.execute(statement, values)
                    return result.all() if result.returns_rows else []
            except Unavailable as error:
                broken = isinstance(error.__cause__, DBAPIError) and error.__cause__.connection_invalidated
                if last_try or not broken:
                    raise
        raise AssertionError("the last try returns or raises")

    async def is_ready(self) -> bool:
        """Does the database answer within two seconds?"""
        try:
            async with self.system(timeout_seconds=2.0) as session:
                await session.execute(text("SELECT 1"))
        except Unavailable:
            return False
        return True

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()
        if self._single is not None:
            await self._single.dispose()

    def _make_engine(self, options: str, connections: int, *, check: bool) -> AsyncEngine:
        """An engine; with `check` a connection is tried before it is used, without it every statement is its own transaction."""
        return create_async_engine(
            self._url,
            pool_size=connections,
            max_overflow=connections,
            pool_timeout=self._wait,
            pool_pre_ping=check,
            pool_recycle=1800,
            isolation_level="READ COMMITTED" if check else "AUTOCOMMIT",
            connect_args={
                "connect_timeout": 2,
                "options": options,
                "keepalives_idle": 10,
                "keepalives_interval": 3,
                "keepalives_count": 3,
                "tcp_user_timeout": 10_000,
                "application_name": "huying",
            },
        )

    @asynccontextmanager
    async def _transaction(self, role: str, business_id: str, timeout_seconds: float) -> AsyncIterator[AsyncSession]:
        async with _as_unavailable(timeout_seconds), self._sessions() as session, session.begin():
            await session.execute(BEGIN, {"role": role, "business": business_id})
            yield session


@asynccontextmanager
async def _as_unavailable(timeout_seconds: float) -> AsyncIterator[None]:
    """Bound the time; show a database that is away, slow or gone as Unavailable, and a value it cannot hold as InvalidInput."""
    try:
        async with asyncio.timeout(timeout_seconds) as limit:
            yield
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        raise Unavailable("the database does not answer at the moment: try again in a few seconds") from error
    except DataError as error:
        raise InvalidInput("a text or a number in this cannot be kept: it is out of range, or holds a sign that is no letter") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unavailable("the connection with the database broke: try again in a few seconds") from error
        raise
    except TimeoutError as error:
        if limit.expired():
            raise Unavailable(f"the database needed more than {timeout_seconds:g} s: try again in a few seconds") from error
        raise


def violated_constraint(error: IntegrityError) -> str:
    """The name of the constraint that a write broke, or an empty text."""
    diagnosis: Any = getattr(error.orig, "diag", None)
    return str(getattr(diagnosis, "constraint_name", "") or "")
