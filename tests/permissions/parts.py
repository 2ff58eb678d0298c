"""Who tries, where, and what the table of permissions says of it."""

import re
from collections.abc import Iterable
from enum import StrEnum

from handlers.permissions import Line, May, Place
from handlers.registry import SENTENCES
from handlers.texts import LANGUAGES, catalogue
from storage.people import Role


class Part(StrEnum):
    """Somebody, seen from the unit that a thing belongs to."""

    ADDRESSEE = "whom it was shown to"
    STRANGER = "a stranger"
    LEFT = "somebody who has left"
    PEER = "another member of the unit"
    OBSERVER = "an observer of the unit"
    JUDGE = "a judge of the unit"
    FOREIGNER = "a member of another unit"
    ORGANISER = "an organiser of the unit"
    ABOVE = "an organiser of the unit above"
    SIBLING = "an organiser of a sibling unit"
    ADMIN = "an admin"
    CHANNEL = "the group itself"
    """An administrator who writes as the group, or a linked channel: nobody on the roster."""


class Spot(StrEnum):
    """A chat."""

    PRIVATE = "in private"
    OWN = "in the unit's group"
    FOREIGN = "in the sibling's group"
    UNBOUND = "in a group without a unit"


ROLES = {
    Part.LEFT: Role.MEMBER,
    Part.PEER: Role.MEMBER,
    Part.OBSERVER: Role.OBSERVER,
    Part.JUDGE: Role.JUDGE,
    Part.FOREIGNER: Role.MEMBER,
    Part.ORGANISER: Role.ORGANISER,
    Part.ABOVE: Role.ORGANISER,
    Part.SIBLING: Role.ORGANISER,
    Part.ADMIN: Role.ADMIN,
}
_JOINED = frozenset(ROLES) - {Part.LEFT}
_ORGANISERS = frozenset({Part.ORGANISER, Part.ABOVE, Part.SIBLING, Part.ADMIN})
_MEANS: dict[May, frozenset[Part]] = {
    May.EVERYBODY: frozenset(Part) - {Part.ADDRESSEE},
    May.OUTSIDERS: frozenset({Part.STRANGER, Part.LEFT}),
    May.JOINED: _JOINED,
    May.CONCERNED: _JOINED,
    May.UNIT: _JOINED - {Part.FOREIGNER, Part.ABOVE, Part.SIBLING},
    May.ADDRESSEE: frozenset(),
    May.OBSERVERS: frozenset({Part.OBSERVER}),
    May.RUNS: _ORGANISERS - {Part.SIBLING},
    May.ORGANISERS: _ORGANISERS,
    May.OFFICE: frozenset({Part.ADMIN}),
}
_RUN_A_GROUP = {
    Spot.OWN: _MEANS[May.RUNS],
    Spot.FOREIGN: _ORGANISERS - {Part.ORGANISER},
    Spot.UNBOUND: _ORGANISERS,
}


def is_let_in(line: Line, part: Part, spot: Spot) -> bool:
    """What the table says: whether this line lets somebody in there.

    Whom a thing was shown to may press what they were shown; who else is on a line's list may still be refused for what the
    thing is like (a work of one's own, a closed exam): that is not what the table is about.
    """
    private = spot is Spot.PRIVATE
    if line.where is (Place.GROUP if private else Place.PRIVATE):
        return False
    if part is Part.ADDRESSEE:
        return True
    if private or line.group is None:
        return any(part in _MEANS[word] for word in line.who)
    if line.group is May.RUNS:
        return part in _RUN_A_GROUP[spot]
    return part in _MEANS[line.group]


def _sentences() -> Iterable[tuple[str, re.Pattern[str]]]:
    hole = re.compile(r"\\\{\w+\\\}")
    for language in LANGUAGES:
        words = catalogue(language)
        for code, english in SENTENCES.templates().items():
            yield code, re.compile(hole.sub(".*", re.escape(words.get(english, english))), re.DOTALL)


_SENTENCES = tuple(_sentences())


def refusal_in(text: str) -> str:
    """The code of the refusal that a sentence is, in whatever language, "" if it is none."""
    return next((code for code, pattern in _SENTENCES if pattern.fullmatch(text)), "")
