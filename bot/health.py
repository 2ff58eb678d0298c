"""Whether the bot is alive, and whether it can do its work; if not, why.

Alive: the event loop turns and the database's writer answers. Ready: it also hears from Telegram, stores what it is told
and keeps up with it.
"""

import asyncio
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.clock import Clock
from bot.delivery.limiter import Limiter
from bot.delivery.pump import Pump
from bot.desk import Desk
from bot.dispatch import Dispatch
from bot.ingest import Poller
from bot.metrics import Measures
from handlers.texts import N_, Texts
from storage import Database, StorageError, Tx, to_ms

_PATIENCE = 5.0
"""Seconds that the writer has to answer."""
_PROBED = "health_probed_at"

SENTENCES = {
    "starting": N_("The bot is starting."),
    "stopping": N_("The bot is stopping."),
    "writer": N_("The database does not answer."),
    "conflict": N_("Another program fetches updates with the same token, or a webhook is set. Stop it."),
    "unreachable": N_("Telegram cannot be reached."),
    "limited": N_("Telegram lets the bot fetch nothing for a while (429)."),
    "storage": N_("The database cannot be written: {reason}."),
    "behind": N_("{waiting} updates wait; no more are fetched until some are dealt with."),
}
"""Why the bot cannot do its work, by the code of the reason."""
_OF_STORAGE = {
    "full": N_("the disk is full"),
    "read_only": N_("it is read-only"),
    "locked": N_("another program holds it"),
    "io": N_("the disk does not read or write"),
    "memory": N_("there is no memory left"),
    "damaged": N_("it is damaged"),
}
"""By the kinds of ``storage.trouble``."""
_UNKNOWN = N_("the log says why")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One reason; ``code`` is one of ``SENTENCES``, ``storage`` one of the kinds of ``storage.trouble``, if it is that."""

    code: str
    storage: str | None = None
    waiting: int = 0

    def says(self, t: Texts) -> str:
        """The reason in words."""
        reason = _UNKNOWN if self.storage is None else _OF_STORAGE[self.storage]
        return t(SENTENCES[self.code], reason=t(reason), waiting=self.waiting)


@dataclass(frozen=True, slots=True)
class State:
    """How the bot is."""

    live: bool
    troubles: tuple[Trouble, ...]
    waiting: int

    @property
    def ready(self) -> bool:
        """Whether it can do its work."""
        return self.live and not self.troubles


@dataclass(frozen=True, slots=True)
class Sources:
    """The parts of the bot that health and metrics are read from. ``backups``: the folder of the copies, if it is known."""

    measures: Measures
    database: Database
    dispatch: Dispatch
    desk: Desk
    limiter: Limiter
    pump: Pump
    poller: Poller
    clock: Clock
    backups: Path | None


class Health:
    """Looks when it is asked. ``phase`` is why the bot does not work yet or any more; empty while it works."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._probe: asyncio.Task[bool] | None = None
        self.phase = "starting"

    async def is_live(self) -> bool:
        """Whether the database's writer answers in time; that anybody could ask says the rest."""
        if self._probe is None or self._probe.done():
            # One for all who ask meanwhile: a disk that hangs must not gather a crowd.
            self._probe = asyncio.create_task(self._write(), name="health")
        try:
            return await asyncio.wait_for(asyncio.shield(self._probe), _PATIENCE)
        except TimeoutError:
            return False

    async def look(self) -> State:
        """How the bot is at present."""
        live = await self.is_live()
        waiting, storage = self._sources.dispatch.depth, self._sources.database.trouble
        troubles = [Trouble(self.phase)] if self.phase else []
        if not live:
            troubles.append(Trouble("writer"))
        if storage is not None:
            troubles.append(Trouble("storage", storage=storage))
        fetching = self._sources.poller.trouble
        if fetching is not None and not (fetching == "storage" and storage is not None):
            troubles.append(Trouble(fetching))
        if self._sources.dispatch.is_full:
            troubles.append(Trouble("behind", waiting=waiting))
        return State(live, tuple(troubles), waiting)

    async def _write(self) -> bool:
        """Pass through the writer; after a refused write with something to store, to see whether that goes again."""
        refused = self._sources.database.trouble is not None
        now = self._sources.clock.now()

        def work(tx: Tx) -> None:
            if refused:
                tx.meta.put(_PROBED, str(to_ms(now)))

        # It has answered, then; what it said is counted, and the database knows its own trouble.
        with suppress(StorageError, sqlite3.OperationalError):
            await self._sources.database.write(work)
        return True
