"""That an article was given to the customer stands in the contact's stream, written by its one owner, while the agent is in the contact."""

from __future__ import annotations

import asyncio

import pytest

from huying.channels.voice.client import VoiceClient
from huying.crm.knowledge.events import ArticleSent
from huying.foundation.errors import Conflict
from huying.telephony.virtual_time import run_virtual
from journeys.centre import BUSINESS, Centre


def test_an_article_that_was_sent_is_in_the_story_of_the_contact() -> None:
    async def story() -> None:
        async with Centre() as centre:
            voice = VoiceClient(centre.bus)
            await centre.ready("agent0")
            centre.call(talk_seconds=60)
            await centre.until(lambda: centre.state_of("agent0") == "talking")
            contact = (await centre.entries())[0].stream_id
            with pytest.raises(Conflict):
                await voice.note(BUSINESS, contact, ArticleSent("a", 1, "agent1", "text"))
            await voice.note(BUSINESS, contact, ArticleSent("a", 1, "agent0", "text"))
            await centre.kill()
            await centre.start()
            voice = VoiceClient(centre.bus)
            await voice.note(BUSINESS, contact, ArticleSent("a", 2, "agent0", "link"))
            await centre.until(lambda: centre.state_of("agent0") == "idle")
            sent = [entry.event for entry in await centre.entries() if isinstance(entry.event, ArticleSent)]
            assert [(event.version, event.how) for event in sent] == [(1, "text"), (2, "link")]
            assert await centre.endings() == {"answered": 1}
            await asyncio.sleep(5)
            with pytest.raises(Conflict):
                await voice.note(BUSINESS, contact, ArticleSent("a", 2, "agent0", "link"))

    run_virtual(story())
