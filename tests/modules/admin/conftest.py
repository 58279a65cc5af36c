"""An application with administration alone, on a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

from huying.admin.api import router
from huying.admin.first_administrator import NewBusiness, make_business
from huying.admin.guard import CSRF_COOKIE
from huying.admin.passwords import Passwords
from huying.admin.preferences.api import router as preferences_router
from huying.admin.wiring import Admin, make_admin
from huying.foundation.bus.memory import MemoryBus
from huying.foundation.clock import utc_now
from huying.foundation.database import Database
from huying.foundation.http import Ground
from huying.web.errors import mount_errors

PASSWORD = "correct horse battery"


class Browser(httpx.AsyncClient):
    """A client that repeats the CSRF word as our pages do."""

    async def request(self, method: str, url: httpx.URL | str, **kwargs: object) -> httpx.Response:
        self.headers.pop("x-csrf-token", None)
        if CSRF_COOKIE in self.cookies:
            self.headers["x-csrf-token"] = self.cookies[CSRF_COOKIE]
        return await super().request(method, url, **kwargs)


@dataclass
class House:
    """The application, and who is in it."""

    app: FastAPI
    ground: Ground
    admin: Admin
    business_id: str
    administrator_id: str

    def browser(self, address: str = "192.0.2.1") -> Browser:
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False, client=(address, 1))
        return Browser(transport=transport, base_url="http://huying.test")

    async def signed_in(self, login: str = "ada", password: str = PASSWORD) -> Browser:
        browser = self.browser()
        answer = await browser.post("/api/session", json={"login": login, "password": password})
        assert answer.status_code == 200, answer.text
        return browser


def quick_passwords() -> Passwords:
    return Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    ground = Ground(database, MemoryBus())
    admin = make_admin(ground, passwords=quick_passwords())
    business = NewBusiness("acme", "Acme")
    business_id, person_id = await make_business(
        database, admin.passwords, business, login="Ada", name="Ada", password=PASSWORD, now=utc_now()
    )
    app = FastAPI()
    app.state.ground, app.state.admin, app.state.sessions = ground, admin, admin.sessions
    app.include_router(router)
    app.include_router(preferences_router)
    mount_errors(app)
    yield House(app, ground, admin, business_id, person_id)
    await ground.bus.close()
