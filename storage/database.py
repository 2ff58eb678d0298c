"""One writer that commits in groups, and readers that never write.

Theory of operation
-------------------
``write(work)`` queues a plain function. The writer takes everything that waits into one transaction, runs each function
in a savepoint of its own on the connection's thread, writes what is to be written in bulk (``transaction.Late``), commits
once, and only then resolves the callers: so durability
(``synchronous=FULL``) costs one fsync a batch, a function that raises takes nobody with it, and no transaction can be
held open by something slow, because a plain function cannot await. The next batch gathers while a commit runs; nothing
lingers, and a crowd is committed in several groups, so that its first need not wait for its last.

Exactly one connection of one process writes and checkpoints (SQLite below 3.51.3 can corrupt its log when two do);
readers open the file read-only and see a snapshot.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

import aiosqlite
import structlog

from storage.errors import Closed, NotArrived, Unavailable
from storage.groups import Job, effect, failure, run_group
from storage.origin import origin
from storage.rows import to_ms
from storage.transaction import Aftermath, Tx
from storage.trouble import unreadable

log = structlog.get_logger()

T = TypeVar("T")

_BATCH = 512
"""The most functions that share one commit."""
_LONG_ENOUGH = 0.005
"""Seconds after which a group is committed, and what is left goes into the next: else the first of a crowd would wait for the
last, and so would what waits at Telegram."""
_TURNS = 2
"""Turns of the event loop in which those that were begun together with a job have come to the writer's line."""
_ROOM_TO_WORK = 256 * 1024
BUSY = timedelta(seconds=5)
"""So long is waited for another program that holds the file."""

sqlite3.register_adapter(datetime, to_ms)
sqlite3.register_adapter(date, date.isoformat)


class _Connection(aiosqlite.Connection):
    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run a whole function on the connection's thread: one hop instead of one a statement."""
        result: T = await self._execute(lambda: work(self._conn))  # type: ignore[no-untyped-call]
        return result


_snapshot: ContextVar[tuple[Database, _Connection] | None] = ContextVar("snapshot", default=None)


