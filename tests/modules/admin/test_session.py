"""Signing in and out through HTTP."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, text

from huying.admin.first_administrator import NewBusiness, make_business, needs_first_administrator, refuse_sample
from huying.admin.guard import CSRF_COOKIE, SESSION_COOKIE
from huying.admin.model import SessionRow
from huying.admin.passwords import MOST_WAITING, Passwords
from huying.admin.sessions import AGE, IDLE, Sessions
from huying.foundation.clock import utc_now
from huying.foundation.database import Database
from huying.foundation.errors import Conflict, NotSignedIn, TooMany, Unavailable
from huying.foundation.journal.port import Cursor
from huying.foundation.journal.postgres import PostgresJournal

PASSWORD = "correct horse battery"


async def test_sign_in_tells_who_and_where(house: Any) -> None:
    browser = await house.signed_in("ADA")
    answer = (await browser.get("/api/session")).json()
    assert answer["person"]["id"] == house.administrator_id
    assert answer["person"]["roles"] == ["administrator"]
    assert "people.manage" in answer["person"]["permissions"]
    assert answer["business"]["name"] == "Acme"
    assert answer["agent"] is None


async def test_cookies_are_guarded(house: Any) -> None:
    answer = await house.browser().post("/api/session", json={"login": "ada", "password": PASSWORD})
    session, csrf = sorted(answer.headers.get_list("set-cookie"), key=lambda line: line.startswith(CSRF_COOKIE))
    assert "HttpOnly" in session
    assert "samesite=strict" in session.lower()
    assert "HttpOnly" not in csrf


async def test_the_token_is_not_kept(house: Any) -> None:
    browser = await house.signed_in()
    token = browser.cookies[SESSION_COOKIE]
    async with house.ground.database.system() as session:
        assert token.encode() not in (await session.execute(select(SessionRow.token_hash))).scalars().all()


@pytest.mark.parametrize(("login", "password"), [("ada", "wrong"), ("nobody", PASSWORD), ("' OR 1=1 --", "x")])
async def test_a_wrong_try_says_nothing(house: Any, login: str, password: str) -> None:
    answer = await house.browser().post("/api/session", json={"login": login, "password": password})
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "sign-in-failed"


async def test_guessing_is_slowed_down(house: Any) -> None:
    browser = house.browser("192.0.2.9")
    for _ in range(5):
        assert (await browser.post("/api/session", json={"login": "ada", "password": "wrong"})).status_code == 401
    answer = await browser.post("/api/session", json={"login": "ada", "password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    await house.signed_in()  # from another address it still works


async def test_strangers_cannot_lock_out_who_is_at_home(house: Any) -> None:
    await house.signed_in()
    for number in range(20):
        stranger = house.browser(f"192.0.2.{100 + number}")
        assert (await stranger.post("/api/session", json={"login": "ada", "password": "wrong"})).status_code == 401
    newcomer = house.browser("192.0.2.200")
    assert (await newcomer.post("/api/session", json={"login": "ada", "password": PASSWORD})).status_code == 429
    await house.signed_in()


async def test_guesses_side_by_side_are_counted_like_one_after_the_other(house: Any) -> None:
    browser = house.browser("192.0.2.10")
    tries = [browser.post("/api/session", json={"login": "ada", "password": f"wrong{number}"}) for number in range(40)]
    answers = [answer.status_code for answer in await asyncio.gather(*tries)]
    assert answers.count(401) <= 5
    assert set(answers) == {401, 429}


async def test_signing_in_again_and_again_is_no_guessing(house: Any) -> None:
    for _ in range(30):
        await house.signed_in()


async def test_no_more_passwords_wait_than_the_machine_bears() -> None:
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    found = await asyncio.gather(*(passwords.matches(None, "x") for _ in range(MOST_WAITING + 10)), return_exceptions=True)
    assert sum(isinstance(one, TooMany) for one in found) == 10
    assert await passwords.matches(await passwords.hash("right"), "right")


async def test_sign_out_ends_the_session_at_once(house: Any) -> None:
    browser = await house.signed_in()
    token = browser.cookies[SESSION_COOKIE]
    assert (await browser.delete("/api/session")).status_code == 204
    assert SESSION_COOKIE not in browser.cookies
    again = house.browser()
    again.cookies.set(SESSION_COOKIE, token)
    assert (await again.get("/api/session")).status_code == 401


async def test_unsafe_requests_need_the_csrf_word(house: Any) -> None:
    browser = await house.signed_in()
    del browser.cookies[CSRF_COOKIE]
    answer = await browser.delete("/api/session")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "csrf-missing")
    other = await house.signed_in()
    browser.cookies.set(CSRF_COOKIE, other.cookies[CSRF_COOKIE])
    assert (await browser.delete("/api/session")).status_code == 403


@pytest.mark.parametrize("waited", [IDLE + timedelta(minutes=1), AGE + timedelta(minutes=1)])
async def test_a_session_ends_by_rest_and_by_age(house: Any, waited: timedelta) -> None:
    browser = await house.signed_in()
    later = Sessions(house.ground.database, lambda: utc_now() + waited)
    with pytest.raises(NotSignedIn):
        await later.find(browser.cookies[SESSION_COOKIE])
    async with house.ground.database.system() as session:
        assert (await session.execute(select(SessionRow))).all() == []


async def test_a_session_outlives_a_short_outage_of_the_database(house: Any) -> None:
    browser = await house.signed_in()
    tick = 0.0
    away = Database("postgresql+psycopg://nobody:none@127.0.0.1:1/none")
    sessions = Sessions(house.ground.database, utc_now, lambda: tick)
    known = await sessions.find(browser.cookies[SESSION_COOKIE])
    sessions._database = away
    tick = 60.0
    assert await sessions.find(browser.cookies[SESSION_COOKIE]) == known
    tick = 200.0
    with pytest.raises(Unavailable):
        await sessions.find(browser.cookies[SESSION_COOKIE])
    await away.close()


async def test_the_sample_cannot_sign_in_outside_the_demo(house: Any) -> None:
    database = house.ground.database
    sample = NewBusiness("sample", "Sample", sample=True)
    await make_business(database, house.admin.passwords, sample, login="demo", name="Demo", password=PASSWORD, now=utc_now())
    answer = await house.browser().post("/api/session", json={"login": "demo", "password": PASSWORD})
    assert answer.status_code == 401
    with pytest.raises(Conflict, match="huying demo"):
        await refuse_sample(database)


async def test_the_first_administrator_is_made_once(house: Any, database: Database) -> None:
    assert not await needs_first_administrator(database)
    async with database.system() as session:
        await session.execute(text("UPDATE person SET active = false"))
    assert await needs_first_administrator(database)
    with pytest.raises(Conflict):
        await make_business(
            database, house.admin.passwords, NewBusiness("acme", "Again"), login="bob", name="Bob", password=PASSWORD, now=utc_now()
        )


async def test_what_happens_is_journalled_without_names(house: Any) -> None:
    browser = await house.signed_in()
    await house.browser().post("/api/session", json={"login": "ada", "password": "wrong"})
    await browser.delete("/api/session")
    entries, _ = await PostgresJournal(house.ground.database).follow(Cursor())
    assert [entry.kind for entry in entries] == ["PersonMade", "BusinessMade", "PersonSignedIn", "SignInRefused", "PersonSignedOut"]
    assert {entry.stream for entry in entries} == {"act"}
    assert not any("ada" in str(entry.event.data()).lower() for entry in entries)


async def test_one_changes_ones_own_password(house: Any) -> None:
    browser, other = await house.signed_in(), await house.signed_in()
    wrong = await browser.post("/api/session/password", json={"present": "no", "password": "a new long one"})
    assert wrong.status_code == 401
    weak = await browser.post("/api/session/password", json={"present": PASSWORD, "password": "12345678"})
    assert (weak.status_code, weak.json()["error"]["code"]) == (422, "password-too-weak")
    assert (await browser.post("/api/session/password", json={"present": PASSWORD, "password": "a new long one"})).status_code == 204
    assert (await browser.get("/api/session")).status_code == 200
    assert (await other.get("/api/session")).status_code == 401
    await house.signed_in("ada", "a new long one")


async def test_one_chooses_ones_own_language(house: Any) -> None:
    browser = await house.signed_in()
    assert (await browser.patch("/api/session", json={"language": "en"})).status_code == 200
    assert (await browser.get("/api/session")).json()["person"]["language"] == "en"
    assert (await browser.patch("/api/session", json={"language": "tlh"})).status_code == 422
