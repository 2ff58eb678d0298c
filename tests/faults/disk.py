"""A disk that fails as disks do, and is mended again: SQLite meets the real error, nothing of ours is replaced."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.app import App
from tests.hall import Hall


async def pragma(app: App | None, words: str) -> None:
    """Say something to the connection that writes."""
    assert app is not None
    assert app.database._writer is not None
    await app.database._writer.run(lambda connection: connection.execute(f"PRAGMA {words}").fetchall())


async def becomes_read_only(hall: Hall) -> None:
    """Every write is refused with SQLITE_READONLY, as on a disk that was mounted anew after a fault."""
    await pragma(hall.app, "query_only = ON")


async def is_writable_again(hall: Hall) -> None:
    """The disk was mended."""
    await pragma(hall.app, "query_only = OFF")


async def until_mended(hall: Hall) -> None:
    """Let time pass until the bot has found out by itself that things can be stored again."""
    while hall.app is not None and hall.app.trouble is not None:
        await hall.advance(seconds=1)


async def is_full_for(hall: Hall, table: str) -> None:
    """There is no room for another row of this table (SQLITE_FULL); small things elsewhere still fit."""
    assert hall.app is not None
    await hall.write(
        lambda tx: tx.connection.execute(
            f"CREATE TRIGGER full AFTER INSERT ON {table} "  # noqa: S608 - a test's own word
            "BEGIN INSERT INTO meta (name, value) VALUES ('large', zeroblob(4000000)); END"
        )
    )
    ((pages),) = await hall.read(lambda tx: tx.connection.execute("PRAGMA page_count").fetchall())
    await pragma(hall.app, f"max_page_count = {pages['page_count'] + 20}")


async def has_room(hall: Hall) -> None:
    """Somebody made room."""
    await pragma(hall.app, "max_page_count = 1000000")
    await hall.write(lambda tx: tx.connection.execute("DROP TRIGGER full"))


def damaged(database: Path, good: Path, first: int, length: int) -> bytes:
    """Put a database there of which some bytes are not what was written; returns what is there."""
    content = bytearray(good.read_bytes())
    content[first : first + length] = b"\xff" * len(content[first : first + length])
    database.write_bytes(content)
    return bytes(content)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another program is in the middle of a transaction on the same file."""
    other = sqlite3.connect(path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        yield
    finally:
        other.close()
