"""A transaction: the rooms of the database, each a set of typed queries, and what follows once it is committed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Generic, Self, TypeVar, overload

import aiosql

from storage.alarms import Alarms
from storage.attendance import AttendanceRoom
from storage.banks import Banks
from storage.broadcasts import BroadcastRoom
from storage.bulletins import Bulletins
from storage.checkins import Checkins
from storage.claims import ClaimRoom
from storage.contests import Contests
from storage.conversations import Conversations
from storage.daily import DailyRoom
from storage.evaluations import EvaluationRoom
from storage.exams import ExamRoom
from storage.ideas import IdeaRoom
from storage.inbox import Inbox
from storage.joining import JoinRoom
from storage.leaves import Leaves
from storage.ledger import Ledger
from storage.makeups import MakeUpRoom
from storage.many import run_many
from storage.materials import Materials
from storage.menu import MenuRoom
from storage.meta import Meta
from storage.notes import NoteRoom
from storage.outbox import Outbox
from storage.people import People
from storage.personal import Personal
from storage.places import Places
from storage.practice import PracticeRoom
from storage.programmes import Programmes
from storage.reminders import Reminders
from storage.reports import Reports
from storage.rounds import RoundRoom
from storage.screens import Screens
from storage.seasons import Seasons
from storage.sessions import SessionRoom
from storage.tallies import Tallies
from storage.tasks import Tasks
from storage.tournaments import Tournaments
from storage.visits import Visits
from storage.works import WorkRoom

R = TypeVar("R")


@cache
def queries() -> Any:
    """Load every query of ``storage/queries`` once; names are unique across the files."""
    return aiosql.from_path(Path(__file__).parent / "queries", "sqlite3", mandatory_parameters=False)


@dataclass(slots=True)
class Aftermath:
    """What a transaction leaves to be done once it is committed, or undone if it is not."""

    outbox: bool = False
    alarms: bool = False
    movers: Sequence[Callable[[int, int], None]] = ()
    """Told, within the transaction, that a group has another id: what is kept in memory about it has to be loaded anew."""
    on_commit: list[Callable[[], None]] = field(default_factory=list)
    on_abort: list[Callable[[], None]] = field(default_factory=list)


EventRow = tuple[int, int, datetime, str, str]
"""An event of a contest: its contest, number, time, kind and body."""


@dataclass(slots=True)
class Late:
    """What the transactions of one commit have to write, and nobody has to read: written together, right before it.

    Also before anybody of the group looks into the tables, so that no order is changed. An error here is nobody's own: it
    is kept, and the whole group fails with it.
    """

    events: list[EventRow] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    """Updates that have had their effect."""
    error: sqlite3.Error | None = None

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what there is.

        Raises:
            sqlite3.Error: it cannot be written; also kept in ``error``.
        """
        if not (self.events or self.done):
            return
        sql = queries()
        try:
            for _ in run_many(connection, sql.contest_event_add.sql, self.events):
                pass
            for _ in run_many(connection, sql.inbox_done.sql, [(update_id,) for update_id in self.done]):
                pass
        except sqlite3.Error as error:
            self.error = error
            raise
        self.events.clear()
        self.done.clear()


class _RoomOf(Generic[R]):
    """A room of a transaction, opened when it is first asked for: a press asks for three of forty."""

    def __init__(self, kind: Callable[..., R]) -> None:
        self.kind = kind
        self._name = ""

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, tx: None, owner: type) -> Self: ...

    @overload
    def __get__(self, tx: Tx, owner: type) -> R: ...

    def __get__(self, tx: Tx | None, owner: type) -> R | Self:
        if tx is None:
            return self
        effects = (tx.aftermath,) if self.kind in _WITH_EFFECTS else ()
        room = self.kind(tx.connection, queries(), *effects)
        # The instance's own attribute goes before this descriptor from now on.
        vars(tx)[self._name] = room
        return room


_WITH_EFFECTS = frozenset((Outbox, Alarms))
"""Rooms whose additions somebody waits for."""


