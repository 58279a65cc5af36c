"""Tags and who has them. Never commits."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.tagging.model import CustomerTagRow, TagRow
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.foundation.ids import new_id
from huying.foundation.many_rows import insert_rows

MOST_TAGS = 50
MOST_LETTERS = 60


class TagTaken(Conflict):
    """There is a tag of this name already."""

    code = "tag-taken"


async def list_tags(session: AsyncSession) -> list[tuple[TagRow, int]]:
    """All tags with the number of customers who have them, the listed ones first."""
    used = select(CustomerTagRow.tag_id, func.count().label("used")).group_by(CustomerTagRow.tag_id).subquery()
    statement = select(TagRow, func.coalesce(used.c.used, 0)).outerjoin(used, used.c.tag_id == TagRow.id)
    return [(row, count) for row, count in await session.execute(statement.order_by(TagRow.listed.desc(), TagRow.name))]


async def add_tag(session: AsyncSession, business_id: str, name: str, colour: str, *, listed: bool = True) -> TagRow:
    """A new tag. Raises InvalidInput, TagTaken."""
    row = TagRow(id=new_id(), business_id=business_id, name=checked_name(name), colour=colour, listed=listed)
    await refuse_taken(session, row.id, row.name)
    session.add(row)
    await session.flush()
    return row


async def find_tag(session: AsyncSession, tag_id: str) -> TagRow:
    """One tag. Raises NotFound."""
    row = await session.get(TagRow, tag_id)
    if row is None:
        raise NotFound("There is no such tag.")
    return row


async def change_tag(session: AsyncSession, tag_id: str, name: str | None, colour: str | None, listed: bool | None) -> TagRow:
    """Change what is given. Raises NotFound, InvalidInput, TagTaken."""
    row = await find_tag(session, tag_id)
    if name is not None:
        await refuse_taken(session, tag_id, checked_name(name))
        row.name = checked_name(name)
    row.colour = row.colour if colour is None else colour
    row.listed = row.listed if listed is None else listed
    await session.flush()
    return row


async def remove_tag(session: AsyncSession, tag_id: str) -> None:
    """Take a tag away, from everybody who has it. Raises NotFound."""
    await session.delete(await find_tag(session, tag_id))
    await session.flush()


async def refuse_taken(session: AsyncSession, tag_id: str, name: str) -> None:
    """Raise TagTaken when another tag has this name."""
    taken = await session.scalar(select(TagRow.id).where(TagRow.name == name, TagRow.id != tag_id))
    if taken is not None:
        raise TagTaken(name=name)


async def tag_ids(session: AsyncSession, business_id: str, names: Collection[str]) -> dict[str, str]:
    """The ids of tags by name; those that are not there are made, as free ones."""
    if not names:
        return {}
    wanted = select(TagRow.name, TagRow.id).where(TagRow.name.in_(names))
    known: dict[str, str] = dict((await session.execute(wanted)).all())
    fresh = [{"business_id": business_id, "name": name, "colour": "", "listed": False} for name in names if name not in known]
    if fresh:
        await insert_rows(session, TagRow, fresh, "ON CONFLICT DO NOTHING")
        known = dict((await session.execute(wanted)).all())
    return known


def checked_name(name: str) -> str:
    """A tag's name as it is kept. Raises InvalidInput."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > MOST_LETTERS:
        raise InvalidInput(f"A tag has between 1 and {MOST_LETTERS} letters.", field="tags")
    return tidy
