"""What falls due: the rows are the truth, the alarm clock only rings.

Jobs are rebuilt from the rows at the start and after every transaction that planned something; a job's id is the row's
id. What fell due while the bot was down is dealt with at the start, and told that it is late if it is past its use.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from bot.clock import Cancellable, Clock
from bot.zone_change import follow_zone
from handlers.house import House
from handlers.room import Room
from storage import Database, Origin, Tx, from_ms, handling, to_ms
from storage.alarms import Alarm
from storage.errors import Unavailable
from study.due import Due

log = structlog.get_logger()

_AHEAD = timedelta(days=2)
PLAN_EVERY = timedelta(hours=1)
"""So often it is looked ahead; anything shorter than the two days would do, an hour lets a changed programme follow soon."""
_NOTED_EVERY = timedelta(hours=12)
"""So often it is written down how far was planned: whoever starts from an older note sets some alarms again, which is no harm."""
_KEPT = timedelta(days=3)
_AGAIN = timedelta(minutes=1)
_TRIES = 5
_PLANNED_UNTIL = "planned_until"


class AlarmClock(Protocol):
    """Rings for a row at a time; a second ``set`` for the same row moves it."""

    def set(self, row_id: int, at: datetime, ring: Callable[[int], None]) -> None:
        """Ring for a row at ``at``, at once if it is past; ``ring`` returns at once and is called on the loop."""

    def clear(self, row_id: int) -> None:
        """Do not ring for a row."""

    def look_again(self) -> None:
        """The machine's clock has jumped."""

    def close(self) -> None:
        """Ring no more."""


class ApschedulerAlarms:
    """The alarm clock of APScheduler 3, whose default of skipping what is a second late is switched off."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._scheduler.start()

    def set(self, row_id: int, at: datetime, ring: Callable[[int], None]) -> None:
        """Ring for a row at ``at``."""

        # A coroutine, or APScheduler would ring from a thread; and one that is over at once, since its shutdown
        # cancels the jobs under way and then logs each as an error.
        async def now() -> None:
            ring(row_id)

        self._scheduler.add_job(now, DateTrigger(at), id=str(row_id), replace_existing=True)

    def clear(self, row_id: int) -> None:
        """Do not ring for a row."""
        try:
            self._scheduler.remove_job(str(row_id))
        except JobLookupError:
            return  # it has just rung

    def look_again(self) -> None:
        """Its timer goes by a clock that stands still while the machine sleeps."""
        self._scheduler.wakeup()

    def close(self) -> None:
        """Ring no more."""
        self._scheduler.shutdown(wait=False)


class ClockAlarms:
    """Alarms on the process's own clock; with a clock that is moved by hand they ring when it passes them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._timers: dict[int, Cancellable] = {}

    def set(self, row_id: int, at: datetime, ring: Callable[[int], None]) -> None:
        """Ring for a row at ``at``."""
        self.clear(row_id)

        def now() -> None:
            self._timers.pop(row_id, None)
            ring(row_id)

        self._timers[row_id] = self._clock.call_at(at, now)

    def clear(self, row_id: int) -> None:
        """Do not ring for a row."""
        timer = self._timers.pop(row_id, None)
        if timer is not None:
            timer.cancel()

    def look_again(self) -> None:
        """Its timers are those of the clock."""

    def close(self) -> None:
        """Ring no more."""
        for row_id in list(self._timers):
            self.clear(row_id)


