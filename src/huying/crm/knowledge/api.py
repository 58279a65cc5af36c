"""Routes of knowledge for whoever reads it: finding, reading, saying whether it helped."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from huying.admin.guard import CallerOf, requires
from huying.crm.knowledge.finding import Wanted, find_articles
from huying.crm.knowledge.service import known_words, published, say_helped
from huying.crm.knowledge.using import say_helped_there
from huying.crm.knowledge.views import ArticleView, FoundPage, KnowledgeChoices, Language, article_view, found_view
from huying.foundation.http import GroundOf, IdPath

router = APIRouter(prefix="/api/knowledge", tags=["knowledge"])


class Feedback(BaseModel):
    """Whether an article helped; with `contact_id` also there."""

    model_config = ConfigDict(extra="forbid")

    helped: bool
    contact_id: Annotated[str, Query(max_length=40)] | None = None


@router.get("", dependencies=[requires("knowledge.view")])
async def find(
    caller: CallerOf,
    ground: GroundOf,
    search: Annotated[str, Query(max_length=200)] = "",
    language: Language | None = None,
    only_language: bool = False,
    category: Annotated[str, Query(max_length=80)] = "",
    queue_id: Annotated[str, Query(max_length=40)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> FoundPage:
    """Published articles; of what was typed the closest first. `language` is preferred, with `only_language` demanded."""
    wanted = Wanted(search, language or "", only_language, category, queue_id)
    async with ground.database.business(caller.business_id) as session:
        page = await find_articles(session, wanted, limit, offset)
        return FoundPage(items=[found_view(one) for one in page.items], total=page.total, more=page.more)


@router.get("/choices", dependencies=[requires("knowledge.view")])
async def read_choices(caller: CallerOf, ground: GroundOf) -> KnowledgeChoices:
    """Categories and products that articles name."""
    async with ground.database.business(caller.business_id) as session:
        categories, products = await known_words(session)
    return KnowledgeChoices(categories=categories, products=products)


@router.get("/{article_id}", dependencies=[requires("knowledge.view")])
async def read_article(caller: CallerOf, ground: GroundOf, article_id: IdPath) -> ArticleView:
    """The published version of an article."""
    async with ground.database.business(caller.business_id) as session:
        return article_view(await published(session, article_id))


@router.post("/{article_id}/feedback", dependencies=[requires("knowledge.view")])
async def give_feedback(caller: CallerOf, ground: GroundOf, article_id: IdPath, given: Feedback) -> ArticleView:
    """Say whether it helped; one's latest word counts."""
    async with ground.database.business(caller.business_id) as session:
        await say_helped(session, caller.business_id, article_id, caller.person_id, given.helped, ground.clock())
        if given.contact_id:
            await say_helped_there(session, given.contact_id, article_id, given.helped)
        return article_view(await published(session, article_id))
