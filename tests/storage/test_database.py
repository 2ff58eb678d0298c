"""The one writer: groups, savepoints, failures, what runs after a commit; readers beside it."""

import asyncio
import contextvars
import shutil
import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from storage import Database, Origin, Tx, handling
from storage.errors import Closed, CommitFailed, StorageError
from storage.inbox import InboxRow

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def note(name: str, value: str = "1"):  # type: ignore[no-untyped-def]
    """A transaction that leaves a trace."""
    return lambda tx: tx.meta.put(name, value)


async def found(database: Database, name: str) -> str | None:
    """What a trace says."""
    return await database.read(lambda tx: tx.meta.get(name))


def ends_in_failure(tx: Tx) -> None:
    """Violates a foreign key that is looked at only when the transaction is committed."""
    tx.connection.execute("PRAGMA defer_foreign_keys = ON")
    tx.connection.execute(
        "INSERT INTO contest_events (contest_id, number, at, kind, body) VALUES (99, 0, 0, 'x', '{}')"
    )


async def test_writes_that_wait_share_one_commit(database: Database) -> None:
    """What gathers while nothing runs goes to disk in one transaction."""
    commits: list[str] = []
    await database.write(lambda tx: tx.connection.set_trace_callback(commits.append))

    await asyncio.gather(*(database.write(note(f"n{number}")) for number in range(50)))

    await database.write(lambda tx: tx.connection.set_trace_callback(None))
    assert commits.count("BEGIN IMMEDIATE") == 2
    assert await found(database, "n49") == "1"


async def test_group_that_takes_long_is_committed_and_the_rest_follows(tmp_path: Path, empty_database: Path) -> None:
    """Whoever comes first does not wait for the last of a crowd; what is to go first does, and all is in order."""
    slow = Database(Path(shutil.copy(empty_database, tmp_path)), long_enough=0.0)
    await slow.open()
    order: list[str] = []
    sizes: list[int] = []
    slow.batches.append(lambda size, _seconds, _refusal: sizes.append(size))

    def said(word: str):  # type: ignore[no-untyped-def]
        def work(tx: Tx) -> None:
            order.append(word)
            note(word)(tx)
            if word == "b":
                ends_in_failure(tx)

        return work

    waiting = [slow.queue(said(word)) for word in "abc"]
    urgent = slow.queue(said("urgent"), first=True)
    outcomes = await asyncio.gather(*waiting, urgent, return_exceptions=True)

    assert order == ["urgent", "a", "b", "c"]
    assert sizes == [1, 1, 1, 1]
    assert [isinstance(outcome, CommitFailed) for outcome in outcomes] == [False, True, False, False]
    assert await found(slow, "b") is None
    assert await found(slow, "c") == "1"
    await slow.close()


async def test_a_snapshot_is_of_one_moment(database: Database) -> None:
    """What is read in parts agrees with itself; others see what is written meanwhile, and so does who asks afterwards."""
    await database.write(note("before"))

    async with database.snapshot():
        await database.write(note("meanwhile"))
        inside = await found(database, "before"), await found(database, "meanwhile")
        outside = await asyncio.create_task(found(database, "meanwhile"), context=contextvars.Context())
        with pytest.raises(sqlite3.OperationalError):
            await database.read(lambda tx: tx.connection.execute("DELETE FROM meta"))

    assert inside == ("1", None)
    assert outside == "1"
    assert await found(database, "meanwhile") == "1"


async def test_reads_end_with_the_database(tmp_path: Path, empty_database: Path) -> None:
    """Whoever reads while it is closed is answered first, or refused; no thread of a reader stays behind."""
    closing = Database(Path(shutil.copy(empty_database, tmp_path)))
    before = set(threading.enumerate())
    await closing.open()
    threads = set(threading.enumerate()) - before

    under_way = asyncio.create_task(found(closing, "a"))
    await asyncio.sleep(0)
    ends = asyncio.create_task(closing.close())
    await asyncio.sleep(0)
    late = await asyncio.gather(found(closing, "a"), return_exceptions=True)
    await ends

    assert await under_way is None
    assert isinstance(late[0], Closed)
    for thread in threads:  # each says that it is through, and then ends
        await asyncio.to_thread(thread.join, 60)
    assert len(threads) == 3
    assert not any(thread.is_alive() for thread in threads)


