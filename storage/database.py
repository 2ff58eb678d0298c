"""One writer that commits in groups, and readers that never write.

Theory of operation
-------------------
``write(work)`` queues a plain function. The writer takes everything that waits into one transaction, runs each function
in a savepoint of its own on the connection's thread, commits once, and only then resolves the callers: so durability
(``synchronous=FULL``) costs one fsync a batch, a function that raises takes nobody with it, and no transaction can be
held open by something slow, because a plain function cannot await. The next batch gathers while a commit runs; nothing
lingers.

Exactly one connection of one process writes and checkpoints (SQLite below 3.51.3 can corrupt its log when two do);
readers open the file read-only and see a snapshot.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

import aiosql
import aiosqlite
import structlog

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
from storage.errors import Closed, Unavailable
from storage.evaluations import EvaluationRoom
from storage.exams import ExamRoom
from storage.ideas import IdeaRoom
from storage.inbox import Inbox
from storage.joining import JoinRoom
from storage.leaves import Leaves
from storage.ledger import Ledger
from storage.makeups import MakeUpRoom
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
from storage.rows import to_ms
from storage.screens import Screens
from storage.seasons import Seasons
from storage.sessions import SessionRoom
from storage.tallies import Tallies
from storage.tasks import Tasks
from storage.tournaments import Tournaments
from storage.trouble import refused, trouble_of, unreadable
from storage.visits import Visits
from storage.works import WorkRoom

log = structlog.get_logger()

T = TypeVar("T")

_BATCH = 512
"""The most functions that share one commit; more would only make the first of them wait."""
_ROOM_TO_WORK = 256 * 1024
BUSY = timedelta(seconds=5)
"""So long is waited for another program that holds the file."""

sqlite3.register_adapter(datetime, to_ms)
sqlite3.register_adapter(date, date.isoformat)


@dataclass(slots=True)
class Origin:
    """What is being dealt with: the update or the alarm that a transaction completes.

    ``completed`` turns true once such a transaction is committed.
    """

    update_id: int | None = None
    alarm_id: int | None = None
    completed: bool = False


_origin: ContextVar[Origin | None] = ContextVar("origin", default=None)


@contextmanager
def handling(origin: Origin) -> Iterator[None]:
    """Mark every transaction written inside as the one that completes ``origin``.

    State, outbox and "done" are then one transaction: after a crash either all of it is there or the update (or alarm)
    is dealt with again.
    """
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


@cache
def queries() -> Any:
    """Load every query of ``storage/queries`` once; names are unique across the files."""
    return aiosql.from_path(Path(__file__).parent / "queries", "sqlite3", mandatory_parameters=False)


@dataclass(slots=True)
class Aftermath:
    """What a transaction leaves to be done once it is committed, or undone if it is not."""

    outbox: bool = False
    alarms: bool = False
    on_commit: list[Callable[[], None]] = field(default_factory=list)
    on_abort: list[Callable[[], None]] = field(default_factory=list)


class Tx:
    """One transaction: the rooms of the database, each a set of typed queries.

    It lives on the connection's thread and only as long as the function that it was given to.
    """

    def __init__(self, connection: sqlite3.Connection, aftermath: Aftermath) -> None:
        sql = queries()
        self.connection = connection
        self.aftermath = aftermath
        self.meta = Meta(connection, sql)
        self.inbox = Inbox(connection, sql)
        self.outbox = Outbox(connection, sql, aftermath)
        self.alarms = Alarms(connection, sql, aftermath)
        self.conversations = Conversations(connection, sql)
        self.people = People(connection, sql)
        self.places = Places(connection, sql)
        self.joining = JoinRoom(connection, sql)
        self.checkins = Checkins(connection, sql)
        self.leaves = Leaves(connection, sql)
        self.programmes = Programmes(connection, sql)
        self.sessions = SessionRoom(connection, sql)
        self.menu = MenuRoom(connection, sql)
        self.attendance = AttendanceRoom(connection, sql)
        self.make_ups = MakeUpRoom(connection, sql)
        self.notes = NoteRoom(connection, sql)
        self.ledger = Ledger(connection, sql)
        self.rounds = RoundRoom(connection, sql)
        self.daily = DailyRoom(connection, sql)
        self.evaluations = EvaluationRoom(connection, sql)
        self.personal = Personal(connection, sql)
        self.banks = Banks(connection, sql)
        self.contests = Contests(connection, sql)
        self.tallies = Tallies(connection, sql)
        self.practice = PracticeRoom(connection, sql)
        self.exams = ExamRoom(connection, sql)
        self.tournaments = Tournaments(connection, sql)
        self.seasons = Seasons(connection, sql)
        self.tasks = Tasks(connection, sql)
        self.works = WorkRoom(connection, sql)
        self.broadcasts = BroadcastRoom(connection, sql)
        self.materials = Materials(connection, sql)
        self.screens = Screens(connection, sql)
        self.reminders = Reminders(connection, sql)
        self.visits = Visits(connection, sql)
        self.claims = ClaimRoom(connection, sql)
        self.ideas = IdeaRoom(connection, sql)
        self.reports = Reports(connection, sql)
        self.bulletins = Bulletins(connection, sql)

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup: everything that names its id names the new one from now on."""
        if self.places.group(old) is not None:
            self.places.move_group(old, new)
        for room in vars(self).values():
            move = getattr(room, "move_chat", None)
            if move is not None:
                move(old, new)

    def on_commit(self, effect: Callable[[], None]) -> None:
        """Run ``effect`` on the event loop once this transaction is committed, before its caller goes on."""
        self.aftermath.on_commit.append(effect)

    def on_abort(self, effect: Callable[[], None]) -> None:
        """Run ``effect`` if this transaction is rolled back or its commit fails (memory must then be loaded anew).

        Whoever runs next, in the same group too, finds it done.
        """
        self.aftermath.on_abort.append(effect)


