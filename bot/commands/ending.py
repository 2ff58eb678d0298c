"""How a command that goes on is ended: by Ctrl-C or SIGTERM, at any moment of its life."""

import asyncio
import signal
from collections.abc import Awaitable
from typing import Any


def stop_signal() -> asyncio.Event:
    """An event that either signal sets; to be called first of all, so that no signal comes too early for it."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop


async def unless(stop: asyncio.Event, work: Awaitable[Any]) -> bool:
    """Do ``work``, or drop it when ``stop`` is set; whether it was done.

    Raises:
        Exception: what ``work`` raised.
    """
    doing = asyncio.ensure_future(work)
    stopped = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((doing, stopped), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
        if not doing.done():
            doing.cancel()
        await asyncio.gather(doing, return_exceptions=True)
    if doing.cancelled():
        return False
    doing.result()
    return True
