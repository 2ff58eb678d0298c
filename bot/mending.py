"""While the machine does not let the bot store anything: it says so once, looks again and again, and goes on by itself.

Whoever could not store what they had to (a chat's actor, the poller, an alarm) waits here and then tries again, so that
nothing that was taken in is lost or overtaken. Before they may go on, contests hear how long nothing could be stored: what
lay in that time decides nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from bot.clock import Cancellable, Clock
from storage import Database
from storage.database import BUSY
from storage.errors import CommitFailed

log = structlog.get_logger()

_FIRST_LOOK = 0.5
_LONGEST = 30.0
_CALM = 60.0
"""Seconds after which trouble that comes back is new trouble, and is looked at as often again as at first."""
_ADVICE = {
    "full": "the disk is full; make room",
    "read_only": "the database is read-only; let the bot write to its file and folder",
    "locked": "another program holds the database; close it",
    "io": "the disk does not read or write; look after it",
    "memory": "there is no memory left; give the bot some",
    "damaged": "the database is damaged; stop the bot and restore a backup with: studyhall restore FILE",
}
"""For the log: what is wrong, and what somebody has to do about it."""


class Mending:
    """Watches one database from :meth:`start` to :meth:`stop`.

    ``outages``: told from when until when nothing could be stored, before anybody goes on; ``mended``: called then.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.outages: list[Callable[[datetime, datetime], Awaitable[None]]] = []
        self.mended: list[Callable[[], None]] = []
        self.trouble: str | None = None
        self._pause = _FIRST_LOOK
        self._ended_at = clock.monotonic() - _CALM
        self._over = asyncio.Event()
        self._over.set()
        self._task: asyncio.Task[None] | None = None
        self.is_pausing = False
        """Whether it only waits for its next look."""

    def start(self) -> None:
        """Begin to watch."""
        self._database.troubled.append(self._changed)
        self._changed(self._database.trouble)

    async def stop(self) -> None:
        """Watch no more; who waits is not woken."""
        if self._changed in self._database.troubled:
            self._database.troubled.remove(self._changed)
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def over(self) -> None:
        """Wait until things can be stored again."""
        await self._over.wait()

    def _changed(self, trouble: str | None) -> None:
        if trouble is None or trouble == self.trouble:
            return  # that one write went through proves little: the next look will show
        self.trouble = trouble
        log.error("nothing can be stored", trouble=trouble, what=_ADVICE[trouble])
        if self._task is None:
            self._over.clear()
            # Until it was refused it may have waited that long for another program.
            self._task = asyncio.create_task(self._mend(self._clock.now() - BUSY), name="mending")

    async def _mend(self, since: datetime) -> None:
        if self._clock.monotonic() - self._ended_at >= _CALM:
            self._pause = _FIRST_LOOK
        while True:
            await self._wait(self._pause)
            self._pause = min(_LONGEST, self._pause * 2)
            try:
                await self._database.probe()
                await self._tell(since, self._clock.now())
            except CommitFailed:
                continue
            except Exception:
                log.exception("it could not be seen whether things can be stored again")
                continue
            if self._database.trouble is None:
                break
        log.info("things can be stored again", since=since.isoformat())
        self.trouble = self._task = None
        self._ended_at = self._clock.monotonic()
        self._over.set()
        for tell_mended in self.mended:
            tell_mended()

    async def _tell(self, since: datetime, until: datetime) -> None:
        """Tell everybody of the outage; who fails keeps nobody else from hearing of it.

        Raises:
            CommitFailed: things cannot be stored after all; all are told again when they can.
        """
        for tell in self.outages:
            try:
                await tell(since, until)
            except CommitFailed:
                raise
            except Exception:
                log.exception("somebody could not be told that nothing could be stored")

    async def _wait(self, seconds: float) -> None:
        over = asyncio.Event()
        timer: Cancellable = self._clock.call_at_monotonic(self._clock.monotonic() + seconds, over.set)
        self.is_pausing = True
        try:
            await over.wait()
        finally:
            self.is_pausing = False
            timer.cancel()
