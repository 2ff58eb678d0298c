"""What is written together right before a commit: rows of presses, and the updates that they were."""

import asyncio
import sqlite3
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import Arrival, CommitFailed, Database, Origin, Turn, Tx, handling
from storage.inbox import InboxRow
from storage.many import run_many

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


async def opened(database: Database) -> int:
    """A contest whose log can be written to."""
    return await database.write(lambda tx: tx.contests.add(-1, preset="buzzer", bank="b", host_id=1, now=NOON))


def press(contest_id: int, number: int) -> object:
    """A press: one event, and nothing is looked up."""
    return lambda tx: tx.append_events(contest_id, number, [(NOON, "PressNoted", "{}")])


def numbers(tx: Tx, contest_id: int) -> list[int]:
    """The events that a transaction finds."""
    return [event.number for event in tx.contests.events(contest_id)]


async def test_presses_that_wait_are_one_statement(database: Database) -> None:
    """Fifty events and fifty updates that are done: no savepoint, and a few statements for all of them."""
    contest_id = await opened(database)
    rows = [InboxRow(number, -1, NOON, "{}") for number in range(1, 51)]
    new = await database.write(lambda tx: tx.inbox.add(rows))
    again = await database.write(lambda tx: tx.inbox.add(rows[:3]))
    statements: list[str] = []
    await database.write(lambda tx: tx.connection.set_trace_callback(statements.append))

    async def dealt_with(number: int) -> None:
        with handling(Origin(update_id=number + 1)):
            await database.write(press(contest_id, number))  # type: ignore[arg-type]

    await asyncio.gather(*(dealt_with(number) for number in range(50)))

    await database.write(lambda tx: tx.connection.set_trace_callback(None))
    begins = statements.index("BEGIN IMMEDIATE")
    between = statements[begins : statements.index("COMMIT", begins)]
    assert len(new) == 50
    assert again == frozenset()
    assert not any("SAVEPOINT" in statement for statement in between)
    assert sum(statement.startswith("INSERT INTO contest_events") for statement in between) == 3
    assert await database.read(lambda tx: numbers(tx, contest_id)) == list(range(50))
    assert await database.read(lambda tx: tx.inbox.waiting()) == ()


async def test_who_looks_finds_what_came_before(database: Database) -> None:
    """In the same commit: a transaction that reads sees the press before it, and not the one behind it."""
    contest_id = await opened(database)

    outcomes = await asyncio.gather(
        database.write(press(contest_id, 0)),  # type: ignore[arg-type]
        database.write(lambda tx: numbers(tx, contest_id)),
        database.write(press(contest_id, 1)),  # type: ignore[arg-type]
    )

    assert outcomes[1] == [0]
    assert await database.read(lambda tx: numbers(tx, contest_id)) == [0, 1]


async def test_failing_press_leaves_nothing(database: Database) -> None:
    """Neither before nor after its savepoint: its events go, those of the others stay."""
    contest_id = await opened(database)

    def fails_early(tx: Tx) -> None:
        tx.append_events(contest_id, 1, [(NOON, "PressNoted", "{}")])
        raise LookupError

    def fails_late(tx: Tx) -> None:
        tx.append_events(contest_id, 1, [(NOON, "PressNoted", "{}")])
        assert numbers(tx, contest_id) == [0, 1]
        tx.append_events(contest_id, 2, [(NOON, "PressNoted", "{}")])
        raise LookupError

    outcomes = await asyncio.gather(
        database.write(press(contest_id, 0)),  # type: ignore[arg-type]
        database.write(fails_early),
        database.write(fails_late),
        database.write(press(contest_id, 1)),  # type: ignore[arg-type]
        return_exceptions=True,
    )

    assert [type(outcome) for outcome in outcomes] == [type(None), LookupError, LookupError, type(None)]
    assert await database.read(lambda tx: numbers(tx, contest_id)) == [0, 1]


