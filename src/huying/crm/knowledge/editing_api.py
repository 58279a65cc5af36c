"""Routes of knowledge for its editors: writing, publishing, versions and what differs between them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.guard import CallerOf, requires
from huying.admin.model import PersonRow
from huying.crm.knowledge import service
from huying.crm.knowledge.content import FIELDS
from huying.crm.knowledge.differences import changes
from huying.crm.knowledge.views import (
    ContentIn,
    ContentView,
    Difference,
    EditedArticle,
    EditedPage,
    FieldChangeView,
    Language,
    Markdown,
    TextNode,
    VersionLine,
    VersionPage,
    edited_line,
    edited_view,
    nodes,
)
from huying.foundation.http import GroundOf, IdPath

router = APIRouter(prefix="/api/knowledge-articles", tags=["knowledge"], dependencies=[requires("knowledge.edit")])


class TextIn(BaseModel):
    """A text to look at before it is saved."""

    model_config = ConfigDict(extra="forbid")

    text: Markdown


class TextView(BaseModel):
    """A text as it will be shown."""

    nodes: list[TextNode]


@router.get("")
async def list_articles(
    caller: CallerOf,
    ground: GroundOf,
    search: Annotated[str, Query(max_length=200)] = "",
    status: Literal["", "published", "draft", "changed", "withdrawn"] = "",
    language: Language | None = None,
    category: Annotated[str, Query(max_length=80)] = "",
    queue_id: Annotated[str, Query(max_length=40)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> EditedPage:
    """All articles, also drafts, those that changed last first."""
    wanted = service.Listed(search, status, language or "", category, queue_id)
    async with ground.database.business(caller.business_id) as session:
        found, total = await service.list_articles(session, wanted, limit, offset)
        return EditedPage(items=[edited_line(one) for one in found], total=total)


@router.post("", status_code=201)
async def make_article(caller: CallerOf, ground: GroundOf, given: ContentIn) -> EditedArticle:
    """A new article, a draft."""
    async with ground.database.business(caller.business_id) as session:
        return edited_view(await service.make_article(session, caller.business_id, given.content(), caller.person_id, ground.clock()))


@router.post("/preview")
async def preview(given: TextIn) -> TextView:
    """A text as it will be shown."""
    return TextView(nodes=nodes(given.text))


@router.get("/{article_id}")
async def read_edited(caller: CallerOf, ground: GroundOf, article_id: IdPath) -> EditedArticle:
    """The newest version as it was written."""
    async with ground.database.business(caller.business_id) as session:
        return edited_view(await service.newest(session, article_id))


@router.put("/{article_id}")
async def change_article(caller: CallerOf, ground: GroundOf, article_id: IdPath, given: ContentIn) -> EditedArticle:
    """Save a new version; agents go on reading the published one."""
    async with ground.database.business(caller.business_id) as session:
        content = given.content()
        return edited_view(await service.change_article(session, article_id, content, caller.person_id, ground.clock(), given.base))


@router.post("/{article_id}/publish")
async def publish_article(caller: CallerOf, ground: GroundOf, article_id: IdPath) -> EditedArticle:
    """From now on agents read the newest version."""
    async with ground.database.business(caller.business_id) as session:
        return edited_view(await service.publish_article(session, article_id, ground.clock()))


@router.post("/{article_id}/withdraw")
async def withdraw_article(caller: CallerOf, ground: GroundOf, article_id: IdPath) -> EditedArticle:
    """Agents do not find it any more, and its public pages are gone."""
    async with ground.database.business(caller.business_id) as session:
        return edited_view(await service.withdraw_article(session, article_id))


@router.delete("/{article_id}", status_code=204)
async def delete_draft(caller: CallerOf, ground: GroundOf, article_id: IdPath, version: Annotated[int, Query(ge=1, le=1_000_000)]) -> None:
    """A draft that never was published is gone for good; refused when somebody has saved a newer version than this."""
    async with ground.database.business(caller.business_id) as session:
        await service.delete_draft(session, article_id, version)


@router.get("/{article_id}/versions")
async def list_versions(caller: CallerOf, ground: GroundOf, article_id: IdPath) -> VersionPage:
    """Who saved what and when, the newest first."""
    async with ground.database.business(caller.business_id) as session:
        row = (await service.newest(session, article_id)).row
        versions = await service.list_versions(session, article_id)
        names = await _names(session, {one.person_id for one in versions if one.person_id})
    return VersionPage(
        items=[
            VersionLine(
                version=one.version,
                title=one.title,
                at=one.at,
                person_id=one.person_id,
                person_name=names.get(one.person_id or "", ""),
                restored_from=one.restored_from,
                published=one.version == row.published,
            )
            for one in versions
        ]
    )


@router.get("/{article_id}/difference")
async def read_difference(
    caller: CallerOf,
    ground: GroundOf,
    article_id: IdPath,
    before: Annotated[int, Query(ge=1, le=1_000_000)],
    after: Annotated[int, Query(ge=1, le=1_000_000)],
) -> Difference:
    """What differs between two versions."""
    async with ground.database.business(caller.business_id) as session:
        both = [ContentView.model_validate(await service.find_version(session, article_id, number)) for number in (before, after)]
    found = changes(both[0].model_dump(), both[1].model_dump(), FIELDS)
    return Difference(changes=[FieldChangeView.model_validate(one) for one in found])


@router.post("/{article_id}/versions/{version}/restore")
async def restore_version(caller: CallerOf, ground: GroundOf, article_id: IdPath, version: int) -> EditedArticle:
    """A new version with what stood in an older one; to be published like any other."""
    async with ground.database.business(caller.business_id) as session:
        return edited_view(await service.restore_version(session, article_id, version, caller.person_id, ground.clock()))


async def _names(session: AsyncSession, person_ids: set[str]) -> dict[str, str]:
    found = await session.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(person_ids)))
    return dict(found.all())
