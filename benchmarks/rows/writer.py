"""Row 6: durable writes. ``synchronous=FULL`` for everybody, WAL, the product's own schema.

* ours: ``Database.write``: a plain function a caller, run in a savepoint of its own on the connection's thread, all that
  waits in one commit;
* a commit a row: aiosqlite, ``INSERT`` and ``commit`` under a lock, as it comes;
* a plain commit: the standard library's sqlite3 in this very thread, which blocks the loop while it waits for the disk;
* statement by statement: the same savepoints and the same shared commit as ours, each statement awaited through aiosqlite,
  as a use case written with ``await`` would do it. Every awaited statement is a hop between two threads; a plain function
  costs one hop a batch, and cannot hold the writer while it waits for something slow, because it cannot wait.
"""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from shutil import copy
from statistics import median

import aiosqlite

from benchmarks.row import Line, Row, Run
from storage import Database, schema
from storage.inbox import InboxRow

CALLERS, BATCH = 100, 100
_INSERT = "INSERT INTO inbox (update_id, chat_id, received_at, body, state) VALUES (?, ?, 0, ?, 'waiting')"
_BODY = '{"update_id":1,"callback_query":{"id":"1","data":"choose:1:2:3"}}'
_NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)

Write = Callable[[int], Awaitable[object]]
Opened = Callable[[Path], AbstractAsyncContextManager[Write]]


@asynccontextmanager
async def ours(path: Path) -> AsyncIterator[Write]:
    """The product's writer, one row a call."""
    database = Database(path)
    await database.open()

    async def write(number: int) -> None:
        row = InboxRow(update_id=number, chat_id=1, received_at=_NOW, body=_BODY)
        await database.write(lambda tx: tx.inbox.add([row]))

    try:
        yield write
    finally:
        await database.close()


@asynccontextmanager
async def our_batches(path: Path) -> AsyncIterator[Write]:
    """The product's writer, a batch of updates a call, as polling brings them."""
    database = Database(path)
    await database.open()

    async def write(number: int) -> None:
        first = number * BATCH
        rows = [
            InboxRow(update_id=one, chat_id=one % 50, received_at=_NOW, body=_BODY)
            for one in range(first, first + BATCH)
        ]
        await database.write(lambda tx: tx.inbox.add(rows))

    try:
        yield write
    finally:
        await database.close()


@asynccontextmanager
async def commit_a_row(path: Path) -> AsyncIterator[Write]:
    """aiosqlite as it comes."""
    async with _aiosqlite(path) as connection:
        lock = asyncio.Lock()

        async def write(number: int) -> None:
            async with lock:
                await connection.execute("BEGIN IMMEDIATE")
                await connection.execute(_INSERT, (number, 1, _BODY))
                await connection.execute("COMMIT")

        yield write


@asynccontextmanager
async def statement_by_statement(path: Path) -> AsyncIterator[Write]:
    """A shared commit too, but each statement awaited."""
    async with _aiosqlite(path) as connection:
        waiting: list[tuple[int, asyncio.Future[None]]] = []
        wake = asyncio.Event()

        async def pump() -> None:
            while True:
                await wake.wait()
                wake.clear()
                batch, waiting[:] = waiting[:], []
                await connection.execute("BEGIN IMMEDIATE")
                for number, _ in batch:
                    await connection.execute("SAVEPOINT job")
                    await connection.execute(_INSERT, (number, 1, _BODY))
                    await connection.execute("RELEASE job")
                await connection.execute("COMMIT")
                for _, done in batch:
                    done.set_result(None)
                if waiting:
                    wake.set()

        async def write(number: int) -> None:
            done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            waiting.append((number, done))
            wake.set()
            await done

        task = asyncio.create_task(pump())
        try:
            yield write
        finally:
            task.cancel()


@asynccontextmanager
async def plain(path: Path) -> AsyncIterator[Write]:
    """sqlite3 in the caller's own thread: one row, one commit."""
    with closing(_sqlite3(path)) as connection:

        async def write(number: int) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_INSERT, (number, 1, _BODY))
            connection.execute("COMMIT")

        yield write


