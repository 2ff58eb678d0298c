"""The library of materials, each group's way through it, and who has read what."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from storage.rows import Instant, Row, from_ms


class MaterialRow(Row):
    """One material. ``content`` and ``question`` are JSON (a file of Telegram's; a question of a bank)."""

    id: int
    series: str
    title: str
    topic: str
    text: str
    link: str
    tags: str
    content: str
    question: str | None
    position: int
    has_picture: bool
    is_listed: bool


class MaterialPlanRow(Row):
    """A group's own plan; ``days`` as words separated by commas, ``at`` as HH:MM, ``series`` empty for all."""

    chat_id: int
    is_on: bool
    days: str
    at: str
    series: str


class MaterialPostRow(Row):
    """A material that went to a group on a day; ``paced_at`` is the account of its card's edits."""

    id: int
    material_id: int
    chat_id: int
    unit_id: int
    day: date
    by_schedule: bool
    posted_at: Instant
    paced_at: Instant


class Tally(Row):
    """How a material stands with the people of one unit: who is to read it, who has, who answered (rightly)."""

    unit_id: int
    people: int
    readers: int
    answered: int
    correct: int


class AnswerRow(Row):
    """What somebody answered, as letters."""

    chosen: str
    is_right: bool


class ReadingRow(Row):
    """One reading; ``is_right`` is null if the question was not answered."""

    day: date
    series: str
    title: str
    name: str
    unit_id: int
    unit: str
    read_at: Instant
    is_right: bool | None


class TroubleRow(Row):
    """A day that was missed (``missed``), a list that has ended (``exhausted``), a file that was refused (``file``)."""

    what: str
    chat_id: int
    unit_id: int
    day: date
    title: str
    group: str


class Materials:
    """Materials in the order of the list."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def get(self, material_id: int) -> MaterialRow | None:
        """A material, in the list or taken off it."""
        return MaterialRow.maybe(self._sql.material_get(self._connection, id=material_id))

    def find(self, series: str, title: str) -> MaterialRow | None:
        """The material with this series and title, in the list or taken off it."""
        return MaterialRow.maybe(self._sql.material_find(self._connection, series=series, title=title))

    def picture(self, material_id: int) -> bytes | None:
        """The bytes of a picture that came with an import."""
        picture: bytes | None = self._sql.material_picture(self._connection, id=material_id)
        return picture

    def all(self) -> Sequence[MaterialRow]:
        """The list in its order."""
        return MaterialRow.all(self._sql.materials_all(self._connection))

    def add(self, *, now: datetime, **fields: object) -> int:
        """A new material at the end of the list; returns its id."""
        material_id: int = self._sql.material_add(self._connection, now=now, **fields)
        return material_id

    def renew(self, material_id: int, *, now: datetime, **fields: object) -> None:
        """A newer version; the place in the list stays, and so does a picture if no new one comes."""
        self._sql.material_renew(self._connection, id=material_id, now=now, **fields)

    def strip(self, material_id: int) -> None:
        """A material goes on without its picture or file."""
        self._sql.material_strip(self._connection, id=material_id)

    def retire(self, material_id: int, *, now: datetime) -> bool:
        """Take a material off the list; says whether it was there."""
        return bool(self._sql.material_retire(self._connection, id=material_id, now=now))

    def place(self, material_id: int, position: int) -> None:
        """Another place in the list."""
        self._sql.material_place(self._connection, id=material_id, position=position)

    def plan(self, chat_id: int) -> MaterialPlanRow | None:
        """A group's own plan, if it has one."""
        return MaterialPlanRow.maybe(self._sql.material_plan_get(self._connection, chat_id=chat_id))

    def set_plan(self, plan: MaterialPlanRow) -> None:
        """Give a group a plan of its own."""
        self._sql.material_plan_put(self._connection, **plan.model_dump())

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup; it goes on where it was in the list."""
        self._sql.material_plans_move(self._connection, old=old, new=new)
        self._sql.material_posts_move(self._connection, old=old, new=new)
        self._sql.material_troubles_move(self._connection, old=old, new=new)

    def next_for(self, chat_id: int, series: str) -> MaterialRow | None:
        """The first of the list (of one series, or of all) that a group has not had."""
        return MaterialRow.maybe(self._sql.material_next(self._connection, chat_id=chat_id, series=series))

    def post(
        self, material_id: int, chat_id: int, unit_id: int, day: date, *, by_schedule: bool, now: datetime
    ) -> MaterialPostRow:
        """Note that a material goes to a group; one that it had before moves to this day."""
        post_id: int = self._sql.material_post_put(
            self._connection,
            material_id=material_id,
            chat_id=chat_id,
            unit_id=unit_id,
            day=day,
            by_schedule=by_schedule,
            now=now,
        )
        return MaterialPostRow.of(self._sql.material_post_get(self._connection, id=post_id))

    def post_by_id(self, post_id: int) -> MaterialPostRow | None:
        """One post."""
        return MaterialPostRow.maybe(self._sql.material_post_get(self._connection, id=post_id))

    def post_in(self, material_id: int, chat_id: int) -> MaterialPostRow | None:
        """A material's post in a group."""
        return MaterialPostRow.maybe(
            self._sql.material_post_in(self._connection, material_id=material_id, chat_id=chat_id)
        )

    def latest_post(self, chat_id: int) -> MaterialPostRow | None:
        """What a group got last."""
        return MaterialPostRow.maybe(self._sql.material_post_latest(self._connection, chat_id=chat_id))

    def posts_of(self, material_id: int) -> Sequence[MaterialPostRow]:
        """Every group that got a material."""
        return MaterialPostRow.all(self._sql.material_posts_of(self._connection, material_id=material_id))

    def posts_on(self, day: date) -> Sequence[MaterialPostRow]:
        """All that was posted on a day, the newest last."""
        return MaterialPostRow.all(self._sql.material_posts_on(self._connection, day=day))

    def pace(self, post_id: int, account: datetime) -> None:
        """Keep the account of the edits of a post's card."""
        self._sql.material_post_pace(self._connection, id=post_id, account=account)

    def posted(self) -> Mapping[int, int]:
        """How many groups have had each material."""
        rows = self._sql.material_post_counts(self._connection)
        return {row["material_id"]: row["posted"] for row in rows}

    def read(self, material_id: int, person_id: int, day: date, *, now: datetime) -> bool:
        """Note that somebody has read a material; says whether it is new."""
        return bool(
            self._sql.material_read_add(
                self._connection, material_id=material_id, person_id=person_id, day=day, now=now
            )
        )

    def read_at(self, material_id: int, person_id: int) -> datetime | None:
        """When somebody read a material."""
        at: int | None = self._sql.material_read_by(self._connection, material_id=material_id, person_id=person_id)
        return None if at is None else from_ms(at)

    def readers(self, material_id: int) -> frozenset[int]:
        """The people who have read a material."""
        rows = self._sql.material_readers(self._connection, material_id=material_id)
        return frozenset(row["person_id"] for row in rows)

    def reads_since(self, person_id: int, since: date) -> int:
        """How many materials somebody has read from a day on."""
        count: int = self._sql.material_reads_since(self._connection, person_id=person_id, since=since)
        return count

    def readings(self) -> Sequence[ReadingRow]:
        """Every reading, oldest first."""
        return ReadingRow.all(self._sql.material_reads_all(self._connection))

    def tallies(self, material_id: int) -> Sequence[Tally]:
        """How a material stands, by unit."""
        return Tally.all(self._sql.material_tallies(self._connection, material_id=material_id))

    def answer(self, material_id: int, person_id: int, chosen: str, *, is_right: bool, now: datetime) -> bool:
        """Note an answer; says whether it is the person's first."""
        return bool(
            self._sql.material_answer_add(
                self._connection,
                material_id=material_id,
                person_id=person_id,
                chosen=chosen,
                is_right=is_right,
                now=now,
            )
        )

    def answer_of(self, material_id: int, person_id: int) -> AnswerRow | None:
        """What somebody answered."""
        return AnswerRow.maybe(
            self._sql.material_answer_of(self._connection, material_id=material_id, person_id=person_id)
        )

    def marked(self, material_id: int, person_id: int) -> int:
        """The options that somebody has marked so far, a bit each."""
        marked: int | None = self._sql.material_marked(self._connection, material_id=material_id, person_id=person_id)
        return marked or 0

    def mark(self, material_id: int, person_id: int, marked: int) -> None:
        """Keep what somebody has marked so far."""
        self._sql.material_mark(self._connection, material_id=material_id, person_id=person_id, marked=marked)

    def remind(self, material_id: int, person_id: int, day: date) -> bool:
        """Note a reminder; says whether it is the person's first today."""
        return bool(self._sql.material_remind(self._connection, material_id=material_id, person_id=person_id, day=day))

    def note_trouble(
        self, what: str, chat_id: int, unit_id: int, day: date, *, post_id: int | None, title: str, now: datetime
    ) -> None:
        """Note something about the schedule that organisers have to hear."""
        self._sql.material_trouble_add(
            self._connection,
            what=what,
            chat_id=chat_id,
            unit_id=unit_id,
            day=day,
            post_id=post_id,
            title=title,
            now=now,
        )

    def troubles_since(self, since: datetime) -> Sequence[TroubleRow]:
        """What was noted since a moment, by day."""
        return TroubleRow.all(self._sql.material_troubles_since(self._connection, since=since))

    def end_was_told(self, chat_id: int, post_id: int) -> bool:
        """Whether organisers know that the list ended with this post of the group."""
        return bool(self._sql.material_exhausted_at(self._connection, chat_id=chat_id, post_id=post_id))
