"""What the host and the organisers get after a contest: minutes, results, certificates, as files in private.

What is stored until delivery is the wish, not the file: the file is made when it is sent, from what holds then.
"""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Literal

from quizzes.reviews import ContestNotOver
from storage import Database, Tx
from storage.contests import ContestRow, ContestState
from storage.tournaments import TournamentState
from study.access import access_of
from study.errors import NotAllowed
from study.views import View

_OVER = (ContestState.FINISHED, ContestState.ABORTED)


class Paper(StrEnum):
    """The files that there are after a contest."""

    MINUTES = "minutes"
    RESULTS = "results"
    CERTIFICATES = "certificates"
    PICTURES = "pictures"
    """The certificates once more, as pictures."""


class AfterFile(View):
    """One file for one person; ``at`` is when it was asked for."""

    kind: ClassVar[str] = "after.file"
    contest_id: int
    what: Paper
    user_id: int
    at: datetime


class TournamentFile(View):
    """The certificates of a tournament for one person."""

    kind: ClassVar[str] = "after.tournament"
    tournament_id: int
    form: Literal["pdf", "png"]
    user_id: int
    at: datetime


class Afterwards:
    """Hands the papers of a contest to its host and to the organisers of its group."""

    def __init__(self, database: Database, admins: frozenset[int]) -> None:
        self._database = database
        self._admins = admins

    async def ask(self, user_id: int, contest_id: int, what: Paper, *, now: datetime) -> None:
        """Send a file in private.

        Raises:
            NotAllowed: they are neither its host nor an organiser of its group, or there is no such contest.
            ContestNotOver: it goes on, or (for certificates) was called off.
        """

        def work(tx: Tx) -> None:
            self._check(tx, user_id, contest_id, what)
            tx.outbox.say(user_id, AfterFile(contest_id=contest_id, what=what, user_id=user_id, at=now), now=now)

        await self._database.write(work)

    async def check(self, user_id: int, contest_id: int, what: Paper) -> None:
        """Whether they may still have it at this moment.

        Raises:
            NotAllowed, ContestNotOver: see :meth:`ask`.
        """
        await self._database.read(lambda tx: self._check(tx, user_id, contest_id, what))

    async def ask_certificates(
        self, user_id: int, tournament_id: int, form: Literal["pdf", "png"], *, now: datetime
    ) -> None:
        """Send the certificates of a tournament in private.

        Raises:
            NotAllowed: they do not run it, or there is no such tournament.
            ContestNotOver: its final is not decided.
        """

        def work(tx: Tx) -> None:
            self._check_tournament(tx, user_id, tournament_id)
            file = TournamentFile(tournament_id=tournament_id, form=form, user_id=user_id, at=now)
            tx.outbox.say(user_id, file, now=now)

        await self._database.write(work)

    async def check_certificates(self, user_id: int, tournament_id: int) -> None:
        """Whether they may still have them.

        Raises:
            NotAllowed, ContestNotOver: see :meth:`ask_certificates`.
        """
        await self._database.read(lambda tx: self._check_tournament(tx, user_id, tournament_id))

    async def group_title(self, chat_id: int) -> str:
        """What the group of a contest is called; empty if nobody knows any more."""

        def work(tx: Tx) -> str:
            group = tx.places.group(chat_id)
            return group.title if group is not None else ""

        return await self._database.read(work)

    def _check(self, tx: Tx, user_id: int, contest_id: int, what: Paper) -> None:
        row = tx.contests.get(contest_id)
        if row is None or not self._runs(tx, user_id, row):
            raise NotAllowed()
        ended = (ContestState.FINISHED,) if what in (Paper.CERTIFICATES, Paper.PICTURES) else _OVER
        if row.state not in ended:
            raise ContestNotOver()

    def _check_tournament(self, tx: Tx, user_id: int, tournament_id: int) -> None:
        row = tx.tournaments.get(tournament_id)
        access = access_of(tx, user_id, self._admins)
        if row is None or not (
            user_id == row.host_id or access.is_admin or (row.unit_id is not None and row.unit_id in access.units(tx))
        ):
            raise NotAllowed()
        if row.state is not TournamentState.FINISHED:
            raise ContestNotOver()

    def _runs(self, tx: Tx, user_id: int, row: ContestRow) -> bool:
        access = access_of(tx, user_id, self._admins)
        if user_id == row.host_id or access.is_admin:
            return True
        group = tx.places.group(row.chat_id)
        return group is not None and group.unit_id is not None and group.unit_id in access.units(tx)
