"""Records for those who organise: whose they may have, and the message that brings the file.

What is stored until delivery is the wish, not the file: the file is made when it is sent, from what is known then.
"""

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from quizzes.engine.frozen import dataclass
from storage import Database, Tx
from study.access import access_of
from study.errors import NotAllowed
from study.views import View


class Records(StrEnum):
    """What can be asked for in the chat."""

    ATTENDANCE = "attendance"
    CONTEST = "contest"
    REFLECTIONS = "reflections"
    ASSIGNMENTS = "assignments"
    EXAMS = "exams"
    ROSTER = "roster"
    QUESTIONS = "questions"
    WORKS = "works"
    POINTS = "points"
    ITEMS = "items"
    IDEAS = "ideas"


class Format(StrEnum):
    """The kinds of tables."""

    XLSX = "xlsx"
    CSV = "csv"


class ExportMenu(View):
    """What can be exported, and as what; ``points``: whether points are kept."""

    kind: ClassVar[str] = "export.menu"
    points: bool = True


class ExportFile(View):
    """A table for one person; ``at`` is when it was asked for."""

    kind: ClassVar[str] = "export.file"
    what: Records
    form: Format
    user_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose records somebody may have: of which units (by id and by path) and of which contests."""

    units: frozenset[int]
    paths: frozenset[str]
    contests: tuple[int, ...]


class Exports:
    """Hands out records, each organiser those of the own unit and the ones below."""

    def __init__(self, database: Database, admins: frozenset[int]) -> None:
        self._database = database
        self._admins = admins

    async def ask(self, user_id: int, what: Records, form: Format, *, now: datetime) -> None:
        """Send a table in private.

        Raises:
            NotAllowed: they organise nothing.
        """

        def work(tx: Tx) -> None:
            self._scope(tx, user_id)
            tx.outbox.say(user_id, ExportFile(what=what, form=form, user_id=user_id, at=now), now=now)

        await self._database.write(work)

    def one_moment(self) -> AbstractAsyncContextManager[None]:
        """Let all that is read in the block be of the same moment: a table that is read in parts agrees with itself."""
        return self._database.snapshot()

    async def scope(self, user_id: int) -> Scope:
        """What somebody may have at this moment.

        Raises:
            NotAllowed: they organise nothing (any more).
        """
        return await self._database.read(lambda tx: self._scope(tx, user_id))

    def _scope(self, tx: Tx, user_id: int) -> Scope:
        access = access_of(tx, user_id, self._admins)
        if not access.is_organiser:
            raise NotAllowed()
        units = access.units(tx)
        paths = frozenset(unit.path for unit in tx.people.units() if unit.id in units)
        groups: dict[int, bool] = {}
        contests = []
        for row in tx.contests.all():
            if row.chat_id not in groups:
                group = tx.places.group(row.chat_id)
                groups[row.chat_id] = access.is_admin or (group is not None and group.unit_id in units)
            if groups[row.chat_id]:
                contests.append(row.id)
        return Scope(units, paths, tuple(contests))