class Tx:
    """One transaction: the rooms of the database, each a set of typed queries.

    It lives on the connection's thread and only as long as the function that it was given to. With the first room that is
    opened it begins a savepoint of its own. A press in a contest opens none: what it writes is ``late``.
    """

    meta = _RoomOf(Meta)
    inbox = _RoomOf(Inbox)
    outbox = _RoomOf(Outbox)
    alarms = _RoomOf(Alarms)
    conversations = _RoomOf(Conversations)
    people = _RoomOf(People)
    places = _RoomOf(Places)
    joining = _RoomOf(JoinRoom)
    checkins = _RoomOf(Checkins)
    leaves = _RoomOf(Leaves)
    programmes = _RoomOf(Programmes)
    sessions = _RoomOf(SessionRoom)
    menu = _RoomOf(MenuRoom)
    attendance = _RoomOf(AttendanceRoom)
    make_ups = _RoomOf(MakeUpRoom)
    notes = _RoomOf(NoteRoom)
    ledger = _RoomOf(Ledger)
    rounds = _RoomOf(RoundRoom)
    daily = _RoomOf(DailyRoom)
    evaluations = _RoomOf(EvaluationRoom)
    personal = _RoomOf(Personal)
    banks = _RoomOf(Banks)
    contests = _RoomOf(Contests)
    tallies = _RoomOf(Tallies)
    practice = _RoomOf(PracticeRoom)
    exams = _RoomOf(ExamRoom)
    tournaments = _RoomOf(Tournaments)
    seasons = _RoomOf(Seasons)
    tasks = _RoomOf(Tasks)
    works = _RoomOf(WorkRoom)
    broadcasts = _RoomOf(BroadcastRoom)
    materials = _RoomOf(Materials)
    screens = _RoomOf(Screens)
    reminders = _RoomOf(Reminders)
    visits = _RoomOf(Visits)
    claims = _RoomOf(ClaimRoom)
    ideas = _RoomOf(IdeaRoom)
    reports = _RoomOf(Reports)
    bulletins = _RoomOf(Bulletins)

    def __init__(self, connection: sqlite3.Connection, aftermath: Aftermath, late: Late | None = None) -> None:
        self._connection = connection
        self.aftermath = aftermath
        self._late = late
        self._events: list[EventRow] = []
        self.is_open = late is None

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, in this transaction's savepoint."""
        if not self.is_open:
            assert self._late is not None
            self._late.write(self._connection)
            self._connection.execute("SAVEPOINT job")
            self.is_open = True
            self._write_events()
        return self._connection

    def append_events(self, contest_id: int, first: int, events: Iterable[tuple[datetime, str, str]]) -> None:
        """Add events (time, kind, body) to a contest's log behind those that are there; the first is number ``first``."""
        self._events += [(contest_id, first + number, *event) for number, event in enumerate(events)]
        if self.is_open:
            self._write_events()

    def settle(self, update_id: int | None = None) -> None:
        """Its function is through; ``update_id``: the update that is done with it."""
        if self._late is None:
            return
        if self.is_open:
            self._connection.execute("RELEASE job")
        else:
            self._late.events += self._events
        if update_id is not None:
            self._late.done.append(update_id)

    def undo(self) -> None:
        """Its function failed: nothing of it stays.

        Raises:
            sqlite3.OperationalError: the function ended the transaction from within, and that of all others too.
        """
        self._events.clear()
        if not self._connection.in_transaction:
            raise sqlite3.OperationalError("the transaction was ended from within")
        if self.is_open:
            self._connection.execute("ROLLBACK TO job")

    def _write_events(self) -> None:
        for _ in run_many(self._connection, queries().contest_event_add.sql, self._events):
            pass
        self._events.clear()

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup: everything that names its id names the new one from now on."""
        if self.places.group(old) is not None:
            self.places.move_group(old, new)
        for name, room in vars(type(self)).items():
            if isinstance(room, _RoomOf) and hasattr(room.kind, "move_chat"):
                getattr(self, name).move_chat(old, new)
        for forget in self.aftermath.movers:
            forget(old, new)

    def on_commit(self, effect: Callable[[], None]) -> None:
        """Run ``effect`` on the event loop once this transaction is committed, before its caller goes on."""
        self.aftermath.on_commit.append(effect)

    def on_abort(self, effect: Callable[[], None]) -> None:
        """Run ``effect`` if this transaction is rolled back or its commit fails (memory must then be loaded anew).

        Whoever runs next, in the same group too, finds it done.
        """
        self.aftermath.on_abort.append(effect)
