"""Agents' devices, the rules for them, and what goes on by itself: read and changed. Never commits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import PersonRow
from huying.channels.devices.model import AgentDeviceRow, DeviceRulesRow, WorkSettingRow
from huying.channels.devices.settings import USUAL_RULES, ChosenDevices, DeviceRules, PartialSettings, WorkSettings, together
from huying.crm.customers.numbers import matchable
from huying.foundation.errors import Forbidden, InvalidInput
from huying.routing.configuration import RoutingSettings
from huying.routing.model import GroupMemberRow
from huying.telephony.accounts import Vault, account_of, keep_number, number_of
from huying.telephony.model import KIND_BROWSER, KIND_NUMBER


class DeviceNotAllowed(Forbidden):
    """Your administrator does not allow this device: choose another one, or ask for it."""

    code = "device-not-allowed"


async def load_chosen_devices(session: AsyncSession) -> dict[str, ChosenDevices]:
    """Agent -> his devices, of all that the session may see, as far as the rules still allow them."""
    rules = await load_rules(session)
    rows = await session.execute(select(AgentDeviceRow, PersonRow.language).join(PersonRow, PersonRow.id == AgentDeviceRow.person_id))
    found: dict[str, ChosenDevices] = {}
    for row, language in rows.all():
        mine = rules.get(row.business_id, USUAL_RULES)
        kinds = tuple(kind for kind in row.kinds if kind in mine.kinds)
        if kinds:
            found[row.person_id] = ChosenDevices(kinds, row.permanent and mine.permanent, language)
    return found


async def chosen_by(session: AsyncSession, person_id: str) -> AgentDeviceRow | None:
    """What this agent chose; None where he chose nothing yet."""
    return await session.get(AgentDeviceRow, person_id)


async def choose(
    session: AsyncSession, vault: Vault, business_id: str, person_id: str, chosen: ChosenDevices, number: str | None, now: datetime
) -> str:
    """Choose devices; the account of the first, at which the agent signs in. `number`: None leaves the one that is kept.

    Raises DeviceNotAllowed, InvalidInput. The telephone process must be told.
    """
    rules = await read_rules(session)
    if set(chosen.kinds) - set(rules.kinds) or (chosen.permanent and not rules.permanent):
        raise DeviceNotAllowed
    await _number(session, vault, business_id, person_id, chosen, number, rules, now)
    row = await session.get(AgentDeviceRow, person_id)
    if row is None:
        row = AgentDeviceRow(business_id=business_id, person_id=person_id)
        session.add(row)
    row.kinds, row.permanent, row.changed_at = list(chosen.kinds), chosen.permanent, now
    await session.flush()
    for kind in chosen.kinds[1:]:
        await account_at(session, vault, business_id, person_id, kind, now)
    return await account_at(session, vault, business_id, person_id, main_kind(chosen), now)


def main_kind(chosen: ChosenDevices) -> str:
    """The device at which the agent signs in: his browser where it is among those that ring, so that the desk registers it."""
    return KIND_BROWSER if KIND_BROWSER in chosen.kinds and not chosen.permanent else chosen.kinds[0]


async def account_at(session: AsyncSession, vault: Vault, business_id: str, person_id: str, kind: str, now: datetime) -> str:
    """The account of the person's device of this kind. Raises InvalidInput for a number that is not given yet."""
    if kind == KIND_NUMBER:
        found = await number_of(session, vault, person_id)
        if found is None:
            raise InvalidInput("Give the telephone number first.", field="number")
        return found.account.name
    mine, _made = await account_of(session, vault, business_id, person_id, kind, now)
    return mine.account.name


async def _number(
    session: AsyncSession,
    vault: Vault,
    business_id: str,
    person_id: str,
    chosen: ChosenDevices,
    number: str | None,
    rules: DeviceRules,
    now: datetime,
) -> None:
    if number is not None:
        wanted = matchable(number) if number else ""
        if number and not wanted:
            raise InvalidInput("This is not a telephone number: write it with its area code.", field="number")
        if wanted and not rules.allows_number(wanted):
            raise DeviceNotAllowed("Your administrator does not allow this number as a device.", field="number")
        await keep_number(session, vault, business_id, person_id, wanted, now)
    kept = await number_of(session, vault, person_id)
    if KIND_NUMBER in chosen.kinds:
        if kept is None:
            raise InvalidInput("Give the telephone number first.", field="number")
        if not rules.allows_number(kept.account.secret):
            raise DeviceNotAllowed("Your administrator does not allow this number as a device any longer.", field="number")


