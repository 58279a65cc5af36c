"""Routes of devices: an agent's own choice, what administrators allow, and what goes on by itself by agent or group."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy import select

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.channels.desk.phones import PhonesOf
from huying.channels.desk.views import DeskPhone
from huying.channels.devices.model import DeviceRulesRow
from huying.channels.devices.service import (
    change_rules,
    change_work_setting,
    choose,
    chosen_by,
    find_work_setting,
    list_work_settings,
    load_work_settings,
    read_rules,
)
from huying.channels.devices.settings import ChosenDevices, DeviceRules, PartialSettings, WorkSettings
from huying.channels.voice.dependency import VoiceOf
from huying.foundation.errors import InvalidInput, NotFound
from huying.foundation.http import GroundOf
from huying.routing.service import is_agent, load_routing
from huying.routing.settings.queue_views import Given, Id
from huying.telephony.accounts import account_of, number_of
from huying.telephony.model import KIND_REMOTE

router = APIRouter(tags=["devices"])

Kind = Literal["browser", "phone", "remote", "number"]
Prefixes = Annotated[list[Annotated[str, StringConstraints(pattern=r"^\+[0-9]{1,15}$")]], Field(max_length=200)]
Seconds = Annotated[int, Field(ge=-1, le=3600)]


class DeviceRulesData(Given):
    """What agents may choose. Prefixes in E.164; no allowed prefix allows all numbers."""

    kinds: Annotated[list[Kind], Field(min_length=1, max_length=4)]
    permanent: bool = False
    allowed_prefixes: Prefixes = ["+86"]
    denied_prefixes: Prefixes = []
    browser_sound: Literal["g711", "opus"] = "g711"


class WorkData(BaseModel):
    """What goes on by itself for me. Seconds; -1: by hand (or, after a call, as the queue says)."""

    answer_seconds: int
    after_call_seconds: int
    accept_seconds: int
    dial_seconds: int
    most_talk_seconds: int
    warn_seconds: int


class DevicesView(BaseModel):
    """My devices, what I may choose, and what goes on by itself."""

    kinds: list[Kind]
    permanent: bool
    number: str
    rules: DeviceRulesData
    work: WorkData


class DevicesIn(Given):
    """What rings from now on, all at the same time; the first is the one whose line may stay up. `number` null: as it is."""

    kinds: Annotated[list[Kind], Field(min_length=1, max_length=4)]
    permanent: bool = False
    number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] | None = Field(default=None, repr=False)


class WorkSettingData(Given):
    """What goes on by itself there; null leaves a value to the wider setting. Seconds.

    `answer_seconds`, `accept_seconds`, `dial_seconds`: -1 by hand; `after_call_seconds`: -1 as the
    queue says; `most_talk_seconds`: 0 no limit.
    """

    answer_seconds: Seconds | None = None
    after_call_seconds: Seconds | None = None
    accept_seconds: Seconds | None = None
    dial_seconds: Seconds | None = None
    most_talk_seconds: Annotated[int, Field(ge=0, le=86_400)] | None = None
    warn_seconds: Annotated[int, Field(ge=0, le=600)] | None = None


class WorkSettingView(WorkSettingData):
    """One of them, with whom it is about: an agent, a group, or (with neither) everybody."""

    agent_id: str | None
    group_id: str | None


@router.get("/api/desk/devices", dependencies=[requires("desk.use")])
async def read_devices(caller: CallerOf, ground: GroundOf, phones: PhonesOf) -> DevicesView:
    """What rings when I am rung."""
    async with ground.database.business(caller.business_id) as session:
        row, rules = await chosen_by(session, caller.person_id), await read_rules(session)
        number = await number_of(session, phones.vault, caller.person_id)
        work = (await load_work_settings(session, await load_routing(session))).get(caller.person_id, WorkSettings())
    return DevicesView(
        kinds=[kind for kind in row.kinds if kind in rules.kinds] if row else [],  # type: ignore[misc]
        permanent=bool(row and row.permanent and rules.permanent),
        number=number.account.secret if number else "",
        rules=_rules_data(rules),
        work=WorkData(**asdict(work)),
    )


@router.put("/api/desk/devices", status_code=204, dependencies=[requires("desk.use")])
async def write_devices(caller: CallerOf, ground: GroundOf, phones: PhonesOf, voice: VoiceOf, given: DevicesIn) -> None:
    """Choose what rings; whoever is at work is at these devices from now on."""
    if len(set(given.kinds)) != len(given.kinds):
        raise InvalidInput("Each device once.", field="kinds")
    chosen = ChosenDevices(tuple(given.kinds), given.permanent)
    async with ground.database.business(caller.business_id) as session:
        if not await is_agent(session, caller.person_id):
            raise NotFound("You are not an agent: ask an administrator for an extension and queues.")
        account = await choose(session, phones.vault, caller.business_id, caller.person_id, chosen, given.number, ground.clock())
    await voice.refresh_configuration()
    await voice.move_device(caller.business_id, caller.person_id, account)


@router.get("/api/phone/remote-phone", dependencies=[requires("desk.use")])
async def read_remote_phone(caller: CallerOf, ground: GroundOf, phones: PhonesOf, voice: VoiceOf) -> DeskPhone:
    """How a telephone outside the house registers as this agent's device."""
    async with ground.database.business(caller.business_id) as session:
        if not await is_agent(session, caller.person_id):
            raise NotFound("You are not an agent: ask an administrator for an extension and queues.")
        mine, made = await account_of(session, phones.vault, caller.business_id, caller.person_id, KIND_REMOTE, ground.clock())
    if made:
        await voice.refresh_configuration()
    return phones.desk_phone(mine.account)


