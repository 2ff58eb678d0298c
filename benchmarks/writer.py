"""How many durable writes a second: grouped, one commit a row, statement by statement. See ``benchmarks/README.md``."""

import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import aiosqlite
from rich.console import Console
from rich.table import Table

from storage import Database, schema
from storage.inbox import InboxRow

CALLERS = 100
ROUNDS = 5
SECONDS = 1.0
_INSERT = "INSERT INTO inbox (update_id, chat_id, received_at, body, state) VALUES (?, 1, 0, '{}', 'waiting')"

Write = Callable[[int], Awaitable[object]]


async def grouped(path: Path, callers: int) -> float:
    """Ours."""
    database = Database(path)
    await database.open()
    now = datetime.now(UTC)

    async def write(number: int) -> None:
        row = InboxRow(update_id=number, chat_id=1, received_at=now, body="{}")
        await database.write(lambda tx: tx.inbox.add([row]))

    try:
        return await _rate(write, callers)
    finally:
        await database.close()


async def one_commit_a_row(path: Path, callers: int) -> float:
    """aiosqlite as it comes."""
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await connection.execute("PRAGMA journal_mode = WAL")
        await connection.execute("PRAGMA synchronous = FULL")
        lock = asyncio.Lock()

        async def write(number: int) -> None:
            async with lock:
                await connection.execute("BEGIN IMMEDIATE")
                await connection.execute(_INSERT, (number,))
                await connection.execute("COMMIT")

        return await _rate(write, callers)


async def statement_by_statement(path: Path, callers: int) -> float:
    """A shared commit too, but each statement awaited."""
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await connection.execute("PRAGMA journal_mode = WAL")
        await connection.execute("PRAGMA synchronous = FULL")
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
                    await connection.execute(_INSERT, (number,))
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
            return await _rate(write, callers)
        finally:
            task.cancel()


async def _rate(write: Write, callers: int) -> float:
    """Writes a second with so many callers, over ``SECONDS``."""
    done = 0
    began = time.perf_counter()

    async def call(first: int) -> None:
        nonlocal done
        number = first
        while time.perf_counter() - began < SECONDS:
            await write(number)
            number += callers
            done += 1

    await asyncio.gather(*(call(first) for first in range(callers)))
    return done / (time.perf_counter() - began)


def main() -> None:
    """Run each in turn, ``ROUNDS`` times, and print the medians with their ratios to ours."""
    ways = {"grouped": grouped, "one commit a row": one_commit_a_row, "statement by statement": statement_by_statement}
    rates: dict[tuple[str, int], list[float]] = {(name, callers): [] for name in ways for callers in (CALLERS, 1)}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(ROUNDS):
            for name, way in ways.items():
                for callers in (CALLERS, 1):
                    path = Path(folder) / f"{turn}-{name}-{callers}.db"
                    schema.upgrade(path)
                    rates[name, callers].append(asyncio.run(way(path, callers)))
    table = Table("way", f"{CALLERS} callers, writes/s", "ours is", "spread", "lone, writes/s", "ours is")
    for name in ways:
        many, lone = rates[name, CALLERS], rates[name, 1]
        ratios = [ours / theirs for ours, theirs in zip(rates["grouped", CALLERS], many, strict=True)]
        lone_ratio = statistics.median(ours / theirs for ours, theirs in zip(rates["grouped", 1], lone, strict=True))
        table.add_row(
            name,
            f"{statistics.median(many):,.0f}",
            f"{statistics.median(ratios):.2f} ×",
            f"{min(ratios):.2f}–{max(ratios):.2f}",
            f"{statistics.median(lone):,.0f}",
            f"{lone_ratio:.2f} ×",
        )
    Console().print(table)
    Console().print_json(json.dumps({f"{name} {callers}": values for (name, callers), values in rates.items()}))


if __name__ == "__main__":
    main()