# --- the rules ------------------------------------------------------------------------------------------------------------------


async def load_rules(session: AsyncSession) -> dict[str, DeviceRules]:
    """Business -> its rules, of all that the session may see."""
    return {row.business_id: _rules(row) for row in await session.scalars(select(DeviceRulesRow))}


async def read_rules(session: AsyncSession) -> DeviceRules:
    """The rules of the session's business."""
    row = await session.scalar(select(DeviceRulesRow))
    return _rules(row) if row else USUAL_RULES


async def change_rules(session: AsyncSession, business_id: str, rules: DeviceRules) -> tuple[str, bool]:
    """Put rules in force; the row's id, and whether it is new."""
    row = await session.scalar(select(DeviceRulesRow))
    made = row is None
    if row is None:
        row = DeviceRulesRow(business_id=business_id)
        session.add(row)
    for name, value in asdict(rules).items():
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    await session.flush()
    return row.id, made


def _rules(row: DeviceRulesRow) -> DeviceRules:
    prefixes = tuple(row.allowed_prefixes), tuple(row.denied_prefixes)
    return DeviceRules(tuple(row.kinds), row.permanent, *prefixes, row.browser_sound)


# --- what goes on by itself -------------------------------------------------------------------------------------------------------


async def load_work_settings(session: AsyncSession, routing: RoutingSettings) -> dict[str, WorkSettings]:
    """Agent -> what goes on by itself, for those to whom anything applies: his own, his groups' in the groups' order, everybody's."""
    rows = list(await session.scalars(select(WorkSettingRow)))
    if not rows:
        return {}
    members: dict[str, set[str]] = {}
    for person_id, group_id in (await session.execute(select(GroupMemberRow.person_id, GroupMemberRow.group_id))).all():
        members.setdefault(person_id, set()).add(group_id)
    own = {row.agent_id: row for row in rows if row.agent_id}
    of_group = {row.group_id: row for row in rows if row.group_id}
    of_all = {row.business_id: row for row in rows if not (row.agent_id or row.group_id)}
    order = list(routing.groups)
    found: dict[str, WorkSettings] = {}
    for agent in routing.agents.values():
        mine = members.get(agent.agent_id, set())
        in_order = [own.get(agent.agent_id), *(of_group.get(group) for group in order if group in mine), of_all.get(agent.business_id)]
        applying = [_partial(row) for row in in_order if row is not None]
        if applying:
            found[agent.agent_id] = together(applying)
    return found


async def list_work_settings(session: AsyncSession) -> list[WorkSettingRow]:
    """All rows of the session's business."""
    return list(await session.scalars(select(WorkSettingRow).order_by(WorkSettingRow.id)))


async def find_work_setting(session: AsyncSession, agent_id: str | None, group_id: str | None) -> WorkSettingRow | None:
    """The row for this agent, this group, or (with neither) everybody."""
    statement = select(WorkSettingRow).where(
        WorkSettingRow.agent_id.is_not_distinct_from(agent_id), WorkSettingRow.group_id.is_not_distinct_from(group_id)
    )
    found: WorkSettingRow | None = await session.scalar(statement)
    return found


async def change_work_setting(
    session: AsyncSession, business_id: str, agent_id: str | None, group_id: str | None, said: PartialSettings
) -> tuple[str, str]:
    """Say what goes on by itself there; the row's id, and `made`, `changed` or `removed` (when nothing is said any longer)."""
    row = await find_work_setting(session, agent_id, group_id)
    values: Mapping[str, int | None] = asdict(said)
    if all(value is None for value in values.values()):
        if row is None:
            return "", ""
        await session.delete(row)
        await session.flush()
        return row.id, "removed"
    made = row is None
    if row is None:
        row = WorkSettingRow(business_id=business_id, agent_id=agent_id, group_id=group_id)
        session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    await session.flush()
    return row.id, "made" if made else "changed"


def _partial(row: WorkSettingRow) -> PartialSettings:
    return PartialSettings(**{field.name: getattr(row, field.name) for field in fields(PartialSettings)})
