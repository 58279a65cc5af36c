"""What becomes of articles in contacts: opened, sent, whether they helped, and their public pages. Never commits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.knowledge.links import LIFE, LinkGone
from huying.crm.knowledge.model import ArticleLinkRow, ArticleTopicRow, ArticleUseRow
from huying.crm.knowledge.service import Article, published_ones
from huying.crm.knowledge.suggesting import Candidate, Facts
from huying.foundation.errors import InvalidInput

OPENED, TEXT, LINK = "opened", "text", "link"
LOOKED_BACK = timedelta(days=90)
MOST_USES = 2000
MOST_CANDIDATES = 300


class NothingForCustomers(InvalidInput):
    """This article has nothing for customers: ask its editors to write that part."""

    code = "no-customer-part"


@dataclass(frozen=True, slots=True)
class Used:
    """An article that was used in a contact: how, by whom, when last, and whether it helped there."""

    article: Article
    how: tuple[str, ...]
    person_id: str
    at: datetime
    helped: bool | None


async def note_use(
    session: AsyncSession,
    business_id: str,
    contact_id: str,
    article: Article,
    how: str,
    person_id: str,
    queue_id: str | None,
    now: datetime,
) -> None:
    """The article was used in this contact; again it is the later time that counts."""
    of = {"business_id": business_id, "contact_id": contact_id, "article_id": article.row.id, "how": how}
    told = {"version": article.version.version, "person_id": person_id, "queue_id": queue_id, "at": now}
    statement = insert(ArticleUseRow).values({**of, **told})
    await session.execute(statement.on_conflict_do_update(index_elements=["contact_id", "article_id", "how"], set_=told))


async def say_helped_there(session: AsyncSession, contact_id: str, article_id: str, helped: bool) -> None:
    """Whether it helped in this contact, where it was used."""
    row = ArticleUseRow
    await session.execute(update(row).where(row.contact_id == contact_id, row.article_id == article_id).values(helped=helped))


async def uses_of(session: AsyncSession, contact_id: str) -> list[Used]:
    """The articles used in a contact, the latest first."""
    row = ArticleUseRow
    rows = list(await session.scalars(select(row).where(row.contact_id == contact_id).order_by(row.at.desc())))
    read = await published_ones(session, {one.article_id for one in rows})
    found: list[Used] = []
    for article_id in dict.fromkeys(one.article_id for one in rows):
        mine = [one for one in rows if one.article_id == article_id]
        if article_id in read:
            how = tuple(one.how for one in mine)
            found.append(Used(read[article_id], how, mine[0].person_id, mine[0].at, mine[0].helped))
    return found


async def helpful_in_queue(session: AsyncSession, queue_id: str, now: datetime) -> Mapping[str, int]:
    """Article -> in how many of the queue's latest contacts it was sent or helped."""
    row = ArticleUseRow
    latest = select(row.article_id, row.contact_id).where(row.queue_id == queue_id, row.at > now - LOOKED_BACK, did_good())
    found = (await session.execute(latest.order_by(row.at.desc()).limit(MOST_USES))).all()
    return tally((article_id, contact_id) for article_id, contact_id in found)


def did_good() -> ColumnElement[bool]:
    """The condition that a use speaks for its article."""
    row = ArticleUseRow
    return or_(row.helped.is_(True), (row.how != OPENED) & row.helped.is_not(False))


def tally(uses: Iterable[tuple[str, str]]) -> Mapping[str, int]:
    """Article -> number of contacts, of (article, contact)."""
    return Counter(article_id for article_id, _ in set(uses))


async def candidates(
    session: AsyncSession, facts: Facts, of_disposition: Mapping[str, int], of_queue: Mapping[str, int]
) -> tuple[list[Candidate], dict[str, Article]]:
    """Published articles that have something to do with the contact, as values to judge; and themselves."""
    row = ArticleTopicRow
    met = or_(*((row.kind == kind) & (row.value == value) for kind, value in sorted(facts.topics())))
    ids: list[str] = []
    if facts.topics():
        counted = select(row.article_id).where(met).group_by(row.article_id).order_by(func.count().desc(), row.article_id)
        ids = list(await session.scalars(counted.limit(MOST_CANDIDATES)))
    read = await published_ones(session, {*ids, *of_disposition, *of_queue})
    about: dict[str, set[tuple[str, str]]] = {}
    for topic in await session.scalars(select(row).where(row.article_id.in_(read))):
        about.setdefault(topic.article_id, set()).add((topic.kind, topic.value))
    made = [
        Candidate(
            article_id,
            article.version.language,
            frozenset(about.get(article_id, ())),
            of_disposition.get(article_id, 0),
            of_queue.get(article_id, 0),
            article.helped,
            article.not_helped,
        )
        for article_id, article in read.items()
    ]
    return made, read


async def make_link(
    session: AsyncSession, business_id: str, article: Article, contact_id: str | None, person_id: str, now: datetime
) -> ArticleLinkRow:
    """A public page of the article's part for customers. Raises NothingForCustomers."""
    must_have_customer_part(article)
    row = ArticleLinkRow(business_id=business_id, article_id=article.row.id, contact_id=contact_id, person_id=person_id, at=now)
    row.expires_at, row.opened = now + LIFE, 0
    session.add(row)
    await session.flush()
    return row


def must_have_customer_part(article: Article) -> None:
    """Raises NothingForCustomers when there is none."""
    if not article.version.customer_part:
        raise NothingForCustomers


async def open_link(session: AsyncSession, link_id: str, now: datetime) -> tuple[ArticleLinkRow, Article]:
    """The page of a link, counted. In a transaction of the system. Raises LinkGone when it expired or the article was withdrawn."""
    row = await session.get(ArticleLinkRow, link_id)
    if row is None or row.expires_at <= now:
        raise LinkGone
    article = (await published_ones(session, [row.article_id])).get(row.article_id)
    if article is None or not article.version.customer_part:
        raise LinkGone
    row.opened += 1
    return row, article


async def shown_link(session: AsyncSession, contact_id: str, now: datetime) -> ArticleLinkRow | None:
    """The page that was sent last in a contact, if it is still there."""
    row = ArticleLinkRow
    statement = select(row).where(row.contact_id == contact_id, row.expires_at > now).order_by(row.at.desc(), row.id.desc()).limit(1)
    found = await session.scalar(statement)
    return found if found is not None and await _there(session, found) else None


async def _there(session: AsyncSession, link: ArticleLinkRow) -> bool:
    article = (await published_ones(session, [link.article_id])).get(link.article_id)
    return article is not None and bool(article.version.customer_part)
