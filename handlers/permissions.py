"""The one table that says who may do what, and where: ``handlers/permissions.toml``, read once.

The first look at every command and every button is made by it (``handlers.guards``); whose thing it is, the use case
checks. ``tests/permissions`` walks every line of it with people of every role, and ``docs/permissions.md`` is made of it.
"""

import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from handlers.callback_data import prefix_of
from quizzes.engine.frozen import dataclass

TABLE = Path(__file__).with_suffix(".toml")


class May(StrEnum):
    """Whom a line lets in; the table's head says what each word means."""

    EVERYBODY = "everybody"
    OUTSIDERS = "outsiders"
    JOINED = "joined"
    CONCERNED = "concerned"
    UNIT = "unit"
    ADDRESSEE = "addressee"
    OBSERVERS = "observers"
    RUNS = "runs"
    ORGANISERS = "organisers"
    OFFICE = "office"


class Place(StrEnum):
    """In which chats a line holds."""

    ANYWHERE = "anywhere"
    PRIVATE = "private"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table. ``group``: who may in a group, where that differs; ``what``: what a button is for."""

    name: str
    who: frozenset[May]
    where: Place
    group: May | None = None
    what: str = ""

    @property
    def for_organisers(self) -> bool:
        """Whether nobody but organisers and admins may, whatever unit it is about (which the use case looks at)."""
        return self.who <= {May.ORGANISERS, May.OFFICE}


@dataclass(frozen=True, slots=True)
class Permissions:
    """The table: a line for each command by its name, and for each kind of button by its prefix or ``prefix:verb``."""

    commands: dict[str, Line]
    buttons: dict[str, Line]

    def of_button(self, data: str) -> Line | None:
        """The line of what a button carries, that of its verb before that of its prefix; None: there is none."""
        prefix, kind = prefix_of(data), kind_of(data)
        return self.buttons.get(kind) or self.buttons.get(prefix)


def kind_of(data: str) -> str:
    """``form:open:12`` and ``form:open:13`` are one kind: the prefix, and the first field that is a word."""
    prefix, *fields = data.split(":")
    verb = next((one for one in fields if one.isascii() and one.isalpha() and one.islower()), None)
    return prefix if verb is None else f"{prefix}:{verb}"


@cache
def permissions() -> Permissions:
    """The table, read once.

    Raises:
        ValueError: a line has a word that is none of the table's.
    """
    read = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return Permissions(
        commands={name: _line(name, row) for name, row in read["commands"].items()},
        buttons={name: _line(name, row) for name, row in read["buttons"].items()},
    )


def _line(name: str, row: dict[str, Any]) -> Line:
    unknown = row.keys() - {"who", "where", "group", "what"}
    if unknown:
        raise ValueError(f"{name}: {sorted(unknown)}")
    group = row.get("group")
    return Line(
        name=name,
        who=frozenset(May(word) for word in row["who"].split(" or ")),
        where=Place(row["where"]),
        group=None if group is None else May(group),
        what=row.get("what", ""),
    )
