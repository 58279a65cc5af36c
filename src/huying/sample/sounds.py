"""The sample business's standard recordings: sentences of the prompt catalogue."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.sounds.model import StandardSoundRow
from huying.flows.prompts.catalogue import LANGUAGES
from huying.sample.centre import names

SOUNDS = (
    ("recording-notice", names("录音告知", "Recording notice"), "system.recording_notice"),
    ("please-wait", names("请客户稍等", "Please stay on the line"), "queue.please_wait"),
)
"""Code, names, prompt."""


def add_sounds(session: AsyncSession, business_id: str) -> None:
    """Make them; every agent may play them."""
    for position, (code, name, prompt) in enumerate(SOUNDS):
        versions = {language: {"prompt": prompt} for language in LANGUAGES}
        session.add(StandardSoundRow(business_id=business_id, code=code, name=dict(name), versions=versions, position=position))