async def test_failing_write_takes_nobody_with_it(database: Database) -> None:
    """One of a group raises half-way: its own traces go, those of the others stay, and it alone hears of it."""

    def half(tx: Tx) -> None:
        tx.meta.put("half", "1")
        raise LookupError("not today")

    outcomes = await asyncio.gather(
        database.write(note("before")), database.write(half), database.write(note("after")), return_exceptions=True
    )

    assert outcomes[0] is outcomes[2] is None
    assert isinstance(outcomes[1], LookupError)
    assert [await found(database, name) for name in ("before", "half", "after")] == ["1", None, "1"]


async def test_failing_commit_reaches_every_caller(database: Database) -> None:
    """Nothing of the group is stored, all of them hear so, memory is undone; the next write goes well."""
    undone: list[str] = []
    done: list[str] = []

    def watched(tx: Tx) -> None:
        tx.meta.put("watched", "1")
        tx.on_abort(lambda: undone.append("watched"))
        tx.on_commit(lambda: done.append("watched"))

    outcomes = await asyncio.gather(database.write(watched), database.write(ends_in_failure), return_exceptions=True)
    await database.write(note("next"))

    assert [type(outcome) for outcome in outcomes] == [CommitFailed, CommitFailed]
    assert (undone, done) == (["watched"], [])
    assert await found(database, "watched") is None
    assert await found(database, "next") == "1"


async def test_effects_run_before_the_caller_goes_on(database: Database) -> None:
    """``on_commit`` has run when ``write`` returns."""
    order: list[str] = []

    await database.write(lambda tx: tx.on_commit(lambda: order.append("effect")))
    order.append("caller")

    assert order == ["effect", "caller"]


async def test_failing_effect_does_not_stop_the_writer(database: Database) -> None:
    """What runs after a commit may fail; its caller has committed all the same, and later writes go on."""

    def fails() -> None:
        raise LookupError("an effect")

    async with asyncio.timeout(5):
        await database.write(lambda tx: tx.on_commit(fails))
        await database.write(note("next"))

    assert await found(database, "next") == "1"


async def test_failing_listener_does_not_stop_the_writer(database: Database) -> None:
    """Whoever listens to commits may fail; writing goes on."""

    def fails(_outbox: bool, _alarms: bool) -> None:
        raise LookupError("a listener")

    database.committed.append(fails)

    async with asyncio.timeout(5):
        await database.write(lambda tx: tx.alarms.set("k", "1", NOON))
        await database.write(note("next"))

    assert await found(database, "next") == "1"


async def test_memory_is_undone_before_the_next_of_the_group_looks(database: Database) -> None:
    """Two writes of a group share memory: the second never sees what the first, rolled back, has left there."""
    memory = {"count": 0}
    seen: list[int] = []

    def counts_and_fails(tx: Tx) -> None:
        memory["count"] = 1
        tx.on_abort(lambda: memory.update(count=0))
        raise LookupError("after all")

    await asyncio.gather(
        database.write(counts_and_fails),
        database.write(lambda tx: seen.append(memory["count"])),
        return_exceptions=True,
    )

    assert seen == [0]


async def test_cancelled_caller_leaves_the_others_alone(database: Database) -> None:
    """Who gives up before the group begins is left out; the rest is stored."""
    gone = asyncio.ensure_future(database.write(note("gone")))
    stays = asyncio.ensure_future(database.write(note("stays")))
    await asyncio.sleep(0)
    gone.cancel()

    await stays

    assert await found(database, "stays") == "1"
    assert gone.cancelled() or await asyncio.gather(gone, return_exceptions=True)


