"""Routes of administration: the session of a browser, and the people of the business."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from huying.admin.cookies import remove_frame_cookies
from huying.admin.guard import CSRF_COOKIE, SESSION_COOKIE, CallerOf, public, requires
from huying.admin.model import PersonRow
from huying.admin.people import PersonChange, business_of, change_person, find_person, list_people, make_person, set_password
from huying.admin.sessions import csrf_token
from huying.admin.sign_in import SignInFailed
from huying.admin.wiring import Admin, AdminParts
from huying.foundation.http import Caller, Ground, GroundOf, IdPath

router = APIRouter(prefix="/api", tags=["admin"])


class In(BaseModel):
    """A request's body; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class SignInIn(In):
    """Who signs in."""

    login: str = Field(min_length=1, max_length=200)
    password: str = Field(min_length=1, max_length=500, repr=False)


class PersonOut(BaseModel):
    """A person."""

    id: str
    login: str
    name: str
    roles: list[str]
    language: str
    active: bool


class SelfOut(BaseModel):
    """The person who is signed in."""

    id: str
    login: str
    name: str
    roles: list[str]
    permissions: list[str]
    language: str


class BusinessOut(BaseModel):
    """The business one works in."""

    id: str
    name: str
    time_zone: str
    languages: list[str]


class AgentOut(BaseModel):
    """What makes the person an agent."""

    model_config = ConfigDict(extra="ignore")

    extension: str
    queues: list[Any]


class SessionOut(BaseModel):
    """Who is signed in, where, and as which agent."""

    person: SelfOut
    business: BusinessOut
    agent: AgentOut | None


class PeopleOut(BaseModel):
    """A page of people."""

    items: list[PersonOut]
    total: int


class PersonIn(In):
    """A new person."""

    login: str
    name: str
    roles: list[str]
    language: str = "zh-CN"
    password: str | None = Field(default=None, repr=False)


class PersonPatch(In):
    """What to change of a person."""

    name: str | None = None
    roles: list[str] | None = None
    language: str | None = None
    active: bool | None = None


class OwnPatch(In):
    """What one may change of oneself."""

    language: str


class PasswordIn(In):
    """A password that an administrator sets."""

    password: str = Field(max_length=500, repr=False)


class OwnPasswordIn(In):
    """A password that a person sets; the present one proves who it is."""

    present: str = Field(max_length=500, repr=False)
    password: str = Field(max_length=500, repr=False)


@router.post("/session", dependencies=[public()])
async def sign_in(body: SignInIn, request: Request, response: Response, ground: GroundOf, admin: AdminParts) -> SessionOut:
    """Sign in; sets the session's cookies."""
    address = request.client.host if request.client else ""
    signed = await admin.sign_in.sign_in(body.login, body.password, address)
    secure = request.url.scheme == "https"
    response.set_cookie(SESSION_COOKIE, signed.token, httponly=True, samesite="strict", secure=secure, path="/")
    response.set_cookie(CSRF_COOKIE, csrf_token(signed.token), samesite="strict", secure=secure, path="/")
    return await _session(signed.caller, ground, admin)


@router.get("/session", dependencies=[requires("account.own")])
async def who_am_i(caller: CallerOf, ground: GroundOf, admin: AdminParts) -> SessionOut:
    """Who is signed in."""
    return await _session(caller, ground, admin)


@router.patch("/session", dependencies=[requires("account.own")])
async def change_own(body: OwnPatch, caller: CallerOf, ground: GroundOf, admin: AdminParts) -> PersonOut:
    """Choose one's own language."""
    async with ground.database.business(caller.business_id) as session:
        change = PersonChange(language=body.language)
        return _person(
            await change_person(session, admin.sessions, caller.person_id, change, by_person_id=caller.person_id, now=ground.clock())
        )


@router.delete("/session", status_code=204, dependencies=[requires("account.own")])
async def sign_out(response: Response, caller: CallerOf, admin: AdminParts) -> None:
    """Sign out; removes the cookies."""
    await admin.sign_in.sign_out(caller)
    response.delete_cookie(SESSION_COOKIE, path="/")
    response.delete_cookie(CSRF_COOKIE, path="/")
    remove_frame_cookies(response)


