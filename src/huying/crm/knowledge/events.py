"""What knowledge writes into a contact's stream: articles and persons by id."""

from __future__ import annotations

from dataclasses import dataclass

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class ArticleSent(Event):
    """An agent gave the customer an article. `how`: text (copied), link (a public page)."""

    article_id: str
    version: int
    agent_id: str
    how: str
