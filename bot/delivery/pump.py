"""From the outbox to Telegram: one lane a chat, in order; lanes side by side, in the order of their ranks.

A row is claimed (``sending``, committed) only when the limiter lets its call go, so that after a crash no more rows are
in doubt than were on the wire. Broadcasts enter the lanes a few at a time; everything else at once.
"""

import asyncio
import heapq
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog
from telegram.error import RetryAfter, TelegramError

from bot.clock import Clock
from bot.delivery.limiter import Closed, Limiter
from bot.delivery.post import Post
from bot.delivery.verdict import Fate, Verdict, judge
from handlers.languages import Languages
from handlers.present.shown import render
from storage import Database, Rank, Tx
from storage.errors import CommitFailed, Unavailable
from storage.outbox import Action, OutboxHead, OutboxRow, State
from study.outcome import Outcome

log = structlog.get_logger()

T = TypeVar("T")

Listener = Callable[[Outcome], Awaitable[None]]

_FAST = (Rank.CONTEST, Rank.REPLY, Rank.PUSH)
_PAGE = 500
_BROADCASTS_IN_LANES = 100
_QUESTION_CALLS = 3
_COUNTED = timedelta(minutes=1)
"""How long Telegram counts a call against a group's limit."""
_LONGEST_PAUSE = 30.0
_TRIES = 8
"""So often, over two minutes, is an edit made whose answer never comes; then what waits behind it goes first."""
_LAST_CALLS = 12.0
"""Seconds that calls on the wire are given to end when the bot stops: a little more than their own patience."""


