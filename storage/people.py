"""Units and the people in them."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.order import as_people_count
from storage.rows import Instant, Row


class Role(StrEnum):
    """What a person may do. An organiser's power covers the own unit and those below it."""

    MEMBER = "member"
    ORGANISER = "organiser"
    JUDGE = "judge"
    OBSERVER = "observer"
    ADMIN = "admin"


class Unit(Row):
    """One node of the tree; ``path`` is its name and those above it, from the top, joined by ``/``."""

    id: int
    parent_id: int | None
    name: str
    path: str


class Person(Row):
    """Somebody on the roster. ``user_id`` is Telegram's id, once they have joined; ``left_at`` if they left."""

    id: int
    code: str
    name: str
    unit_id: int
    unit: str
    level: str
    title: str
    role: Role
    user_id: int | None
    added_at: Instant
    joined_at: Instant | None
    left_at: Instant | None


class People:
    """The roster."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def unit(self, unit_id: int) -> Unit | None:
        """A unit by its id."""
        return Unit.maybe(self._sql.unit_get(self._connection, id=unit_id))

    def units(self) -> Sequence[Unit]:
        """Every unit as people count them, a parent before its children."""
        return sorted(Unit.all(self._sql.units_all(self._connection)), key=lambda unit: as_people_count(unit.path))

    def units_called(self, name: str) -> Sequence[Unit]:
        """The units with this name or this path, whatever the case."""
        return Unit.all(self._sql.units_called(self._connection, name=name))

    def add_unit(self, path: str) -> int:
        """The unit with this path, made if it is new, as are those above it; returns its id."""
        parent: int | None = None
        walked = ""
        for name in (part.strip() for part in path.split("/") if part.strip()):
            walked = f"{walked}/{name}" if walked else name
            found = self._sql.unit_at(self._connection, path=walked)
            parent = found or self._sql.unit_add(self._connection, parent_id=parent, name=name, path=walked)
        if parent is None:
            raise ValueError("a unit needs a name")
        return parent

    def within(self, unit_id: int) -> frozenset[int]:
        """The ids of a unit and of every unit below it."""
        return frozenset(row["id"] for row in self._sql.units_within(self._connection, id=unit_id))

    def person(self, person_id: int) -> Person | None:
        """A person by the roster's own id."""
        return Person.maybe(self._sql.person_get(self._connection, id=person_id))

    def by_user(self, user_id: int) -> Person | None:
        """The person who joined with this Telegram account and has not left."""
        return Person.maybe(self._sql.person_by_user(self._connection, user_id=user_id))

    def by_code(self, code: str) -> Person | None:
        """The person with this code of the roster."""
        return Person.maybe(self._sql.person_by_code(self._connection, code=code))

    def called(self, name: str) -> Sequence[Person]:
        """Everybody who has not left with this name or this code, by unit and name."""
        return Person.all(self._sql.people_called(self._connection, name=name))

    def is_whole(self, unit_id: int) -> bool:
        """Whether a unit is the only one at the top, so that everybody is in it or below it."""
        return bool(self._sql.unit_is_whole(self._connection, id=unit_id))

    def of_units(self, unit_ids: frozenset[int]) -> Sequence[Person]:
        """Everybody in these units who has not left, by unit and name."""
        return tuple(person for person in self.everybody() if person.unit_id in unit_ids)

    def everybody(self) -> Sequence[Person]:
        """Everybody who has not left, by unit and name."""
        return Person.all(self._sql.people_all(self._connection))

    def ever(self) -> Sequence[Person]:
        """Everybody who is or ever was on the roster, by unit and name."""
        return Person.all(self._sql.people_ever(self._connection))

    def add(self, *, code: str, name: str, unit_id: int, level: str, title: str, role: Role, now: datetime) -> int:
        """Put somebody on the roster, or bring the entry with this code up to date; returns the person's id."""
        person_id: int = self._sql.person_put(
            self._connection,
            code=code,
            name=name,
            unit_id=unit_id,
            level=level,
            title=title,
            role=role.value,
            added_at=now,
        )
        return person_id

    def revise(self, person_id: int, *, name: str, unit_id: int, level: str, title: str, role: Role) -> None:
        """Bring an entry up to date; whoever had left is back."""
        self._sql.person_revise(
            self._connection, id=person_id, name=name, unit_id=unit_id, level=level, title=title, role=role.value
        )

    def join(self, person_id: int, user_id: int, *, now: datetime) -> None:
        """A Telegram account is this person from now on (and nobody else any more)."""
        self._sql.person_part(self._connection, user_id=user_id)
        self._sql.person_join(self._connection, id=person_id, user_id=user_id, joined_at=now)

    def leave(self, person_id: int, *, now: datetime) -> None:
        """A person has left the programme; what they did stays."""
        self._sql.person_leave(self._connection, id=person_id, left_at=now)

    def come_back(self, person_id: int) -> None:
        """Somebody who had left is on the roster again."""
        self._sql.person_return(self._connection, id=person_id)

    def release(self, person_id: int) -> None:
        """The Telegram account of a person is nobody's any more; they may join with another."""
        self._sql.person_release(self._connection, id=person_id)

    def set_role(self, person_id: int, role: Role) -> None:
        """Give a person another role."""
        self._sql.person_role(self._connection, id=person_id, role=role.value)
