"""Fills in the sample business, once: for `demo` alone, since its password is known to the whole world. Done again it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.first_administrator import NewBusiness, make_business
from huying.admin.model import BusinessRow, PersonRow
from huying.admin.passwords import Passwords
from huying.admin.people import make_person
from huying.channels.dispositions.model import DispositionRow, QueueDeskRow
from huying.channels.model import ENTRY_NUMBER, ENTRY_WEB, EntryPointRow
from huying.flows.sample_flow import SAMPLE_FLOW_CODE, SAMPLE_FLOW_NAMES, sample_flow
from huying.flows.service import create_flow, publish, save_version
from huying.foundation.database import Database
from huying.foundation.errors import Forbidden, NotFound
from huying.foundation.ids import new_id
from huying.routing.model import QueueRow
from huying.sample.centre import names
from huying.sample.load_articles import add_articles
from huying.sample.load_centre import Centre, add_agent, add_centre
from huying.sample.load_customers import add_customers
from huying.sample.organisation import (
    BUSINESS_CODE,
    BUSINESS_NAME,
    DATED,
    DISPOSITIONS,
    FLOW_NUMBER,
    FORCED,
    PEOPLE,
    SERVICE_NUMBER,
    TIME_ZONE,
    TRUNK_ADDRESSES,
    TRUNK_NAME,
    WEB_ENTRY,
)
from huying.sample.quick_notes import add_quick_notes
from huying.sample.sounds import add_sounds
from huying.telephony.accounts import Vault, account_of, put_trunk
from huying.telephony.model import KIND_BROWSER, KIND_PHONE, KIND_SIMULATED
from huying.telephony.port import Trunk

SAMPLE_PASSWORD = "huying-demo"  # noqa: S105 (everybody may know it: these log-ins work in the demo alone)


@dataclass(frozen=True, slots=True)
class Sample:
    """What was filled in, for the greeting of the demo."""

    business_id: str
    logins: tuple[str, ...]
    password: str
    service_number: str
    web_entry: str


async def load_sample(database: Database, passwords: Passwords, vault: Vault, now: datetime, *, demo: bool) -> Sample:
    """The sample business; made when it is not there. Raises Forbidden outside the demo."""
    if not demo:
        raise Forbidden("the sample business is for the demo alone: start with 'huying demo'")
    business_id = await _business(database, passwords, now)
    async with database.business(business_id, timeout_seconds=60) as session:
        if await session.scalar(select(QueueRow.id).limit(1)) is None:
            centre = await add_centre(session, business_id, now.date())
            _add_dispositions(session, business_id, centre)
            await _people(session, passwords, vault, business_id, centre, now)
            await _entries(session, vault, business_id, now)
            await add_customers(session, business_id, now)
            add_sounds(session, business_id)
            add_quick_notes(session, business_id)
            await add_articles(session, business_id, centre.queues, await _editor(session), now)
    return Sample(business_id, tuple(person.login for person in PEOPLE), SAMPLE_PASSWORD, SERVICE_NUMBER, WEB_ENTRY)


async def sample_business(database: Database) -> str:
    """The id of the sample business. Raises NotFound."""
    async with database.system() as session:
        found = await session.scalar(select(BusinessRow.id).where(BusinessRow.code == BUSINESS_CODE, BusinessRow.sample))
    if found is None:
        raise NotFound("There is no sample business here.")
    return found


async def _business(database: Database, passwords: Passwords, now: datetime) -> str:
    async with database.system() as session:
        found = await session.scalar(select(BusinessRow.id).where(BusinessRow.code == BUSINESS_CODE, BusinessRow.sample))
    if found is not None:
        return found
    new = NewBusiness(BUSINESS_CODE, BUSINESS_NAME, TIME_ZONE, sample=True)
    admin = next(person for person in PEOPLE if person.role == "administrator")
    made, _ = await make_business(database, passwords, new, login=admin.login, name=admin.name, password=SAMPLE_PASSWORD, now=now)
    return made


async def _editor(session: AsyncSession) -> str | None:
    """Whose articles they are: the manager's."""
    login = next(person.login for person in PEOPLE if person.role == "manager")
    return await session.scalar(select(PersonRow.id).where(PersonRow.login == login))


def _add_dispositions(session: AsyncSession, business_id: str, centre: Centre) -> None:
    """Every queue shows what is for all, and the branch of its own name."""
    ids = {code: new_id() for _, code, _ in DISPOSITIONS}
    for position, (branch, code, name) in enumerate(DISPOSITIONS):
        stands = {"code": code, "parent_id": ids[branch] if branch else None, "position": position}
        wanted = {"name": dict(name), "date_required": code in DATED}
        session.add(DispositionRow(business_id=business_id, id=ids[code], **stands, **wanted))
    general = [ids[code] for branch, code, _ in DISPOSITIONS if not branch and code not in centre.queues]
    for queue_code, queue_id in centre.queues.items():
        own = [ids[queue_code]] if queue_code in ids else []
        session.add(QueueDeskRow(business_id=business_id, queue_id=queue_id, branches=[*general, *own], forced=queue_code in FORCED))


async def _people(session: AsyncSession, passwords: Passwords, vault: Vault, business_id: str, centre: Centre, now: datetime) -> None:
    for person in PEOPLE:
        if person.role == "administrator":
            continue
        row = await make_person(
            session,
            passwords,
            business_id=business_id,
            login=person.login,
            name=person.name,
            roles=[person.role],
            password=SAMPLE_PASSWORD,
            by_person_id="",
            now=now,
            language=person.language,
        )
        if not person.extension:
            continue
        await add_agent(session, business_id, row.id, person, centre)
        for kind in (KIND_BROWSER, KIND_PHONE, *([KIND_SIMULATED] if person.simulated else [])):
            await account_of(session, vault, business_id, row.id, kind, now)


async def _entries(session: AsyncSession, vault: Vault, business_id: str, now: datetime) -> None:
    flow_id = await create_flow(session, business_id, SAMPLE_FLOW_CODE, SAMPLE_FLOW_NAMES, FLOW_NUMBER)
    version = await save_version(session, flow_id, sample_flow(flow_id).to_json(), now)
    await publish(session, flow_id, version, now)
    for kind, address in ((ENTRY_NUMBER, SERVICE_NUMBER), (ENTRY_WEB, WEB_ENTRY)):
        name = dict(names("海川家电服务热线", "Haichuan service line"))
        session.add(EntryPointRow(business_id=business_id, kind=kind, address=address, name=name, flow_id=flow_id))
    await put_trunk(session, vault, business_id, Trunk(TRUNK_NAME, TRUNK_ADDRESSES))