@router.get("/api/devices/rules", dependencies=[requires("people.manage")])
async def read_device_rules(caller: CallerOf, ground: GroundOf) -> DeviceRulesData:
    """What devices agents may choose."""
    async with ground.database.business(caller.business_id) as session:
        return _rules_data(await read_rules(session))


@router.put("/api/devices/rules", status_code=204, dependencies=[requires("people.manage")])
async def write_device_rules(caller: CallerOf, ground: GroundOf, given: DeviceRulesData) -> None:
    """Say what devices agents may choose; what is not allowed any longer rings no longer."""
    prefixes = tuple(given.allowed_prefixes), tuple(given.denied_prefixes)
    rules = DeviceRules(tuple(given.kinds), given.permanent, *prefixes, given.browser_sound)
    async with changing(ground, caller, "device_rules") as change:
        await change.begin_found(select(DeviceRulesRow.id))
        row_id, made = await change_rules(change.session, caller.business_id, rules)
        change.note(row_id, "made" if made else "changed")


@router.get("/api/work-settings", dependencies=[requires("people.manage")])
async def read_work_settings(caller: CallerOf, ground: GroundOf) -> list[WorkSettingView]:
    """What goes on by itself, for whom."""
    async with ground.database.business(caller.business_id) as session:
        rows = await list_work_settings(session)
        return [WorkSettingView.model_validate(row, from_attributes=True) for row in rows]


async def _write(caller: CallerOf, ground: GroundOf, agent_id: str | None, group_id: str | None, given: WorkSettingData) -> None:
    async with changing(ground, caller, "work_setting") as change:
        row = await find_work_setting(change.session, agent_id, group_id)
        if row is not None:
            await change.begin(row.id)
        said = PartialSettings(**given.model_dump())
        thing_id, action = await change_work_setting(change.session, caller.business_id, agent_id, group_id, said)
        if action:
            change.note(thing_id, action)


@router.put("/api/work-settings", status_code=204, dependencies=[requires("people.manage")])
async def write_work_settings(caller: CallerOf, ground: GroundOf, given: WorkSettingData) -> None:
    """What goes on by itself for everybody."""
    await _write(caller, ground, None, None, given)


@router.put("/api/work-settings/groups/{group_id}", status_code=204, dependencies=[requires("people.manage")])
async def write_work_settings_of_group(caller: CallerOf, ground: GroundOf, group_id: Id, given: WorkSettingData) -> None:
    """What goes on by itself for the agents of a group."""
    async with ground.database.business(caller.business_id) as session:
        if group_id not in (await load_routing(session)).groups:
            raise NotFound("There is no such group.")
    await _write(caller, ground, None, group_id, given)


@router.put("/api/work-settings/agents/{person_id}", status_code=204, dependencies=[requires("people.manage")])
async def write_work_settings_of_agent(caller: CallerOf, ground: GroundOf, person_id: Id, given: WorkSettingData) -> None:
    """What goes on by itself for one agent."""
    async with ground.database.business(caller.business_id) as session:
        if not await is_agent(session, person_id):
            raise NotFound("There is no such agent.")
    await _write(caller, ground, person_id, None, given)


def _rules_data(rules: DeviceRules) -> DeviceRulesData:
    return DeviceRulesData.model_validate(
        {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(rules).items()}
    )