async def test_refusal_is_an_answer(database: Database) -> None:
    """An update whose only transaction was refused is done with it; any other failure leaves it waiting."""
    await database.write(lambda tx: tx.inbox.add([InboxRow(1, -1, NOON, "{}"), InboxRow(2, -1, NOON, "{}")]))
    refused = Origin(update_id=1, settles=lambda error: isinstance(error, LookupError))
    broken = Origin(update_id=2, settles=lambda error: isinstance(error, LookupError))

    def refuses(tx: Tx) -> None:
        tx.meta.put("trace", "1")
        raise LookupError

    def breaks(tx: Tx) -> None:
        tx.meta.put("trace", "2")
        raise ZeroDivisionError

    with pytest.raises(LookupError), handling(refused):
        await database.write(refuses)
    with pytest.raises(ZeroDivisionError), handling(broken):
        await database.write(breaks)

    assert (refused.completed, broken.completed) == (True, False)
    assert [row.update_id for row in await database.read(lambda tx: tx.inbox.waiting())] == [2]
    assert await database.read(lambda tx: tx.meta.get("trace")) is None


async def test_late_row_that_cannot_be_written_fails_the_group(database: Database) -> None:
    """It is nobody's own fault, so nobody is told that it was stored; the next group goes on."""
    contest_id = await opened(database)
    undone: list[str] = []

    def looks(tx: Tx) -> None:
        tx.on_abort(lambda: undone.append("looker"))
        tx.meta.put("trace", "1")

    outcomes = await asyncio.gather(
        database.write(press(contest_id, 0)),  # type: ignore[arg-type]
        database.write(press(contest_id, 0)),  # type: ignore[arg-type]
        database.write(looks),
        return_exceptions=True,
    )
    await database.write(press(contest_id, 0))  # type: ignore[arg-type]

    assert all(isinstance(outcome, CommitFailed | sqlite3.IntegrityError) for outcome in outcomes)
    assert undone == ["looker"]
    assert await database.read(lambda tx: tx.meta.get("trace")) is None
    assert await database.read(lambda tx: numbers(tx, contest_id)) == [0]


async def test_a_turn_comes_behind_the_one_before(database: Database) -> None:
    """Whoever has the earlier turn is carried out first, though the other is asked first."""
    log: list[str] = []
    first = Turn()
    second = Turn(first)

    async def writes(turn: Turn, word: str) -> None:
        with handling(Origin(turn=turn)):
            await database.write(lambda tx: log.append(word))

    later = asyncio.ensure_future(writes(second, "second"))
    await asyncio.sleep(0)
    await writes(first, "first")
    await later

    assert log == ["first", "second"]


async def test_what_has_not_arrived_has_no_effect(database: Database) -> None:
    """A transaction behind that which brings its update is undone with it, and not carried out if the update is known."""
    log: list[str] = []

    async def deal(update_id: int, arrival: Arrival) -> None:
        with handling(Origin(update_id=update_id, arrival=arrival)):
            await database.write(lambda tx: log.append(f"deals with {update_id}"))

    def bring(tx: Tx, arrival: Arrival, *, fails: bool) -> None:
        tx.on_abort(arrival.failed)
        arrival.came(frozenset((1,)))
        if fails:
            raise LookupError

    for fails in (True, False):
        arrival = Arrival()
        brings = database.queue(partial(bring, arrival=arrival, fails=fails), leads=True)
        outcomes = await asyncio.gather(deal(1, arrival), deal(2, arrival), brings, return_exceptions=True)
        log.append(", ".join(type(outcome).__name__ for outcome in outcomes))

    assert log == ["NotArrived, NotArrived, LookupError", "deals with 1", "NoneType, NotArrived, NoneType"]


@given(st.lists(st.tuples(st.integers(), st.text()), max_size=200, unique_by=lambda pair: pair[0]))
def test_many_rows_are_those_rows(rows: list[tuple[int, str]]) -> None:
    """However many there are, each is written once, and what the statement returns comes back in order."""
    rows = [(number % 2**62, text.encode("utf-8", "replace").decode()) for number, text in rows]
    rows = list(dict(rows).items())
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (number INTEGER PRIMARY KEY, text TEXT NOT NULL)")

    back = list(run_many(connection, "INSERT INTO t (number, text) VALUES (:number, :text) RETURNING number", rows))
    gone = [number for number, _ in rows[::2]]
    list(run_many(connection, "DELETE FROM t WHERE number IN (:number)", [(number,) for number in gone]))

    left = connection.execute("SELECT number, text FROM t").fetchall()
    connection.close()
    assert sorted(number for (number,) in back) == sorted(number for number, _ in rows)
    assert sorted(left) == sorted(rows[1::2])
