"""Time that passes only when a test says so, with everything that happens meanwhile."""

import asyncio
import math

from tests.manual_clock import ManualClock


async def settled() -> None:
    """Everything that can run without time passing has run."""
    loop = asyncio.get_running_loop()
    for _ in range(12):
        turn: asyncio.Future[None] = loop.create_future()
        loop.call_soon(turn.set_result, None)
        await turn


async def advance(clock: ManualClock, seconds: float) -> None:
    """Let time pass; alarms ring on the way, each at its moment."""
    end = clock.monotonic() + seconds
    await settled()
    while (wait := clock.due(end - clock.monotonic())) is not None and clock.monotonic() + wait <= end:
        clock.ring_next()
        await settled()
    clock.skip(end - clock.monotonic())


def is_quiet(clock: ManualClock) -> bool:
    """Whether no alarm is set."""
    return clock.due(math.inf) is None
