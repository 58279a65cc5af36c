"""Finding skills, groups and queues by what people call them: code, or name in any language. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

from huying.routing.configuration import RoutingSettings

Kind = Literal["skill", "group", "queue"]


@dataclass(frozen=True, slots=True)
class Named:
    """A thing people write about. `names`: language -> name."""

    id: str
    code: str
    names: Mapping[str, str] = field(default_factory=dict)

    def called(self, language: str) -> str:
        """Its name in the language, else in any other, else its code."""
        return self.names.get(language) or next((name for name in self.names.values() if name), self.code)


@dataclass(frozen=True, slots=True)
class Names:
    """All that can be written about in a business's rules."""

    skills: tuple[Named, ...] = ()
    groups: tuple[Named, ...] = ()
    queues: tuple[Named, ...] = ()

    def of(self, kind: Kind) -> tuple[Named, ...]:
        """All things of the kind."""
        return {"skill": self.skills, "group": self.groups, "queue": self.queues}[kind]

    def find(self, kind: Kind, written: str) -> tuple[str, ...]:
        """Ids of what is called so: an id, else a code, else a name; more than one when the name is not clear. Case does not matter."""
        things, wanted = self.of(kind), folded(written)
        by_word = (
            [thing.id for thing in things if thing.id == written],
            [thing.id for thing in things if folded(thing.code) == wanted],
            [thing.id for thing in things if any(folded(name) == wanted for name in thing.names.values())],
        )
        return tuple(next((found for found in by_word if found), ()))

    def near(self, kind: Kind, written: str, language: str = "en") -> tuple[str, ...]:
        """Up to three names that look like what was written, in the language where they have one."""
        words = {folded(word): thing for thing in self.of(kind) for word in (thing.code, *thing.names.values()) if word}
        wanted = folded(written)
        close = get_close_matches(wanted, words, n=6, cutoff=0.5)
        inside = [word for word in words if wanted and (wanted in word or word in wanted)]
        found = dict.fromkeys(words[word].called(language) for word in (*close, *inside))
        return tuple(found)[:3]

    def called(self, kind: Kind, thing_id: str, language: str) -> str:
        """The thing's name in the language; the id when nothing is known of it."""
        return next((thing.called(language) for thing in self.of(kind) if thing.id == thing_id), thing_id)


def named(things: Iterable[tuple[str, str, Mapping[str, str]]]) -> tuple[Named, ...]:
    """Named things from (id, code, names)."""
    return tuple(Named(thing_id, code, dict(names)) for thing_id, code, names in things)


def names_of(routing: RoutingSettings, business_id: str) -> Names:
    """What can be written about in this business's rules."""
    return Names(
        named((one.skill_id, one.code, one.name) for one in routing.skills.values() if one.business_id == business_id),
        named((one.group_id, one.code, one.name) for one in routing.groups.values() if one.business_id == business_id),
        named((one.queue_id, one.code, one.name) for one in routing.queues.values() if one.business_id == business_id),
    )


def folded(text: str) -> str:
    """What is compared: without case, width and superfluous spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