class _Connection(aiosqlite.Connection):
    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run a whole function on the connection's thread: one hop instead of one a statement."""
        result: T = await self._execute(lambda: work(self._conn))  # type: ignore[no-untyped-call]
        return result


@dataclass(slots=True)
class _Job:
    work: Callable[[Tx], Any]
    origin: Origin | None
    done: asyncio.Future[Any]
    aftermath: Aftermath = field(default_factory=Aftermath)
    result: Any = None
    error: BaseException | None = None


class Database:
    """The SQLite file of one programme.

    ``committed`` is called on the event loop after every commit that added to the outbox or the alarms, with the two
    facts as flags; delivery and the scheduler listen there.

    ``trouble`` says what keeps the machine from storing anything (see ``storage.trouble``), None while it does not;
    ``troubled`` is called with it whenever it changes.
    """

    def __init__(self, path: Path, *, readers: int = 2) -> None:
        self.path = path
        self.committed: list[Callable[[bool, bool], None]] = []
        self.trouble: str | None = None
        self.troubled: list[Callable[[str | None], None]] = []
        self._reader_count = readers
        self._writer: _Connection | None = None
        self._readers: asyncio.Queue[_Connection] = asyncio.Queue()
        self._waiting: list[_Job] = []
        self._wake = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None
        self._open = 0
        self._is_open = False

    @property
    def idle(self) -> bool:
        """Whether nothing waits to be written or read."""
        return not self._waiting and self._open == 0

    async def open(self, *, write: bool = True) -> None:
        """Connect the writer (unless only to read) and the readers; the schema has to be there (``storage.schema``)."""
        if write:
            self._writer = await self._connect(write=True)
        for _ in range(self._reader_count):
            self._readers.put_nowait(await self._connect(write=False))
        if write:
            self._pump = asyncio.create_task(self._write_batches(), name="database writer")
            self._is_open = True

    async def close(self) -> None:
        """Finish what waits, then close every connection; what comes later is refused."""
        self._is_open = False
        while self._waiting or self._open:  # noqa: ASYNC110 - a few turns of the loop at the very end
            await asyncio.sleep(0)
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.gather(self._pump, return_exceptions=True)
            self._pump = None
        while not self._readers.empty():
            await self._readers.get_nowait().close()
        if self._writer is not None:
            await self._writer.close()
            self._writer = None

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Run ``work`` in a transaction of its own and return its result once that is on disk.

        Raises:
            CommitFailed: the commit was refused; nothing of ``work`` is stored. ``Unavailable`` if it is the machine's fault.
            Closed: the database is closed (or closing), or was opened only to be read.
            Exception: whatever ``work`` raised; nothing of it is stored.
        """
        if not self._is_open:
            raise Closed(path=str(self.path))
        job = _Job(work, _origin.get(), asyncio.get_running_loop().create_future())
        self._waiting.append(job)
        self._wake.set()
        result: T = await job.done
        return result

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Run ``work`` on a snapshot of what is committed; writing in it fails.

        Raises:
            Unavailable: the machine cannot read at present.
            Exception: whatever ``work`` raised.
        """
        self._open += 1
        try:
            reader = await self._readers.get()
            try:
                return await reader.run(partial(_read, work))
            except sqlite3.Error as error:
                trouble = unreadable(error)
                if trouble is None:
                    raise
                self._is_in(trouble.trouble)
                raise trouble from error
            finally:
                self._readers.put_nowait(reader)
        finally:
            self._open -= 1

    async def probe(self) -> None:
        """Write, and take away again, as much as a busy moment needs: so that a few bytes that still fit do not deceive.

        Raises:
            Unavailable: the machine still does not let us.
        """

        def work(tx: Tx) -> None:
            tx.connection.execute("INSERT INTO meta (name, value) VALUES ('probe', zeroblob(?))", (_ROOM_TO_WORK,))
            tx.connection.execute("DELETE FROM meta WHERE name = 'probe'")

        await self.write(work)
        await self.read(lambda tx: tx.meta.get("probe"))

    def _is_in(self, trouble: str | None) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            for tell in self.troubled:
                _effect(partial(tell, trouble))

    async def _connect(self, *, write: bool) -> _Connection:
        connecting = asyncio.ensure_future(self._connected(write=write))
        try:
            return await asyncio.shield(connecting)
        except asyncio.CancelledError:
            # The thread that connects cannot be stopped in the middle. Left alone it would come back to a loop that
            # is closed, so whoever calls the start off waits for it.
            for opened in await asyncio.gather(connecting, return_exceptions=True):
                if isinstance(opened, _Connection):
                    await opened.close()
            raise

    async def _connected(self, *, write: bool) -> _Connection:
        uri = f"{self.path.absolute().as_uri()}?mode={'rw' if write else 'ro'}"
        connection = _Connection(partial(sqlite3.connect, uri, uri=True, isolation_level=None), 64)
        try:
            await connection
            await connection.run(partial(_prepare, write=write))
        except BaseException:
            # Its thread would keep the process from ending.
            await connection.close()
            raise
        return connection

    async def _write_batches(self) -> None:
        assert self._writer is not None
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                batch = [job for job in self._waiting[:_BATCH] if not job.done.cancelled()]
                del self._waiting[:_BATCH]
                self._open += len(batch)
                try:
                    has_written = await self._writer.run(partial(_run_batch, batch))
                finally:
                    self._open -= len(batch)
                troubles = [job.error.trouble for job in batch if isinstance(job.error, Unavailable)]
                if troubles or (has_written and any(job.error is None for job in batch)):
                    self._is_in(troubles[0] if troubles else None)
                self._settle(batch)

    def _settle(self, batch: list[_Job]) -> None:
        outbox = alarms = False
        for job in batch:
            after = job.aftermath
            if job.error is None:
                outbox |= after.outbox
                alarms |= after.alarms
                if job.origin is not None:
                    job.origin.completed = True
            for effect in after.on_commit if job.error is None else after.on_abort:
                _effect(effect)
            if job.done.cancelled():
                continue
            if job.error is None:
                job.done.set_result(job.result)
            else:
                job.done.set_exception(job.error)
        if outbox or alarms:
            for listener in self.committed:
                _effect(partial(listener, outbox, alarms))


