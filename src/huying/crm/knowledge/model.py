"""Tables of knowledge: articles and their versions, what they are found by, and what became of them in contacts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class ArticleRow(OfBusiness, Base):
    """An article. What stands in it is in its versions: agents read the `published` one, editors go on from the newest (`version`)."""

    __tablename__ = "article"

    id: Mapped[NewId]
    version: Mapped[int]
    published: Mapped[int | None]
    published_at: Mapped[datetime | None]
    """Last; it stays when the article is withdrawn."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class ArticleVersionRow(OfBusiness, Base):
    """What stood in an article from one saving to the next; never changed. Texts are Markdown. Empty lists mean: for all."""

    __tablename__ = "article_version"

    article_id: Mapped[Id] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str]
    """For agents."""
    customer_part: Mapped[str] = mapped_column(default="")
    """What customers may read; empty for nothing."""
    language: Mapped[str]
    category: Mapped[str] = mapped_column(default="")
    keywords: Mapped[list[str]] = mapped_column(default=list)
    queue_ids: Mapped[list[str]] = mapped_column(default=list)
    classes: Mapped[list[str]] = mapped_column(default=list)
    products: Mapped[list[str]] = mapped_column(default=list)
    choices: Mapped[list[str]] = mapped_column(default=list)
    """Of voice menus: `node=key`."""
    person_id: Mapped[Id | None]
    at: Mapped[datetime]
    restored_from: Mapped[int | None]


class ArticleSearchRow(OfBusiness, Base):
    """What a published article is found by: the words of its title; of title and keywords; of all. Made by `tokens`."""

    __tablename__ = "article_search"
    __table_args__ = (
        Index("ix_article_search_title", "title", postgresql_using="gin"),
        Index("ix_article_search_head", "head", postgresql_using="gin"),
        Index("ix_article_search_document", "document", postgresql_using="gin"),
    )

    article_id: Mapped[Id] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), primary_key=True)
    business_id: Mapped[Id] = mapped_column()
    title: Mapped[str] = mapped_column(TSVECTOR)
    head: Mapped[str] = mapped_column(TSVECTOR)
    document: Mapped[str] = mapped_column(TSVECTOR)
    text: Mapped[str] = mapped_column(server_default="")
    """Without any form, of which excerpts are shown."""


class ArticleTopicRow(OfBusiness, Base):
    """What a published article is about: queue, class, product or choice, and which one (products in small letters)."""

    __tablename__ = "article_topic"
    __table_args__ = (Index("ix_article_topic_kind", "business_id", "kind", "value"),)

    article_id: Mapped[Id] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    business_id: Mapped[Id] = mapped_column()


class ArticleFeedbackRow(OfBusiness, Base):
    """Whether an article helped a person; the latest word counts."""

    __tablename__ = "article_feedback"

    article_id: Mapped[Id] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[Id] = mapped_column(primary_key=True)
    helped: Mapped[bool]
    at: Mapped[datetime]


class ArticleUseRow(OfBusiness, Base):
    """An article in a contact: `how` it was used (opened, text, link), last by whom and when, and whether it helped there."""

    __tablename__ = "article_use"
    __table_args__ = (
        Index("ix_article_use_queue", "business_id", "queue_id", "at"),
        Index("ix_article_use_at", "business_id", "at"),
    )

    contact_id: Mapped[Id] = mapped_column(primary_key=True)
    article_id: Mapped[Id] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, index=True)
    how: Mapped[str] = mapped_column(primary_key=True)
    business_id: Mapped[Id] = mapped_column()
    version: Mapped[int]
    person_id: Mapped[Id]
    queue_id: Mapped[Id | None]
    at: Mapped[datetime]
    helped: Mapped[bool | None]


class ArticleLinkRow(OfBusiness, Base):
    """A public page of an article, for whoever has its address, until it expires. Names no customer."""

    __tablename__ = "article_link"

    id: Mapped[NewId]
    article_id: Mapped[Id] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), index=True)
    contact_id: Mapped[Id | None] = mapped_column(index=True)
    person_id: Mapped[Id]
    at: Mapped[datetime]
    expires_at: Mapped[datetime]
    opened: Mapped[int] = mapped_column(default=0)
