"""Walks of all memory, which stop everything, wait for a quiet moment."""

import asyncio
import gc

import pytest

from bot.tidying import keep_tidy


@pytest.fixture
def walks():
    """The generations that were walked, as they are."""
    seen: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "stop":
            seen.append(info["generation"])

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


async def test_all_memory_is_walked_only_once_nothing_is_timed(walks):
    """As long as a window is open the oldest generation is left alone; the first quiet look walks it."""
    looks: list[bool] = []
    quiet = asyncio.Event()

    def is_busy() -> bool:
        looks.append(2 in walks[begun:])
        if len(looks) == 6:
            quiet.set()
        return len(looks) <= 5

    begun = 10**9
    task = asyncio.create_task(keep_tidy(is_busy, every=0))
    await asyncio.sleep(0)
    begun = len(walks)

    await quiet.wait()
    await asyncio.sleep(0)

    assert looks[:6] == [False] * 6
    assert 2 in walks[begun:]
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_contest_that_never_ends_puts_it_off_only_so_long(walks):
    """At the latest it is done whatever goes on."""
    looked = asyncio.Event()

    def is_busy() -> bool:
        looked.set()
        return True

    task = asyncio.create_task(keep_tidy(is_busy, every=0, at_the_latest=0))
    await asyncio.sleep(0)
    walks.clear()

    await looked.wait()
    await asyncio.sleep(0)

    assert 2 in walks
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_afterwards_python_does_as_before():
    """The thresholds are the old ones, and nothing is kept out of the walks."""
    before = gc.get_threshold()
    frozen = gc.get_freeze_count()
    task = asyncio.create_task(keep_tidy(lambda: True))
    await asyncio.sleep(0)
    assert gc.get_threshold() != before

    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == frozen