class Database:
    """The SQLite file of one programme.

    ``committed`` is called on the event loop after every commit that added to the outbox or the alarms, with the two
    facts as flags; delivery and the scheduler listen there. ``movers`` are told, on the writer's thread, when a group's id
    changes from the first to the second. ``batches`` hears of every group: how many functions it was, how many seconds it
    took, and why it could not be stored, if it could not.

    ``long_enough``: seconds of work after which a group is committed.

    ``trouble`` says what keeps the machine from storing anything (see ``storage.trouble``), None while it does not;
    ``troubled`` is called with it whenever it changes.
    """

    def __init__(self, path: Path, *, readers: int = 2, long_enough: float = _LONG_ENOUGH) -> None:
        self.path = path
        self._long_enough = long_enough
        self.committed: list[Callable[[bool, bool], None]] = []
        self.movers: list[Callable[[int, int], None]] = []
        self.batches: list[Callable[[int, float, str | None], None]] = []
        self.trouble: str | None = None
        self.troubled: list[Callable[[str | None], None]] = []
        self._reader_count = readers
        self._writer: _Connection | None = None
        self._readers: list[_Connection] = []
        self._free: asyncio.Queue[_Connection] = asyncio.Queue()
        self._ahead: list[Job] = []
        self._waiting: list[Job] = []
        self._wake = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None
        self._open = 0
        self._is_open = self._may_read = False

    @property
    def idle(self) -> bool:
        """Whether nothing waits to be written or read."""
        return not self._ahead and not self._waiting and self._open == 0

    async def open(self, *, write: bool = True) -> None:
        """Connect the writer (unless only to read) and the readers; the schema has to be there (``storage.schema``)."""
        if write:
            self._writer = await self._connect(write=True)
        for _ in range(self._reader_count):
            self._free.put_nowait(await self._connect_reader())
        self._may_read = True
        if write:
            self._pump = asyncio.create_task(self._write_batches(), name="database writer")
            self._is_open = True

    async def close(self) -> None:
        """Finish what waits, then close every connection; what comes later is refused."""
        self._is_open = self._may_read = False
        while not self.idle:  # noqa: ASYNC110 - a few turns of the loop at the very end
            await asyncio.sleep(0)
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.gather(self._pump, return_exceptions=True)
            self._pump = None
        # Also one that somebody holds who was cancelled: its thread would outlive the loop.
        readers, self._readers = self._readers, []
        for reader in readers:
            await reader.close()
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
        place = origin()
        if place is None or place.turn is None:
            return await self.queue(work)
        await place.turn.comes()
        done = self.queue(work)
        place.turn.take()
        return await done

    def queue(self, work: Callable[[Tx], T], *, first: bool = False, leads: bool = False) -> asyncio.Future[T]:
        """As :meth:`write`, and stand in the writer's line at once; the future has the result once that is on disk.

        ``first``: before all that waits. ``leads``: others are about to follow that were begun together with it. They are waited
        for, so that all share a commit.

        Raises:
            Closed: see :meth:`write`; the other errors are the future's.
        """
        if not self._is_open:
            raise Closed(path=str(self.path))
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        job = Job(work, origin(), done, Aftermath(movers=self.movers), leads=leads)
        (self._ahead if first else self._waiting).append(job)
        self._wake.set()
        return done

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Run ``work`` on a snapshot of what is committed; writing in it fails.

        Raises:
            Unavailable: the machine cannot read at present.
            Closed: the database is closed, or closing.
            Exception: whatever ``work`` raised.
        """
        if not self._may_read:
            raise Closed(path=str(self.path))
        snapshot = _snapshot.get()
        if snapshot is not None and snapshot[0] is self:
            return await self._read_on(snapshot[1], lambda connection: work(Tx(connection, Aftermath())))
        self._open += 1
        try:
            reader = await self._free.get()
            try:
                return await self._read_on(reader, partial(_read, work))
            finally:
                self._free.put_nowait(reader)
        finally:
            self._open -= 1

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[None]:
        """Let every ``read`` in the block see the same moment: for what is read in parts because it is long.

        It has a connection of its own, so that it keeps no reader from others. The log on disk grows until it is left.
        """
        connection = await self._connect(write=False)
        try:
            # A transaction begins with its first statement that reads.
            await self._read_on(
                connection, lambda raw: raw.execute("BEGIN").execute("SELECT name FROM meta").fetchone()
            )
            token = _snapshot.set((self, connection))
            try:
                yield
            finally:
                _snapshot.reset(token)
        finally:
            await connection.close()

    async def _read_on(self, connection: _Connection, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return await connection.run(work)
        except sqlite3.Error as error:
            trouble = unreadable(error)
            if trouble is None:
                raise
            self._is_in(trouble.trouble)
            raise trouble from error

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
                effect(partial(tell, trouble))

    async def _connect_reader(self) -> _Connection:
        reader = await self._connect(write=False)
        self._readers.append(reader)
        return reader

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
            while self._ahead or self._waiting:
                if any(job.leads for job in self._ahead):
                    for _ in range(_TURNS):
                        await asyncio.sleep(0)
                batch = [job for job in (*self._ahead, *self._waiting[:_BATCH]) if not job.done.cancelled()]
                self._ahead.clear()
                del self._waiting[:_BATCH]
                self._open += len(batch)
                began = perf_counter()
                try:
                    count, has_written = await self._writer.run(partial(run_group, batch, self._long_enough))
                finally:
                    self._open -= len(batch)
                batch, left = batch[:count], batch[count:]
                self._waiting[:0] = left
                troubles = [job.error.trouble for job in batch if isinstance(job.error, Unavailable)]
                if troubles or (has_written and any(job.error is None for job in batch)):
                    self._is_in(troubles[0] if troubles else None)
                for listener in self.batches:
                    listener(len(batch), perf_counter() - began, failure(batch))
                self._settle(batch)

    def _settle(self, batch: list[Job]) -> None:
        outbox = alarms = False
        for job in batch:
            after = job.aftermath
            if job.error is None:
                outbox |= after.outbox
                alarms |= after.alarms
            if job.completes and job.origin is not None:
                job.origin.completed = True
            for follow in after.on_commit if job.error is None else after.on_abort:
                effect(follow)
            if job.error is not None and job.origin is not None and not job.origin.has_arrived:
                # Whatever went wrong went wrong with its arrival too: it comes again.
                job.error = NotArrived()
            if job.done.cancelled():
                continue
            if job.error is None:
                job.done.set_result(job.result)
            else:
                job.done.set_exception(job.error)
        if outbox or alarms:
            for listener in self.committed:
                effect(partial(listener, outbox, alarms))


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
