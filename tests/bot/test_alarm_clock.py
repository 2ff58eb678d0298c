"""The real APScheduler as an alarm clock."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.scheduler import ApschedulerAlarms


@pytest.fixture
async def alarms() -> AsyncIterator[ApschedulerAlarms]:
    """The alarm clock of production."""
    clock = ApschedulerAlarms()
    yield clock
    clock.close()


async def test_what_is_long_past_rings_at_once(alarms: ApschedulerAlarms) -> None:
    """APScheduler's own default would skip what is more than a second late."""
    rang: asyncio.Queue[int] = asyncio.Queue()

    alarms.set(7, datetime.now(UTC) - timedelta(days=30), rang.put_nowait)

    async with asyncio.timeout(5):
        assert await rang.get() == 7


async def test_called_off_does_not_ring(alarms: ApschedulerAlarms) -> None:
    """A cleared alarm is silent while the one beside it rings; clearing what has rung is no error."""
    rang: list[int] = []
    last = asyncio.Event()

    def ring(row_id: int) -> None:
        rang.append(row_id)
        if row_id == 2:
            last.set()

    soon = datetime.now(UTC) + timedelta(milliseconds=50)
    alarms.set(1, soon, ring)
    alarms.set(2, soon + timedelta(milliseconds=50), ring)
    alarms.clear(1)
    async with asyncio.timeout(5):
        await last.wait()
    alarms.clear(2)

    assert rang == [2]


async def test_second_set_moves_the_first(alarms: ApschedulerAlarms) -> None:
    """A row has one alarm: set again, it rings at the new time only."""
    rang: asyncio.Queue[int] = asyncio.Queue()

    alarms.set(1, datetime.now(UTC) + timedelta(hours=1), rang.put_nowait)
    alarms.set(1, datetime.now(UTC), rang.put_nowait)

    async with asyncio.timeout(5):
        assert await rang.get() == 1
    assert rang.empty()


async def test_close_with_a_ring_under_way_logs_no_error(caplog: pytest.LogCaptureFixture) -> None:
    """The end of the process may come at the moment of a ring: nothing is told of as a failure."""
    alarms = ApschedulerAlarms()
    under_way: list[asyncio.Task[bool]] = []
    rang = asyncio.Event()
    held = asyncio.Event()

    def ring(_row_id: int) -> None:
        under_way.append(asyncio.ensure_future(held.wait()))
        rang.set()

    alarms.set(1, datetime.now(UTC), ring)
    async with asyncio.timeout(5):
        await rang.wait()
    alarms.close()
    held.set()

    assert await under_way[0]
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