async def test_full_disk_is_told_and_got_over(database: Database) -> None:
    """SQLite cannot grow the file: the write fails with nothing stored, and once there is room again it goes on."""
    pages = await database.write(lambda tx: tx.connection.execute("PRAGMA page_count").fetchone()["page_count"])
    limit = f"PRAGMA max_page_count = {pages}"
    await database.write(lambda tx: tx.connection.execute(limit).fetchone() and None)

    with pytest.raises((CommitFailed, sqlite3.OperationalError)):
        await database.write(note("large", "x" * 200_000))
    await database.write(lambda tx: tx.connection.execute("PRAGMA max_page_count = 1000000").fetchone() and None)
    await database.write(note("small"))

    assert await found(database, "large") is None
    assert await found(database, "small") == "1"


async def test_update_is_done_in_the_transaction_that_dealt_with_it(database: Database) -> None:
    """State and "done" are one: a use case that is rolled back leaves its update waiting."""
    row = InboxRow(update_id=7, chat_id=1, received_at=NOON, body="{}")
    await database.write(lambda tx: tx.inbox.add([row]))
    failed, good = Origin(update_id=7), Origin(update_id=7)

    def fails(tx: Tx) -> None:
        raise LookupError

    with pytest.raises(LookupError), handling(failed):
        await database.write(fails)
    waiting = await database.read(lambda tx: tx.inbox.waiting())
    with handling(good):
        await database.write(note("state"))

    assert [one.update_id for one in waiting] == [7]
    assert (failed.completed, good.completed) == (False, True)
    assert await database.read(lambda tx: tx.inbox.waiting()) == ()


async def test_reader_cannot_write(database: Database) -> None:
    """Readers never change anything, whatever they are given."""
    with pytest.raises(sqlite3.OperationalError):
        await database.read(note("sneaked"))

    assert await found(database, "sneaked") is None


async def test_busy_file_is_waited_for_or_told(database: Database, tmp_path: Path) -> None:
    """Another program holds the file: the group is refused as a whole and nobody hangs."""
    await database.write(lambda tx: tx.connection.execute("SELECT 1"))
    other = sqlite3.connect(database.path)
    other.execute("BEGIN IMMEDIATE")
    assert database._writer is not None
    await database._writer.run(lambda connection: connection.execute("PRAGMA busy_timeout = 0"))

    with pytest.raises(CommitFailed):
        await database.write(note("held"))
    other.rollback()
    other.close()
    await database.write(note("free"))

    assert await found(database, "free") == "1"


async def test_closed_database_refuses(tmp_path: Path, empty_database: Path) -> None:
    """A write that comes after the end is refused at once; it does not wait for ever."""
    import shutil

    path = tmp_path / "closing.db"
    shutil.copy(empty_database, path)
    database = Database(path)
    await database.open()
    await database.close()

    async with asyncio.timeout(5):
        with pytest.raises(StorageError):
            await database.write(note("late"))


async def test_file_that_cannot_be_opened_leaves_no_thread(tmp_path: Path) -> None:
    """A start that fails leaves nothing running, or the process would never end."""
    before = set(threading.enumerate())
    (tmp_path / "text.db").write_text("this is no database, but long enough to be read as one" * 100)
    database = Database(tmp_path / "text.db")

    with pytest.raises(sqlite3.DatabaseError):
        await database.open()
    await database.close()

    left = set(threading.enumerate()) - before
    for thread in left:
        thread.join(timeout=5)
    assert not [thread for thread in left if thread.is_alive()]


async def test_opening_that_is_called_off_waits_for_its_thread(
    tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread in the middle of connecting cannot be stopped: left alone it would report to a loop that is gone."""
    path = tmp_path / "storage.db"
    shutil.copy(empty_database, path)
    connect, may_go_on, is_there = sqlite3.connect, threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        loop.call_soon_threadsafe(is_there.set)
        may_go_on.wait(30)
        return connect(*args, **kwargs)

    monkeypatch.setattr(sqlite3, "connect", slow)
    database = Database(path)
    opening = asyncio.create_task(database.open())
    await is_there.wait()

    opening.cancel()
    for _ in range(20):
        await asyncio.sleep(0)
    over_too_early = opening.done()
    may_go_on.set()
    await asyncio.gather(opening, return_exceptions=True)
    await database.close()

    assert not over_too_early
    assert opening.cancelled()
