"""Tournaments: their event logs, and which contest decides which bout."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.rows import Instant, Row


class TournamentState(StrEnum):
    """How far a tournament has come, for finding those that go on; the events are the truth."""

    ENTERING = "entering"
    RUNNING = "running"
    FINISHED = "finished"
    CALLED_OFF = "called_off"


class TournamentRow(Row):
    """A tournament. ``chat_id`` is where it is announced, ``unit_id`` whose it is (None: the whole programme's)."""

    id: int
    title: str
    preset: str
    bank: str
    chat_id: int
    unit_id: int | None
    host_id: int
    state: TournamentState
    opened_at: Instant
    ended_at: Instant | None

    @property
    def is_live(self) -> bool:
        """Whether it goes on."""
        return self.state in (TournamentState.ENTERING, TournamentState.RUNNING)


class TournamentEventRow(Row):
    """One event; ``body`` is the JSON of ``quizzes.tournament``."""

    tournament_id: int
    number: int
    at: Instant
    kind: str
    body: str


class BoutContestRow(Row):
    """A contest that was opened for a bout."""

    contest_id: int
    tournament_id: int
    bout: int


class Tournaments:
    """Tournaments and what happened in them."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(
        self, *, title: str, preset: str, bank: str, chat_id: int, unit_id: int | None, host_id: int, now: datetime
    ) -> int:
        """A new tournament; returns its id."""
        tournament_id: int = self._sql.tournament_add(
            self._connection,
            title=title,
            preset=preset,
            bank=bank,
            chat_id=chat_id,
            unit_id=unit_id,
            host_id=host_id,
            opened_at=now,
        )
        return tournament_id

    def get(self, tournament_id: int) -> TournamentRow | None:
        """A tournament by its id."""
        return TournamentRow.maybe(self._sql.tournament_get(self._connection, id=tournament_id))

    def all(self) -> Sequence[TournamentRow]:
        """Every tournament, the oldest first."""
        return TournamentRow.all(self._sql.tournaments_all(self._connection))

    def set_state(self, tournament_id: int, state: TournamentState, *, ended_at: datetime | None) -> None:
        """Note how far a tournament has come."""
        self._sql.tournament_state(self._connection, id=tournament_id, state=state.value, ended_at=ended_at)

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup."""
        self._sql.tournament_move_chat(self._connection, old=old, new=new)

    def append(self, tournament_id: int, first: int, events: Iterable[tuple[datetime, str, str]]) -> None:
        """Add events (time, kind, body) behind those that are there; ``first`` is the number of the first.

        Raises:
            sqlite3.IntegrityError: somebody else has added events meanwhile.
        """
        for number, (at, kind, body) in enumerate(events, start=first):
            self._sql.tournament_event_add(
                self._connection, tournament_id=tournament_id, number=number, at=at, kind=kind, body=body
            )

    def events(self, tournament_id: int) -> Sequence[TournamentEventRow]:
        """All that happened in a tournament, in order."""
        return TournamentEventRow.all(self._sql.tournament_events(self._connection, tournament_id=tournament_id))

    def add_contest(self, contest_id: int, tournament_id: int, bout: int) -> None:
        """A contest decides a bout."""
        self._sql.tournament_contest_add(
            self._connection, contest_id=contest_id, tournament_id=tournament_id, bout=bout
        )

    def of_contest(self, contest_id: int) -> BoutContestRow | None:
        """The bout that a contest decides, if it does."""
        return BoutContestRow.maybe(self._sql.tournament_contest(self._connection, contest_id=contest_id))

    def contests(self, tournament_id: int) -> Sequence[BoutContestRow]:
        """Every contest that was opened for a tournament."""
        return BoutContestRow.all(self._sql.tournament_contests(self._connection, tournament_id=tournament_id))
