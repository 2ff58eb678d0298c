"""The machine's clock is followed; the token is in no line."""

import asyncio
import time

import pytest

from bot.clock import SystemClock, keep_time
from bot.log import redact


async def test_clock_that_was_set_is_followed_between_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine slept, or its clock was set: taken over at once, unless a window is being timed."""
    clock = SystemClock()
    before = clock.now()
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 3600)
    timing = True
    looks = asyncio.Queue[bool]()

    def is_timing() -> bool:
        looks.put_nowait(timing)
        return timing

    keeper = asyncio.ensure_future(keep_time(clock, is_timing, every=0))
    await looks.get()
    during = clock.now()
    timing = False
    async with asyncio.timeout(5):
        while await looks.get():
            pass
        await looks.get()
    after = clock.now()
    keeper.cancel()
    await asyncio.gather(keeper, return_exceptions=True)

    assert (during - before).total_seconds() < 60
    assert (after - before).total_seconds() > 3500


@pytest.mark.parametrize(
    "text",
    [
        "The token `{}` was rejected by the server.",
        "https://api.example/bot{}/getMe",
        "ClientError('https://api.example/bot{}/getMe')",
    ],
)
@pytest.mark.parametrize("colon", [":", "%3A", "%3a"])
def test_token_is_taken_out(text: str, colon: str) -> None:
    """However it got there: as it is, in a URL, escaped."""
    secret = "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"

    line = redact(text.format(f"123456789{colon}{secret}"))

    assert secret not in line
    assert "<token>" in line
