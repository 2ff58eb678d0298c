"""Updates of any kind and shape, by the thousand: nothing stops the bot, nothing hangs, nobody sees our insides."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.security.fuzzing import Fair
from tests.security.updates import Update, updates

_AT_ONCE = 20


@pytest.fixture
def fair(tmp_path: Path, empty_database: Path) -> Iterator[tuple[Fair, asyncio.Runner]]:
    """A busy hall, and the loop in which it lives through all examples."""
    with asyncio.Runner() as runner:
        fair = Fair(tmp_path, empty_database)
        runner.run(fair.open())
        yield fair, runner
        runner.run(fair.close())


def play(fair: Fair, runner: asyncio.Runner, examples: int, *, broken: bool, number: int = 0) -> None:
    """Let so many examples of :data:`_AT_ONCE` updates come, and look after each how they ended."""

    @seed(number)
    @settings(
        max_examples=examples,
        database=None,
        suppress_health_check=list(HealthCheck),
        # The hall remembers what came before, so that a shorter example would be another story.
        phases=(Phase.generate,),
    )
    @given(st.data())
    def example(data: st.DataObject) -> None:
        some = [data.draw(updates(fair.bazaar, broken=broken)) for _ in range(_AT_ONCE)]
        runner.run(_comes(fair, some, broken=broken))

    example()


async def _comes(fair: Fair, some: list[Update], *, broken: bool) -> None:
    fair.logged.clear()
    ids = await fair.takes(some)
    ends = await fair.states(ids)
    wrong = fair.logged.faults()

    assert set(ends) == set(ids)
    assert {state for state, _ in ends.values()} <= {"done", "failed"}, ends
    failed = {update_id for update_id, (state, _) in ends.items() if state == "failed"}
    named = {line.get("update_id") for line in wrong}
    assert failed <= named, "an update failed, and the log does not say which"
    if not broken:
        assert not wrong, "\n".join(line["exception"] or str(line) for line in wrong)
    await fair.look()
    await fair.hall.advance(seconds=2)


def test_whatever_comes_stops_nothing(fair: tuple[Fair, asyncio.Runner]) -> None:
    """Unknown kinds and fields, missing ones, wrong types, among presses and commands that mean something."""
    hall, runner = fair

    play(hall, runner, 7, broken=False)
    play(hall, runner, 8, broken=True)

    assert "签到成功" in runner.run(hall.checks_in(hall.member))
    assert not hall.unhandled


@pytest.mark.long
@pytest.mark.parametrize("quarter", range(4))
def test_ten_thousand_updates_stop_nothing(fair: tuple[Fair, asyncio.Runner], quarter: int) -> None:
    """The same for longer, 2,500 in each hall: half as Telegram could send them, half broken."""
    hall, runner = fair

    for part in range(5):
        play(hall, runner, 13, broken=False, number=quarter * 10 + part)
        play(hall, runner, 12, broken=True, number=quarter * 10 + part)
        runner.run(hall.begins_anew())

    assert "签到成功" in runner.run(hall.checks_in(hall.member))
    assert not hall.unhandled
    assert hall.taken >= 2_500
