"""Updates on their way in: stamped when their bytes arrive, committed to the inbox before they are confirmed."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol, TypeGuard

import orjson
import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.dispatch import Dispatch
from storage import Arrival, Database, Tx
from storage.errors import CommitFailed, Unavailable
from storage.inbox import InboxRow

log = structlog.get_logger()

KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
"""The kinds of update that we ask Telegram for."""


_INTEGERS = range(-(2**63), 2**63)
"""What a database keeps."""


def _is_id(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value in _INTEGERS


def _has_id(update: object) -> bool:
    return isinstance(update, dict) and _is_id(update.get("update_id"))


def _kept(update: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The update as JSON text that any database takes, and as it reads there: half a surrogate pair or a number beyond measure
    are not what they were.
    """
    try:
        return orjson.dumps(update).decode(), update
    except TypeError:
        body = json.dumps(update, ensure_ascii=False).encode("utf-8", "replace").decode()
        return body, read(body)


def read(body: str) -> dict[str, Any]:
    """An update from the text that was kept of it."""
    try:
        update: dict[str, Any] = orjson.loads(body)
    except orjson.JSONDecodeError:
        update = json.loads(body)  # NaN, say, which somebody's webhook call may hold
    return update


def chat_of(update: dict[str, Any]) -> int:
    """The chat whose actor deals with an update; 0 for what belongs to no chat."""
    for kind in KINDS:
        body = update.get(kind)
        if isinstance(body, dict):
            holder = body.get("message", body) if kind == "callback_query" else body
            chat = holder.get("chat") if isinstance(holder, dict) else None
            if isinstance(chat, dict) and _is_id(chat.get("id")):
                return int(chat["id"])
            sender = body.get("from")
            if isinstance(sender, dict) and _is_id(sender.get("id")):
                return int(sender["id"])
    return 0


def _rows_of(updates: Sequence[dict[str, Any]], received_at: datetime, arrival: Arrival) -> list[InboxRow]:
    """The updates that have an id, in the order of these, each once."""
    rows = []
    for update_id, update in sorted({update["update_id"]: update for update in filter(_has_id, updates)}.items()):
        body, kept = _kept(update)
        rows.append(InboxRow(update_id, chat_of(update), received_at, body, kept, arrival))
    return rows


_FEW = 8
"""So many presses share the commit of the inbox. Of more, that commit goes first: what waits at Telegram waits for it."""


class Ingest:
    """Commits raw updates to the inbox and hands them to dispatch, which deals with those that are new.

    A press that leads its chat is begun at once: what it does stands in the writer's line right behind the inbox, shares its
    commit, and is undone with it. ``watchers`` see updates once they are in. ``unstored``: told of updates that the machine
    does not let us store; Telegram keeps them and gives them again.
    """

    def __init__(self, database: Database, dispatch: Dispatch) -> None:
        self._database = database
        self._dispatch = dispatch
        self._storing = 0
        self._is_wary = False
        """Whether the last batch could not be stored: then nothing shares the next one's commit, for it may be the reason."""
        self.watchers: list[Callable[[Sequence[dict[str, Any]]], None]] = []
        self.unstored: list[Callable[[Sequence[dict[str, Any]]], None]] = []

    async def take(self, updates: Sequence[dict[str, Any]], received_at: datetime) -> None:
        """Store a batch in one transaction, and let it be dealt with.

        Raises:
            CommitFailed: nothing is stored, so nothing may be confirmed to Telegram.
        """
        arrival = Arrival()
        rows = _rows_of(updates, received_at, arrival)
        if not rows:
            return
        arrival.is_shared = not self._is_wary and 0 < sum(map(self._dispatch.is_swift, rows)) <= _FEW

        def work(tx: Tx) -> None:
            tx.on_abort(arrival.failed)
            arrival.came(tx.inbox.add(rows))

        self._storing += 1
        try:
            stored = self._database.queue(work, first=True, leads=arrival.is_shared)
            self._dispatch.put(rows)
            await stored
            self._is_wary = False
            for watch in self.watchers:
                watch(updates)
        except CommitFailed as error:
            self._is_wary = True
            if isinstance(error, Unavailable):
                for tell in self.unstored:
                    tell(updates)
            raise
        finally:
            self._storing -= 1
            arrival.ended()

    async def room(self) -> None:
        """Wait until dispatch has room for more."""
        await self._dispatch.room()

    @property
    def idle(self) -> bool:
        """Whether all that arrived has been handed over."""
        return self._storing == 0

    async def resume(self) -> None:
        """Hand over what was stored and not dealt with before the process ended."""
        waiting = await self._database.read(lambda tx: tx.inbox.waiting())
        self._dispatch.put(replace(row, update=read(row.body)) for row in waiting)