@router.post("/session/password", status_code=204, dependencies=[requires("account.own")])
async def change_own_password(body: OwnPasswordIn, caller: CallerOf, ground: GroundOf, admin: AdminParts) -> None:
    """Change one's own password; other sessions end."""
    async with ground.database.business(caller.business_id) as session:
        person = await find_person(session, caller.person_id)
        if not await admin.passwords.matches(person.password_hash, body.present):
            raise SignInFailed("the present password is wrong")
        await set_password(
            session,
            admin.passwords,
            admin.sessions,
            caller.person_id,
            body.password,
            by_person_id=caller.person_id,
            now=ground.clock(),
            keep_session_id=caller.session_id,
        )


@router.get("/people", dependencies=[requires("people.view")])
async def people(
    caller: CallerOf,
    ground: GroundOf,
    search: str = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> PeopleOut:
    """The people of the business."""
    async with ground.database.business(caller.business_id) as session:
        rows, total = await list_people(session, search, limit, offset)
        return PeopleOut(items=[_person(row) for row in rows], total=total)


@router.post("/people", status_code=201, dependencies=[requires("people.manage")])
async def add_person(body: PersonIn, caller: CallerOf, ground: GroundOf, admin: AdminParts) -> PersonOut:
    """Make a person."""
    async with ground.database.business(caller.business_id) as session:
        row = await make_person(
            session,
            admin.passwords,
            business_id=caller.business_id,
            login=body.login,
            name=body.name,
            roles=body.roles,
            password=body.password,
            by_person_id=caller.person_id,
            now=ground.clock(),
            language=body.language,
        )
        made = _person(row)
    await _tell(ground, caller)
    return made


@router.get("/people/{person_id}", dependencies=[requires("people.view")])
async def person(person_id: IdPath, caller: CallerOf, ground: GroundOf) -> PersonOut:
    """One person."""
    async with ground.database.business(caller.business_id) as session:
        return _person(await find_person(session, person_id))


@router.patch("/people/{person_id}", dependencies=[requires("people.manage")])
async def patch_person(person_id: IdPath, body: PersonPatch, caller: CallerOf, ground: GroundOf, admin: AdminParts) -> PersonOut:
    """Change a person."""
    roles = tuple(body.roles) if body.roles is not None else None
    change = PersonChange(body.name, roles, body.language, body.active)
    async with ground.database.business(caller.business_id) as session:
        row = await change_person(session, admin.sessions, person_id, change, by_person_id=caller.person_id, now=ground.clock())
        changed = _person(row)
    admin.sessions.forget(person_id)
    await _tell(ground, caller)
    return changed


@router.post("/people/{person_id}/password", status_code=204, dependencies=[requires("people.manage")])
async def reset_password(person_id: IdPath, body: PasswordIn, caller: CallerOf, ground: GroundOf, admin: AdminParts) -> None:
    """Set a person's password; their sessions end."""
    async with ground.database.business(caller.business_id) as session:
        await set_password(
            session, admin.passwords, admin.sessions, person_id, body.password, by_person_id=caller.person_id, now=ground.clock()
        )


async def _session(caller: Caller, ground: Ground, admin: Admin) -> SessionOut:
    async with ground.database.business(caller.business_id) as session:
        business = await business_of(session, caller.business_id)
        shown = BusinessOut(id=business.id, name=business.name, time_zone=business.time_zone, languages=business.languages)
    agent: Mapping[str, Any] | None = await admin.agent_of(caller)
    return SessionOut(
        person=SelfOut(
            id=caller.person_id,
            login=caller.login,
            name=caller.name,
            roles=list(caller.roles),
            permissions=sorted(caller.permissions),
            language=caller.language,
        ),
        business=shown,
        agent=AgentOut(**agent) if agent else None,
    )


async def _tell(ground: Ground, caller: Caller) -> None:
    await ground.bus.publish("config.changed", {"business_id": caller.business_id, "what": "people"})


def _person(row: PersonRow) -> PersonOut:
    return PersonOut(id=row.id, login=row.login, name=row.name, roles=row.roles, language=row.language, active=row.active)
