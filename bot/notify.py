"""What a service manager hears of us: systemd's sd_notify, a datagram of words to the socket that it names.

The protocol is sd_notify(3): ``READY=1`` once updates are let in, ``STOPPING=1`` when the end begins, and ``WATCHDOG=1``
at half of ``WATCHDOG_USEC`` for as long as the bot is alive. Without ``NOTIFY_SOCKET`` nothing is said.
"""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

import structlog

log = structlog.get_logger()


class ServiceManager:
    """Tells the service manager how we are. ``every``: how often it wants to hear that we are alive; None: never."""

    def __init__(self, address: str | None, every: timedelta | None) -> None:
        self._address = address
        self._every = every

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "ServiceManager":
        """The one that started this process, if any did."""
        address = environment.get("NOTIFY_SOCKET")
        patience = environment.get("WATCHDOG_USEC", "")
        meant = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        every = timedelta(microseconds=int(patience)) / 2 if address and meant and patience.isdecimal() else None
        return cls(address, every)

    def ready(self) -> None:
        """The start is over."""
        self._say("READY=1")

    def stopping(self) -> None:
        """The end begins."""
        self._say("STOPPING=1")

    @contextmanager
    def watched(self, is_live: Callable[[], Awaitable[bool]]) -> Iterator[None]:
        """Say time and again that we are alive, as long as ``is_live`` says so; then the manager starts us again."""
        if self._every is None:
            yield
            return
        watch = asyncio.create_task(self._watch(is_live, self._every.total_seconds()), name="watchdog")
        try:
            yield
        finally:
            watch.cancel()

    async def _watch(self, is_live: Callable[[], Awaitable[bool]], every: float) -> None:
        while True:
            if await is_live():
                self._say("WATCHDOG=1")
            else:
                log.error("the database's writer does not answer; the service manager is not told that all is well")
            await asyncio.sleep(every)

    def _say(self, words: str) -> None:
        if not self._address:
            return
        # "@" stands for the zero byte of Linux's abstract sockets.
        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
                channel.setblocking(False)  # a manager that does not read must not hold up a contest
                channel.sendto(words.encode(), address)
        except OSError as error:
            log.warning("the service manager could not be told", what=words, reason=str(error))
