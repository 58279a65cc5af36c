"""Knowledge at the desk: articles for the contact at hand and why, sending one to the customer, and what was used in a contact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.guard import CallerOf, requires
from huying.analytics.live import LiveCentre
from huying.channels.desk.views import Given
from huying.channels.model import InteractionRow
from huying.channels.service import get_interaction
from huying.channels.voice.client import VoiceClient
from huying.channels.voice.dependency import VoiceOf
from huying.crm.assets.service import Asset
from huying.crm.knowledge import using
from huying.crm.knowledge.events import ArticleSent
from huying.crm.knowledge.model import ArticleUseRow
from huying.crm.knowledge.public_api import ArticleLinksOf
from huying.crm.knowledge.service import published
from huying.crm.knowledge.suggesting import Facts, suggest
from huying.crm.knowledge.views import ArticleLine, customer_text, line_view
from huying.flows.events import FlowChoiceMade, LanguageChosen
from huying.foundation.errors import Conflict, NotFound, Unavailable
from huying.foundation.http import Caller, GroundOf, IdPath
from huying.foundation.journal.entry import STREAM_CONTACT, Entry
from huying.foundation.journal.postgres import PostgresJournal
from huying.routing.events import QueueEntered
from huying.web.live.endpoint import LiveOf
from huying.web.views.closing import must_concern, queue_of
from huying.web.views.contact_card import ContactCard, contact_card

router = APIRouter(prefix="/api/desk/contacts", tags=["knowledge"])
WEB_CALL = "web_call"
MODEL_SERIES = re.compile(r"^[^\d]*?(?=-?\d)")


class SuggestionReason(BaseModel):
    """Why an article is suggested: product, choice (of a menu), queue, class, disposition or helped; `value`: which one."""

    kind: Literal["product", "choice", "queue", "class", "disposition", "helped"]
    value: str


class SuggestedArticle(ArticleLine):
    """An article for this contact, the strongest reason first."""

    reasons: list[SuggestionReason]


class UsedArticle(ArticleLine):
    """An article that was opened in this contact or sent to the customer. `how`: opened, text, link."""

    how: list[Literal["opened", "text", "link"]]
    person_id: str
    at: datetime
    helped_here: bool | None


class ContactKnowledge(BaseModel):
    """What to look at for a contact, and what was used in it. `on_page`: the customer calls from a web page, which shows what is sent."""

    suggested: list[SuggestedArticle]
    used: list[UsedArticle]
    on_page: bool


class UseIn(Given):
    """How an article goes to the customer: as text that was copied, or by a public page; or it was only opened."""

    how: Literal["opened", "text", "link"]


class SentArticle(BaseModel):
    """What was sent. `path`: of the public page, below this installation's address; empty for a text."""

    text: str
    path: str
    expires_at: datetime | None
    on_page: bool


@router.get("/{contact_id}/knowledge", dependencies=[requires("desk.use")])
async def read_contact_knowledge(
    caller: CallerOf, ground: GroundOf, live: LiveOf, contact_id: IdPath, disposition: Annotated[str, Query(max_length=60)] = ""
) -> ContactKnowledge:
    """Up to five articles for this contact, and those that were used in it. `disposition`: the one chosen but not yet saved."""
    async with ground.database.business(caller.business_id) as session:
        card = await contact_card(session, contact_id, ground.clock())
        await must_concern(session, caller, card.interaction, live)
    entries = await PostgresJournal(ground.database).read_stream(caller.business_id, STREAM_CONTACT, contact_id)
    facts = _facts(card, entries, queue_of(live, caller, contact_id))
    now = ground.clock()
    async with ground.database.business(caller.business_id) as session:
        chosen = disposition or card.interaction.disposition
        of_disposition = await _helpful_for(session, chosen, contact_id) if chosen else {}
        of_queue = await using.helpful_in_queue(session, facts.queue_id, now) if facts.queue_id else {}
        candidates, articles = await using.candidates(session, facts, of_disposition, of_queue)
        used = await using.uses_of(session, contact_id)
    suggested = [
        SuggestedArticle(
            **line_view(articles[one.article_id]).model_dump(),
            reasons=[SuggestionReason.model_validate(reason, from_attributes=True) for reason in one.reasons],
        )
        for one in suggest(facts, candidates)
    ]
    return ContactKnowledge(suggested=suggested, used=[_used(one) for one in used], on_page=_on_page(live, caller, contact_id))


