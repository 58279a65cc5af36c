"""What may be written and to whom: lengths, mentions, numbers of people. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from huying.foundation.errors import InvalidInput

LONGEST_TEXT = 4000
LONGEST_NAME = 80
MOST_PEOPLE = 200


class NothingWritten(InvalidInput):
    """Write something, or link a call or a customer."""

    code = "nothing-written"


def pair_of(one: str, other: str) -> str:
    """What two people's room is found by, whoever of them asks."""
    return ":".join(sorted((one, other)))


def checked_text(text: str, *, linked: bool) -> str:
    """The text as it is kept. Raises NothingWritten, InvalidInput when it is too long."""
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(f"A message has at most {LONGEST_TEXT} characters.", field="text", most=LONGEST_TEXT)
    if not text and not linked:
        raise NothingWritten
    return text


def mentioned(mentions: Sequence[str], people: Collection[str], writer: str) -> list[str]:
    """Who is really mentioned: people of the room, each once, not the writer."""
    return [person for person in dict.fromkeys(mentions) if person in people and person != writer]


def checked_people(people: Sequence[str], known: Collection[str], maker: str) -> list[str]:
    """The people of a room, the maker among them. Raises InvalidInput for strangers, too many or nobody else."""
    chosen = list(dict.fromkeys([maker, *people]))
    if any(person not in known for person in chosen):
        raise InvalidInput("One of these people is not here (any more).", field="people")
    if not 1 < len(chosen) <= MOST_PEOPLE:
        raise InvalidInput(f"Choose at least one and at most {MOST_PEOPLE - 1} colleagues.", field="people")
    return chosen
