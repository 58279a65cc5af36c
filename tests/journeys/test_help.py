"""What becomes of a request for help stands in the contact's stream, written by its one owner, also after a restart."""

from __future__ import annotations

import asyncio

import pytest

from huying.channels.help.events import HelpAsked, HelpEnded, HelpTaken
from huying.channels.voice.client import VoiceClient
from huying.foundation.errors import Conflict
from huying.telephony.virtual_time import run_virtual
from journeys.centre import BUSINESS, Centre


def test_help_is_in_the_story_of_the_contact() -> None:
    async def story() -> None:
        async with Centre() as centre:
            voice = VoiceClient(centre.bus)
            await centre.ready("agent0")
            centre.call(talk_seconds=60)
            await centre.until(lambda: centre.state_of("agent0") == "talking")
            contact = (await centre.entries())[0].stream_id
            with pytest.raises(Conflict):
                await voice.note_help(BUSINESS, contact, HelpAsked("h", "agent1", "leads", ["lead"]))
            await voice.note_help(BUSINESS, contact, HelpAsked("h", "agent0", "leads", ["lead"]))
            await centre.kill()
            await centre.start()
            voice = VoiceClient(centre.bus)
            await voice.note_help(BUSINESS, contact, HelpTaken("h", "lead"))
            await voice.note_help(BUSINESS, contact, HelpEnded("h", "done", "lead"))
            await centre.until(lambda: centre.state_of("agent0") == "idle")
            kinds = await centre.kinds(contact)
            assert [kind for kind in kinds if kind.startswith("Help")] == ["HelpAsked", "HelpTaken", "HelpEnded"]
            assert await centre.endings() == {"answered": 1}
            await asyncio.sleep(5)
            with pytest.raises(Conflict):
                await voice.note_help(BUSINESS, contact, HelpEnded("h", "done", "lead"))

    run_virtual(story())