def _effect(effect: Callable[[], None]) -> None:
    """What follows a commit cannot undo it, and must not stop the writer: everybody else waits for that."""
    try:
        effect()
    except Exception:
        log.exception("an effect of a transaction failed")


def _as_dict(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}


def _prepare(connection: sqlite3.Connection, *, write: bool) -> None:
    connection.row_factory = _as_dict
    connection.execute(f"PRAGMA busy_timeout = {BUSY // timedelta(milliseconds=1)}")
    connection.execute("PRAGMA foreign_keys = ON")
    if write:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        # What is removed (an update that was dealt with, say) is not to be read in the file's free space.
        connection.execute("PRAGMA secure_delete = ON")
    else:
        connection.execute("PRAGMA query_only = ON")


def _read(work: Callable[[Tx], T], connection: sqlite3.Connection) -> T:
    connection.execute("BEGIN")
    try:
        return work(Tx(connection, Aftermath()))
    finally:
        connection.execute("ROLLBACK")


def _run_batch(batch: list[_Job], connection: sqlite3.Connection) -> bool:
    """Run every job in a savepoint of one transaction and commit; outcomes are left on the jobs.

    Says whether anything was written: that nothing fails which writes nothing proves nothing.
    """
    before = connection.total_changes
    try:
        connection.execute("BEGIN IMMEDIATE")
        for job in batch:
            _run_job(job, connection)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        with suppress(sqlite3.Error):  # a full disk may have rolled it back already
            connection.execute("ROLLBACK")
        for job in batch:
            if job.error is None:
                job.error = refused(error)
        return False
    return connection.total_changes > before


def _run_job(job: _Job, connection: sqlite3.Connection) -> None:
    connection.execute("SAVEPOINT job")
    try:
        tx = Tx(connection, job.aftermath)
        job.result = job.work(tx)
        if job.origin is not None:
            if job.origin.update_id is not None:
                tx.inbox.done(job.origin.update_id)
            if job.origin.alarm_id is not None:
                tx.alarms.done(job.origin.alarm_id)
    except Exception as error:
        job.error = refused(error) if isinstance(error, sqlite3.Error) and trouble_of(error) else error
        # At once: the next of the group may look at the same memory.
        for effect in job.aftermath.on_abort:
            _effect(effect)
        job.aftermath.on_abort.clear()
        if connection.in_transaction:
            connection.execute("ROLLBACK TO job")
            connection.execute("RELEASE job")
        else:
            raise sqlite3.OperationalError("the transaction was ended from within") from error
    else:
        connection.execute("RELEASE job")
