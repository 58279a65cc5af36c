"""Making the first administrator from the command line; what that means is `admin`'s."""

from __future__ import annotations

import asyncio
import getpass
import sys
from dataclasses import dataclass
from pathlib import Path

from huying.admin.first_administrator import NewBusiness, make_business, needs_first_administrator, refuse_sample
from huying.admin.passwords import Passwords
from huying.foundation.clock import utc_now
from huying.foundation.database import Database
from huying.foundation.errors import HuyingError, InvalidInput
from huying.foundation.settings import Settings, load_settings
from huying.processes.outer import Say


@dataclass(frozen=True, slots=True)
class Answers:
    """What is asked; empty ones are asked for on the terminal."""

    code: str = ""
    business: str = ""
    time_zone: str = ""
    login: str = ""
    name: str = ""
    password: str = ""


def is_needed(settings: Settings) -> bool:
    """Whether nobody can administer this installation yet."""

    async def ask() -> bool:
        database = Database(settings.database_url)
        try:
            return await needs_first_administrator(database)
        finally:
            await database.close()

    return asyncio.run(ask())


def create(folder: Path, answers: Answers, say: Say) -> None:
    """Makes the business and its administrator; asks for what is not given. Raises what `admin` says is wrong with the answers."""
    settings = load_settings(folder)
    complete = _ask_for_the_rest(answers, say)
    asyncio.run(_make(settings, complete))
    say(f"{complete.login} can sign in at {settings.origin}/")


def ask_until_made(folder: Path, say: Say) -> None:
    """Asks on the terminal until an administrator could be made; says the command for later when the terminal has no more."""
    while True:
        try:
            create(folder, Answers(), say)
            return
        except HuyingError as error:
            say(error.message)
        except EOFError:
            say("no administrator yet: run 'huying create-administrator'")
            return


async def _make(settings: Settings, answers: Answers) -> None:
    database = Database(settings.database_url)
    try:
        await refuse_sample(database)
        business = NewBusiness(answers.code, answers.business, answers.time_zone)
        await make_business(
            database, Passwords(), business, login=answers.login, name=answers.name, password=answers.password, now=utc_now()
        )
    finally:
        await database.close()


def _ask_for_the_rest(answers: Answers, say: Say) -> Answers:
    if not sys.stdin.isatty():
        missing = [name for name in ("code", "business", "login", "name", "password") if not getattr(answers, name)]
        if missing:
            raise InvalidInput(
                f"Not given, and there is no terminal to ask on: {', '.join(missing)}. See 'huying create-administrator -h'."
            )
        return Answers(answers.code, answers.business, answers.time_zone or "Asia/Shanghai", answers.login, answers.name, answers.password)
    say("the first administrator of your business:")
    return Answers(
        code=answers.code or input("  short code of the business (small letters, digits, hyphens): ").strip(),
        business=answers.business or input("  name of the business: ").strip(),
        time_zone=answers.time_zone or input("  time zone [Asia/Shanghai]: ").strip() or "Asia/Shanghai",
        login=answers.login or input("  administrator's log-in: ").strip(),
        name=answers.name or input("  administrator's name: ").strip(),
        password=answers.password or _new_password(),
    )


def _new_password() -> str:
    first = getpass.getpass("  password: ")
    if getpass.getpass("  again: ") != first:
        raise InvalidInput("The two passwords differ.")
    return first