class Scheduler:
    """Keeps the alarm clock in step with the rows and lets the rooms deal with what rings; ``late`` hears how late it rang."""

    def __init__(
        self,
        database: Database,
        house: House,
        rooms: tuple[Room, ...],
        clock: Clock,
        alarms: AlarmClock,
        *,
        every: timedelta = PLAN_EVERY,
        mended: Callable[[], Awaitable[None]],
    ) -> None:
        self._mended = mended
        self._held = 0
        self._database = database
        self._house = house
        self._rooms = rooms
        self._acts = {kind: act for room in rooms for kind, act in room.alarms.items()}
        self._clock = clock
        self._alarms = alarms
        self._every = every
        self._armed: dict[int, datetime] = {}
        self._arming = asyncio.Lock()
        self._ringing: set[int] = set()
        self._tries: dict[int, int] = {}
        self._planned_until: datetime | None = None
        self._noted: datetime | None = None
        self._planning: Cancellable | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.late: list[Callable[[timedelta], None]] = []

    @property
    def idle(self) -> bool:
        """Whether nothing that has fallen due is still to be dealt with."""
        now = self._clock.now()
        return len(self._tasks) == self._held and not any(at <= now for at in self._armed.values())

    async def start(self) -> None:
        """Plan what is to come, then ring for all that waits, the past first."""
        self._database.committed.append(self._changed)
        await self._follow_zone()
        await self._plan()
        self._plan_again()
        await self._arm()

    async def _follow_zone(self) -> None:
        """Plan anew, from before the bot went down, if the configuration names another zone."""
        now, kinds = self._clock.now(), [kind for room in self._rooms for kind in room.by_the_hour]
        planned = await self._database.read(_planned)

        def work(tx: Tx) -> timedelta | None:
            return follow_zone(tx, self._house.zone, kinds, now=now, planned=planned)

        back = await self._database.write(work)
        if planned is not None and back is not None:
            self._planned_until = min(now, planned - _AHEAD) - back

    def look_again(self) -> None:
        """The machine's clock was set, or it slept: what is due by it now may ring at once."""
        self._alarms.look_again()

    async def stop(self) -> None:
        """Ring no more; what was being dealt with and is not committed rings again after the next start."""
        # Others still write, and what they plan is for the next start.
        if self._changed in self._database.committed:
            self._database.committed.remove(self._changed)
        if self._planning is not None:
            self._planning.cancel()
        self._alarms.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _changed(self, _outbox: bool, alarms: bool) -> None:
        if alarms:
            self._spawn(self._again(self._arm))

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _plan_again(self) -> None:
        self._planning = self._clock.call_at(self._clock.now() + self._every, lambda: self._spawn(self._replan()))

    async def _replan(self) -> None:
        self._plan_again()
        try:
            await self._again(self._plan)
        except Exception:
            log.exception("what is to come could not be planned; tried again in an hour")

    async def _again(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do something, and again as often as it could not be stored, each time when that may have been mended."""
        while True:
            try:
                return await work()
            except Unavailable:
                self._held += 1
                try:
                    await self._mended()
                finally:
                    self._held -= 1

    async def _plan(self) -> None:
        """Let every room set its alarms for the next two days; called every hour, and mostly all of them are set already."""
        now = self._clock.now()
        planned = self._planned_until or await self._database.read(_planned)
        since = now if planned is None else min(now, planned)
        until = now + _AHEAD
        # Side by side, so that they share one commit.
        await asyncio.gather(*(room.plan(self._house, since, until) for room in self._rooms if room.plan is not None))
        self._planned_until = until
        if self._noted is not None and until - self._noted < _NOTED_EVERY:
            return

        def note(tx: Tx) -> None:
            tx.meta.put(_PLANNED_UNTIL, str(to_ms(until)))
            tx.inbox.forget(now - _KEPT)

        await self._database.write(note)
        self._noted = until

    async def _arm(self) -> None:
        # One after another: a look that was taken earlier and came later would call off what is new.
        async with self._arming:
            await self._arm_waiting()

    async def _arm_waiting(self) -> None:
        waiting = {alarm.id: alarm.due_at for alarm in await self._database.read(lambda tx: tx.alarms.waiting())}
        for row_id in self._armed.keys() - waiting.keys():
            self._alarms.clear(row_id)
            del self._armed[row_id]
        for row_id, due_at in waiting.items():
            if self._armed.get(row_id) != due_at and row_id not in self._tries and row_id not in self._ringing:
                self._armed[row_id] = due_at
                self._alarms.set(row_id, due_at, self._ring)

    def _ring(self, row_id: int) -> None:
        if row_id not in self._ringing:
            self._ringing.add(row_id)
            due_at = self._armed.pop(row_id, None)
            if due_at is not None:
                for hear in self.late:
                    hear(self._clock.now() - due_at)
            self._spawn(self._answer(row_id))

    async def _answer(self, row_id: int) -> None:
        async def answer() -> None:
            alarm = await self._database.read(lambda tx: tx.alarms.get(row_id))
            if alarm is not None:
                await self._deal(alarm)

        try:
            await self._again(answer)
        finally:
            self._ringing.discard(row_id)

    async def _deal(self, alarm: Alarm) -> None:
        now = self._clock.now()
        late = alarm.useful_until is not None and now > alarm.useful_until
        due = Due(alarm.kind, alarm.key, alarm.body, alarm.due_at, now, late)
        origin = Origin(alarm_id=alarm.id)
        try:
            with handling(origin):
                await self._acts[alarm.kind](self._house, due)
                if not origin.completed:
                    await self._database.write(lambda tx: None)
        except Unavailable:
            if not origin.completed:
                raise
            log.exception(
                "what fell due was dealt with, and what followed was not stored", kind=alarm.kind, key=alarm.key
            )
        except Exception:
            tries = self._tries[alarm.id] = self._tries.get(alarm.id, 0) + 1
            log.exception("what fell due could not be dealt with", kind=alarm.kind, key=alarm.key, tries=tries)
            if tries < _TRIES:
                self._alarms.set(alarm.id, now + _AGAIN * tries, self._ring)
        else:
            self._tries.pop(alarm.id, None)
            if late:
                await self._database.write(lambda tx: tx.alarms.missed(alarm.id))


def _planned(tx: Tx) -> datetime | None:
    noted = tx.meta.get(_PLANNED_UNTIL)
    return None if noted is None else from_ms(int(noted))