@asynccontextmanager
async def plain_batches(path: Path) -> AsyncIterator[Write]:
    """The same with ``executemany``, a batch a commit."""
    with closing(_sqlite3(path)) as connection:

        async def write(number: int) -> None:
            first = number * BATCH
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(_INSERT, [(one, one % 50, _BODY) for one in range(first, first + BATCH)])
            connection.execute("COMMIT")

        yield write


@asynccontextmanager
async def _aiosqlite(path: Path) -> AsyncIterator[aiosqlite.Connection]:
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await connection.execute("PRAGMA journal_mode = WAL")
        await connection.execute("PRAGMA synchronous = FULL")
        yield connection


def _sqlite3(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


WAYS: dict[str, tuple[Opened, int]] = {
    "ours": (ours, CALLERS),
    "a row": (commit_a_row, CALLERS),
    "awaited": (statement_by_statement, CALLERS),
    "lone": (ours, 1),
    "lone plain": (plain, 1),
    "lone aiosqlite": (commit_a_row, 1),
    "batches": (our_batches, 1),
    "plain batches": (plain_batches, 1),
}
"""The ways and how many callers each has."""


class Way:
    """One way of writing, open for the whole measurement, and how fast it was in each slice of a round."""

    def __init__(self, write: Write, callers: int) -> None:
        self._write, self._callers = write, callers
        self._numbers = count(1)
        self.calls: list[float] = []
        """Calls a second, slice by slice."""

    async def slice(self, seconds: float) -> None:
        """Write for so long with so many callers at the same time."""
        began, done = time.perf_counter(), 0

        async def call() -> None:
            nonlocal done
            while time.perf_counter() - began < seconds:
                await self._write(next(self._numbers))
                done += 1

        await asyncio.gather(*(call() for _ in range(self._callers)))
        self.calls.append(done / (time.perf_counter() - began))

    def taken(self) -> float:
        """The middle of the slices since it was last asked."""
        calls, self.calls = self.calls, []
        return median(calls)


async def measure(run: Run) -> list[Line]:
    """All ways in turn, in slices so short that what else the machine does meets all of them alike."""
    seconds, slices = (0.04, 5) if run.quick else (0.04, 40)
    empty = run.folder / "empty.db"
    schema.upgrade(empty)
    found: dict[str, list[float]] = {name: [] for name in WAYS}
    async with AsyncExitStack() as opened:
        ways = {}
        for name, (way, callers) in WAYS.items():
            path = run.folder / f"{name}.db"
            copy(empty, path)
            ways[name] = Way(await opened.enter_async_context(way(path)), callers)
            await ways[name].slice(seconds)  # caches, prepared statements, the first page of the log
            ways[name].taken()
        for _ in run.rounds("writer"):
            for _ in range(slices):
                for one in ways.values():
                    await one.slice(seconds)
            for name, one in ways.items():
                found[name].append(one.taken())

    def waits(name: str) -> list[float]:
        return [1000 / calls for calls in found[name]]

    def rows(name: str) -> list[float]:
        return [BATCH * calls for calls in found[name]]

    aio = "aiosqlite, a commit a row"
    return [
        Line(f"{CALLERS} callers", "writes/s", found["ours"], peer=aio, theirs=found["a row"], ratio_at_least=10),
        Line(
            f"{CALLERS} callers", "writes/s", found["ours"],
            peer="one commit for all, each statement awaited", theirs=found["awaited"],
        ),
        Line("a lone caller waits", "ms", waits("lone"), peer=aio, theirs=waits("lone aiosqlite"), ratio_at_most=1),
        Line(
            "a lone caller waits", "ms", waits("lone"), peer="sqlite3 in the same thread", theirs=waits("lone plain"),
            note="no hop between threads there: the loop stands still meanwhile",
        ),
        Line(
            f"batches of {BATCH} updates", "rows/s", rows("batches"), peer="sqlite3, executemany and commit",
            theirs=rows("plain batches"), ratio_at_least=0.5,
        ),
    ]  # fmt: skip


ROWS = (Row(6, "writer", measure),)