@router.post("/{contact_id}/knowledge/{article_id}/use", dependencies=[requires("desk.use")])
async def use_article(
    caller: CallerOf,
    ground: GroundOf,
    live: LiveOf,
    voice: VoiceOf,
    links: ArticleLinksOf,
    contact_id: IdPath,
    article_id: IdPath,
    given: UseIn,
) -> SentArticle:
    """Note that an article was opened, or is given to the customer; a public page is made for `link`."""
    now, path, expires_at = ground.clock(), "", None
    queue_id = queue_of(live, caller, contact_id)
    async with ground.database.business(caller.business_id) as session:
        await must_concern(session, caller, await get_interaction(session, contact_id), live)
        article = await published(session, article_id)
        if given.how != using.OPENED:
            using.must_have_customer_part(article)
        if given.how == using.LINK:
            link = await using.make_link(session, caller.business_id, article, contact_id, caller.person_id, now)
            path, expires_at = links.path(link.id), link.expires_at
        await using.note_use(session, caller.business_id, contact_id, article, given.how, caller.person_id, queue_id, now)
        text = customer_text(article.version)
    if given.how != using.OPENED:
        await _journal(voice, caller, contact_id, ArticleSent(article_id, article.version.version, caller.person_id, given.how))
    on_page = given.how == using.LINK and _on_page(live, caller, contact_id)
    return SentArticle(text=text, path=path, expires_at=expires_at, on_page=on_page)


async def _journal(voice: VoiceClient, caller: Caller, contact_id: str, event: ArticleSent) -> None:
    """Note it in the contact's stream. One that is over takes no more entries: then the use's own row tells it."""
    try:
        await voice.note(caller.business_id, contact_id, event)
    except (Conflict, NotFound, Unavailable):
        return


async def _helpful_for(session: AsyncSession, disposition: str, contact_id: str) -> Mapping[str, int]:
    """Article -> in how many of the latest contacts of this disposition it was sent or helped."""
    row, contact = ArticleUseRow, InteractionRow
    statement = select(row.article_id, row.contact_id).join(contact, contact.contact_id == row.contact_id)
    statement = statement.where(contact.disposition == disposition, row.contact_id != contact_id, using.did_good())
    found = (await session.execute(statement.order_by(row.at.desc()).limit(using.MOST_USES))).all()
    return using.tally((article_id, where) for article_id, where in found)


def _facts(card: ContactCard, entries: list[Entry], queue_id: str | None) -> Facts:
    language, choices, queue = "", {}, queue_id or ""
    for entry in entries:
        match entry.event:
            case FlowChoiceMade(node=node, choice=choice):
                choices[node] = choice
            case LanguageChosen(language=chosen):
                language = chosen
            case QueueEntered(queue_id=entered):
                queue = queue_id or entered
            case event if hasattr(event, "language") and not language:
                language = str(event.language)
    customer = card.customer
    return Facts(
        queue_id=queue,
        customer_class=customer.customer_class if customer else "",
        products=frozenset(word for asset in card.assets for word in _products(asset)),
        choices=frozenset(f"{node}={choice}" for node, choice in choices.items()),
        language=language or (customer.language if customer else ""),
    )


def _products(asset: Asset) -> set[str]:
    """What articles may call it: its kind, its category, its model and the model's series."""
    series = MODEL_SERIES.match(asset.model)
    named = (asset.kind, asset.category, asset.model, series.group().rstrip("- ") if series else "")
    return {word.lower() for word in named if word}


def _on_page(live: LiveCentre, caller: Caller, contact_id: str) -> bool:
    row = live.contacts(caller.business_id).get(contact_id, {})
    return row.get("channel") == WEB_CALL and row.get("state") != "ended"


def _used(used: using.Used) -> UsedArticle:
    told = {"how": list(used.how), "person_id": used.person_id, "at": used.at, "helped_here": used.helped}
    return UsedArticle.model_validate({**line_view(used.article).model_dump(), **told})