class Pump:
    """Delivers what the outbox holds for as long as it runs; ``ended`` counts how that ended."""

    def __init__(
        self,
        database: Database,
        post: Post,
        limiter: Limiter,
        languages: Languages,
        clock: Clock,
        listeners: Mapping[str, Listener],
    ) -> None:
        self._database = database
        self._post = post
        self._limiter = limiter
        self._languages = languages
        self._clock = clock
        self._listeners = listeners
        self._lanes: dict[int, list[tuple[Rank, int, Action]]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._seen = {False: 0, True: 0}
        self._broadcasts = 0
        self._on_wire: set[asyncio.Task[None]] = set()
        self._closing = False
        self._wake = asyncio.Event()
        self._fetching = False
        self.pausing = 0
        self.ended = dict.fromkeys((State.SENT, State.UNKNOWN, State.REFUSED), 0)

    @property
    def idle(self) -> bool:
        """Whether nothing is on its way (what only waits for a pause or a limit to pass counts as on its way)."""
        return not self._workers and not self._wake.is_set() and not self._fetching

    @property
    def held(self) -> bool:
        """Whether all that is on its way waits for time to pass: for the limiter or after a failure."""
        return bool(self._workers) and len(self._workers) == self._limiter.waiting + self.pausing

    async def run(self) -> None:
        """Deliver until cancelled; first settles what was in flight when the process ended.

        What is on the wire when it is cancelled is waited for: an orderly end leaves nothing in doubt.
        """
        await self._settle_interrupted()
        self._database.committed.append(self._changed)
        self._wake.set()
        try:
            while True:
                await self._wake.wait()
                self._fetching = True
                self._wake.clear()
                try:
                    await self._fetch()
                except Unavailable as error:
                    log.info("delivery waits for the database", reason=str(error))
                    self._wake.set()
                    await self._pause(_LONGEST_PAUSE)
                self._fetching = False
        finally:
            await self._finish_calls()

    async def _finish_calls(self) -> None:
        self._closing = True
        self._database.committed.remove(self._changed)
        workers = list(self._workers)
        for worker in workers:
            if worker not in self._on_wire:
                worker.cancel()
        if self._on_wire:
            await asyncio.wait(list(self._on_wire), timeout=_LAST_CALLS)
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    def _changed(self, outbox: bool, _alarms: bool) -> None:
        if outbox:
            self._wake.set()

    async def _settle_interrupted(self) -> None:
        def work(tx: Tx) -> list[OutboxRow]:
            doubtful = []
            for row in tx.outbox.interrupted():
                if row.action is Action.SEND:
                    tx.outbox.finish(row, State.UNKNOWN, now=self._clock.now(), error="interrupted")
                    doubtful.append(row)
                else:
                    tx.outbox.give_back(row.id)
            return doubtful

        now = self._clock.now()
        for chat_id, at in await self._database.read(lambda tx: tx.outbox.sent_since(now - _COUNTED)):
            # After the clock was set back, what was sent "later" may be an hour old.
            if at <= now:
                self._limiter.remember(chat_id, chat_id < 0, now - at)
        for row in await self._store(work):
            await self._tell(row, State.UNKNOWN, None, "interrupted", self._clock.now())

    async def _fetch(self) -> None:
        for is_broadcast, ranks in ((False, _FAST), (True, (Rank.BROADCAST,))):
            while (limit := _BROADCASTS_IN_LANES - self._broadcasts if is_broadcast else _PAGE) > 0:
                heads = await self._waiting(self._seen[is_broadcast], ranks, limit)
                for head in heads:
                    self._seen[is_broadcast] = head.id
                    self._enter(head)
                if len(heads) < limit:
                    break

    async def _waiting(self, after: int, ranks: tuple[Rank, ...], limit: int) -> list[OutboxHead]:
        return list(await self._database.read(lambda tx: tx.outbox.waiting(after=after, ranks=ranks, limit=limit)))

    def _enter(self, head: OutboxHead) -> None:
        if head.rank is Rank.BROADCAST:
            self._broadcasts += 1
        lane = self._lanes.get(head.chat_id)
        entry = (head.rank, head.id, head.action)
        if lane is not None:
            heapq.heappush(lane, entry)
            return
        self._lanes[head.chat_id] = [entry]
        worker = asyncio.create_task(self._work(head.chat_id), name=f"deliver to {head.chat_id}")
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _work(self, chat_id: int) -> None:
        lane = self._lanes[chat_id]
        failures = 0
        try:
            while lane and not self._closing:
                entry = rank, row_id, action = heapq.heappop(lane)
                if rank is Rank.CONTEST and action is Action.SEND:
                    await self._limiter.room(chat_id, chat_id < 0, calls=_QUESTION_CALLS)
                if not await self._limiter.call(partial(self._try, row_id, failures), rank, chat_id, chat_id < 0):
                    failures += 1
                    heapq.heappush(lane, entry)
                    await self._pause(min(_LONGEST_PAUSE, 0.5 * 2**failures))
                    continue
                failures = 0
                if rank is Rank.BROADCAST:
                    self._broadcasts -= 1
                    self._wake.set()
        except Closed:
            log.info("the way to Telegram was closed; the rest waits in the outbox", chat_id=chat_id)
        finally:
            del self._lanes[chat_id]

    async def _pause(self, seconds: float) -> None:
        over = asyncio.Event()
        timer = self._clock.call_at_monotonic(self._clock.monotonic() + seconds, over.set)
        self.pausing += 1
        try:
            await over.wait()
        finally:
            self.pausing -= 1
            timer.cancel()

    async def _try(self, row_id: int, failures: int) -> bool:
        """Deliver one row; false if it has to be tried again. A fault of ours costs that row alone, not its lane."""
        worker = asyncio.current_task()
        assert worker is not None
        self._on_wire.add(worker)
        try:
            return self._closing or await self._deliver(row_id, failures)
        except TelegramError:
            raise
        except Exception:
            log.exception("a row of the outbox could not be dealt with", row=row_id)
            return True
        finally:
            self._on_wire.discard(worker)

    async def _store(self, work: Callable[[Tx], T]) -> T:
        """Write what became of a row; while the disk takes nothing, wait: a lane that forgot it would be stuck."""
        failures = 0
        while True:
            try:
                return await self._database.write(work)
            except (CommitFailed, sqlite3.OperationalError) as error:
                failures += 1
                log.info("delivery waits for the database", reason=str(error))
                await self._pause(min(_LONGEST_PAUSE, 0.5 * 2**failures))

    async def _deliver(self, row_id: int, failures: int) -> bool:
        """Claim and send one row; false if it surely did not arrive and has to be tried again."""
        row = await self._store(lambda tx: tx.outbox.claim(row_id))
        if row is None:
            return True
        try:
            message_id = await self._call(row)
        except TelegramError as error:
            return await self._refused(row, error, failures)
        except Unavailable:
            # What it says could not be read: it waits.
            await self._store(lambda tx: tx.outbox.give_back(row.id))
            return False
        except Exception:
            log.exception("a message could not be made", kind=row.kind, row=row.id)
            await self._finish(row, State.REFUSED, None, "fault")
            return True
        await self._finish(row, State.SENT, message_id, None)
        return True

    async def _call(self, row: OutboxRow) -> int | None:
        if row.action is Action.SEND:
            shown = render(row.kind, row.body, await self._languages.of(row.chat_id))
            return await self._post.send(row.chat_id, shown, row.reply_to)
        assert row.ref is not None
        ref = row.ref
        message = await self._database.read(lambda tx: tx.outbox.message(ref))
        if message is None:
            log.info("a message to change never arrived", ref=row.ref)
            raise _NothingToEdit("message to edit not found")
        if row.action is Action.DELETE:
            await self._post.delete(message.chat_id, message.message_id)
        else:
            shown = render(row.kind, row.body, await self._languages.of(row.chat_id))
            await self._post.edit(message.chat_id, message.message_id, shown)
        return message.message_id

    async def _refused(self, row: OutboxRow, error: TelegramError, failures: int) -> bool:
        verdict = (
            Verdict(Fate.REFUSED, "message_gone") if isinstance(error, _NothingToEdit) else judge(error, row.action)
        )
        if verdict.fate is Fate.AGAIN and verdict.error == "no_answer" and failures >= _TRIES:
            verdict = Verdict(Fate.UNKNOWN, verdict.error)
        if verdict.fate is Fate.AGAIN:
            await self._give_back(row, verdict)
            if isinstance(error, RetryAfter):
                raise error
            return verdict.new_chat is not None
        state = State(verdict.fate.value)
        if state is not State.SENT:
            log.warning("not delivered", kind=row.kind, chat_id=row.chat_id, state=state, error=str(error))
        await self._finish(row, state, None, verdict.error)
        return True

    async def _give_back(self, row: OutboxRow, verdict: Verdict) -> None:
        new_chat = verdict.new_chat

        def work(tx: Tx) -> None:
            if new_chat is not None:
                tx.move_chat(row.chat_id, new_chat)
            tx.outbox.give_back(row.id)

        await self._store(work)
        if new_chat is not None:
            self._move_lane(row, new_chat)

    def _move_lane(self, row: OutboxRow, new_chat: int) -> None:
        """What waited for the old id of a group goes on in the lane of the new one."""
        old = self._lanes.get(row.chat_id, [])
        moved = [(row.rank, row.id, row.action), *old]
        old.clear()
        for rank, row_id, action in moved:
            if rank is Rank.BROADCAST and row_id != row.id:
                self._broadcasts -= 1
            self._enter(OutboxHead(id=row_id, chat_id=new_chat, rank=rank, action=action))

    async def _finish(self, row: OutboxRow, state: State, message_id: int | None, error: str | None) -> None:
        now = self._clock.now()

        def work(tx: Tx) -> None:
            tx.outbox.finish(row, state, now=now, message_id=message_id, error=error)
            if error in ("blocked", "never_started"):
                tx.places.reach(row.chat_id, False)
            elif error == "gone" and row.chat_id < 0:
                tx.places.lose_group(row.chat_id)
            elif state is State.SENT and row.action is Action.SEND and row.chat_id > 0:
                tx.places.reach(row.chat_id, True)

        await self._store(work)
        self.ended[state] += 1
        await self._tell(row, state, message_id, error, now)

    async def _tell(
        self, row: OutboxRow, state: State, message_id: int | None, error: str | None, at: datetime
    ) -> None:
        if row.listener is None:
            return
        outcome = Outcome(
            row.id,
            row.ref,
            row.chat_id,
            row.kind,
            row.body,
            row.action.value,
            state.value,  # type: ignore[arg-type]
            at,
            message_id,
            error,
        )
        failures = 0
        while True:
            try:
                await self._listeners[row.listener](outcome)
            except (CommitFailed, sqlite3.OperationalError):
                failures += 1
                log.info("a listener waits for the database", listener=row.listener, row=row.id)
                await self._pause(min(_LONGEST_PAUSE, 0.5 * 2**failures))
            except Exception:
                log.exception("a listener failed", listener=row.listener, row=row.id)
                return
            else:
                return


class _NothingToEdit(TelegramError):
    """The message that an edit was meant for was never delivered."""