@dataclass(frozen=True, slots=True)
class Batch:
    """One answer to getUpdates. ``received_at``: when the last of its bytes arrived."""

    updates: Sequence[dict[str, Any]]
    received_at: datetime


class Fetch(Protocol):
    """Ask Telegram for updates from ``offset`` on."""

    async def __call__(self, offset: int | None, *, wait: bool) -> Batch:
        """The next batch; it may be empty. ``wait``: for the first update to come, else only what is there.

        Raises:
            telegram.error.TelegramError: there was no answer, or a refusal.
        """


_TROUBLES = {
    "unreachable": "Telegram cannot be reached; tried again until it can be",
    "conflict": "another program polls with the same token; stop it, or its webhook",
    "limited": "Telegram wants to be asked for updates less often; they come when it allows it",
    "storage": "updates could not be stored; they stay with Telegram",
}


class Poller:
    """Fetches updates for as long as it runs, and confirms only what is committed.

    ``outages``: told how long nothing came from Telegram, once it does again. ``mended``: waits until things can be stored
    again. ``trouble`` says why nothing comes: ``unreachable``, ``conflict`` (a second poller), ``limited`` (429), ``storage``.
    ``answered_at``: when Telegram answered last, on the clock's monotonic scale.
    """

    def __init__(
        self,
        fetch: Fetch,
        ingest: Ingest,
        dispatch: Dispatch,
        clock: Clock,
        *,
        mended: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._mended = mended
        self.is_pausing = False
        """Whether it only waits for its next try."""
        self._fetch = fetch
        self._ingest = ingest
        self._dispatch = dispatch
        self._clock = clock
        self._offset: int | None = None
        self.trouble: str | None = None
        self.outages: list[Any] = []
        self.answered_at: float | None = None
        self._down_since: datetime | None = None

    async def run(self) -> None:
        """Poll until cancelled.

        Raises:
            InvalidToken: the token is refused; nothing will ever come.
        """
        failures = 0
        while True:
            await self._dispatch.room()
            asked_at = self._clock.now()
            try:
                # After a failure the first answer has to come at once: it is what tells that the outage is over.
                batch = await self._fetch(self._offset, wait=failures == 0)
                self.answered_at = self._clock.monotonic()
                await self._ingest.take(batch.updates, batch.received_at)
            except InvalidToken:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, Telegram keeps the updates and we ask again
                # What a second poller was given, or what 429 keeps from us, is missed as much as in an outage.
                if self._down_since is None and isinstance(error, TelegramError):
                    self._down_since = asked_at
                failures += 1
                await self._wait_out(error, failures)
                continue
            failures = 0
            await self._is_up()
            ids = [update["update_id"] for update in batch.updates if _has_id(update)]
            if ids:
                self._offset = max(ids) + 1

    async def _is_up(self) -> None:
        if self._down_since is not None:
            since, self._down_since = self._down_since, None
            log.info("updates come again", since=since.isoformat())
            for tell in self.outages:
                try:
                    await tell(since, self._clock.now())
                except Exception:
                    log.exception("somebody could not be told of an outage")
        self.trouble = None

    async def _wait_out(self, error: Exception, failures: int) -> None:
        pause = float(min(30, 0.5 * 2 ** min(failures, 7)))
        before = self.trouble
        if isinstance(error, RetryAfter):
            self.trouble, pause = "limited", error._retry_after.total_seconds()
        elif isinstance(error, Conflict):
            self.trouble = "conflict"
        else:
            self.trouble = "unreachable" if isinstance(error, TelegramError) else "storage"
        # Once: an outage of an hour is a hundred tries. That nothing can be stored is said elsewhere.
        if self.trouble != before and not isinstance(error, Unavailable):
            log.error(_TROUBLES[self.trouble], trouble=self.trouble, reason=str(error))
        self.is_pausing = True
        try:
            if isinstance(error, Unavailable) and self._mended is not None:
                await self._mended()
            else:
                await self._wait(pause)
        finally:
            self.is_pausing = False

    async def _wait(self, seconds: float) -> None:
        done = asyncio.Event()
        timer = self._clock.call_at_monotonic(self._clock.monotonic() + seconds, done.set)
        try:
            await done.wait()
        finally:
            timer.cancel()
