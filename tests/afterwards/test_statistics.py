"""Statistics of questions over all contests, as they are kept."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from quizzes.live import append
from quizzes.statistics import Statistics, tally
from storage import Database, Tx, schema
from storage.contests import ContestState
from tests.afterwards.grand import played
from tests.engine.play import Play

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path):  # type: ignore[no-untyped-def]
    """An empty database."""
    path = tmp_path / "studyhall.db"
    schema.upgrade(path)
    database = Database(path)
    await database.open()
    yield database
    await database.close()


async def keep(database: Database, play: Play, *, counted: bool) -> int:
    """Store a contest that was played, as the service does; not ``counted``: as older versions did."""

    def work(tx: Tx) -> int:
        contest_id = tx.contests.add(-1, preset="final", bank="bank", host_id=1, now=NOON)
        append(tx, contest_id, 0, play.log)
        tx.contests.set_state(contest_id, ContestState.FINISHED, ended_at=NOON)
        if counted:
            tally(tx, contest_id, play.now_, NOON)
        return contest_id

    return await database.write(work)


async def test_contests_are_summed_up(database: Database) -> None:
    """Two contests with the same questions count double; one of them alone counts once; counting again adds nothing."""
    first = await keep(database, played(), counted=True)
    await keep(database, played(), counted=True)
    await database.write(lambda tx: tally(tx, first, played().now_, NOON))
    statistics = Statistics(database)

    both = {one.id: one for one in await statistics.questions(bank="BANK")}
    one = {one.id: one for one in await statistics.questions(contests=[first])}

    assert (both["1"].asked, both["1"].answered, both["1"].right, both["1"].wrong) == (2, 2, 2, 0)
    assert (one["1"].asked, one["1"].mean_ms, both["1"].mean_ms) == (1, 1250, 1250)
    assert (both["5"].nobody, both["5"].right_share, both["5"].mean_ms) == (2, None, None)
    assert both["9"].right_share == 0.5
    assert await statistics.questions(bank="another") == ()


async def test_older_contests_are_counted_at_the_next_start(database: Database) -> None:
    """What ended before anybody counted is counted once, with its players."""
    contest_id = await keep(database, played(), counted=False)
    statistics = Statistics(database)
    before = await statistics.questions()

    caught = [await statistics.catch_up(), await statistics.catch_up()]

    assert (before, caught) == ((), [1, 0])
    assert len(await statistics.questions()) == 8
    assert await database.read(lambda tx: tx.tallies.contests_of(11, 5)) == [contest_id]
