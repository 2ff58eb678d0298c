"""The only place where objects are built and closed."""

import asyncio
import random
import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from telegram.ext import ExtBot

from bot.attachments import Attachments
from bot.clock import Clock, SystemClock, keep_time
from bot.commands.applying import ProgrammeApplied, put_in_force
from bot.commands.importing import Imported, take_in
from bot.config import Config
from bot.delivery.limiter import Limiter
from bot.delivery.post import Post
from bot.delivery.pump import Pump
from bot.delivery.request import AiohttpRequest, proxy_from_environment
from bot.delivery.toasts import Toasts
from bot.desk import Desk
from bot.dispatch import Dispatch
from bot.fetch import Fetcher
from bot.health import Health, Sources
from bot.ingest import KINDS, Ingest, Poller
from bot.lock import DatabaseLock
from bot.mending import Mending
from bot.menu import fill_menu
from bot.metrics import Measures
from bot.restoring import settle_restored
from bot.scheduler import PLAN_EVERY, AlarmClock, Scheduler
from bot.services import open_house
from bot.tidying import keep_tidy
from bot.watch import Watch
from bot.web.control import Control
from bot.web.health import short_health_routes
from bot.web.rollcall import rollcall_routes
from bot.web.screen import screen_routes
from bot.web.server import Server, webhook_routes
from handlers.present.rollcall import screen_words
from handlers.registry import LISTENERS, ROOMS
from handlers.texts import texts
from storage import Database, schema
from study.programme import Programme as StudyProgramme
from study.surroundings import Surroundings

log = structlog.get_logger()

_POLLING = "polling"


class App:
    """One bot on one database. ``await start()``, then ``await stop()``; ``idle`` tells tests that nothing is under way.

    ``dice`` draws questions and lots; without them it is the system's randomness.

    Raises (from ``start``):
        storage.StorageError: the database cannot be used.
        telegram.error.InvalidToken, telegram.error.NetworkError: the server refuses the token, or cannot be reached.
    """

    def __init__(
        self,
        config: Config,
        clock: Clock,
        alarms: Callable[[], AlarmClock],
        dice: random.Random | None = None,
        *,
        plan_every: timedelta = PLAN_EVERY,
    ) -> None:
        self.config = config
        self.clock = clock
        token = config.telegram.token.get_secret_value()
        api_url = config.telegram.api_url.rstrip("/")
        self._lock = DatabaseLock(config.storage.path)
        self.database = Database(config.storage.path)
        self.limiter = Limiter(clock)
        self._request = AiohttpRequest(proxy=proxy_from_environment(api_url))
        self.bot: ExtBot[Any] = ExtBot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=self._request,
            get_updates_request=AiohttpRequest(connections=1),
            rate_limiter=self.limiter,
        )
        self.house = open_house(config, clock, self.database, self._fetch_file, dice)
        surroundings = Surroundings(self.database)
        toasts = Toasts(self.bot, self._request, self.limiter)
        self.desk = Desk(self.database, self.house, surroundings, self.bot, toasts)
        self.measures = Measures(clock)
        self.mending = Mending(self.database, clock)
        self.dispatch = Dispatch(self.measures.counted(self.desk.deal), self.desk.is_swift, mended=self.mending.over)
        self.ingest = Ingest(self.database, self.dispatch)
        self.ingest.unstored.append(self.desk.apologise)
        attachments = Attachments(self.house)
        self.pump = Pump(
            self.database,
            Post(self.bot, attachments.load, attachments.keep),
            self.limiter,
            self.house.languages,
            clock,
            {name: partial(tell, self.house) for name, tell in LISTENERS.items()},
        )
        self._make_alarms = alarms
        self._plan_every = plan_every
        self.scheduler: Scheduler | None = None
        self._fetcher = Fetcher(api_url, token, clock)
        self.poller = Poller(self._fetcher, self.ingest, self.dispatch, clock, mended=self.mending.over)
        self.poller.outages.append(self.house.contests.lose_connection)
        self.mending.outages.append(self.house.contests.lose_connection)
        self.mending.mended.append(self.desk.apologies.forget)
        self.house.contests.running.watchers.append(self.house.halls.committed)
        self.house.contests.running.watchers.append(self.house.tournament_halls.committed)
        self.house.tournaments.watchers.append(self.house.tournament_halls.changed)
        self.house.contests.running.attach(self.dispatch.put_work, lambda: self.trouble is not None)
        self.database.batches.append(self.measures.committed)
        self.ingest.watchers.append(self.measures.arrived)
        self.desk.toasted = self.measures.toasted
        self.house.contests.running.watchers.append(self.measures.played)
        toasts.watch(self.house.contests.running)
        self.house.contests.running.late.append(self.measures.timer_rang)
        sources = Sources(
            measures=self.measures,
            database=self.database,
            dispatch=self.dispatch,
            desk=self.desk,
            limiter=self.limiter,
            pump=self.pump,
            poller=self.poller,
            clock=clock,
            backups=config.backup.path,
        )
        self.health = Health(sources)
        self.watch = Watch(config, sources, self.health)
        self._servers: list[Server] = []
        self._control = Control(config.storage.path, self._import, self._apply)
        self.house.programmes.watchers.append(self._name_commands)
        self._tasks: list[asyncio.Task[None]] = []
        self.failed: asyncio.Future[None] | None = None

    @property
    def trouble(self) -> str | None:
        """Why the bot cannot do its work at present: ``storage``, or what keeps the poller; None while it can."""
        return "storage" if self.mending.trouble is not None else self.poller.trouble

    @property
    def idle(self) -> bool:
        """Whether nothing is under way that does not wait for somebody or for time to pass."""
        return (
            self.ingest.idle
            and self.dispatch.held
            and (self.mending.trouble is None or self.mending.is_pausing)
            and self.desk.idle
            and (self.pump.idle or self.pump.held)
            and self.database.idle
            and (self.scheduler is None or self.scheduler.idle)
        )

    async def start(self) -> None:
        """Open everything, deal with what the last run left, then let updates in."""
        self._lock.acquire()
        schema.upgrade(self.config.storage.path)
        await self.database.open()
        await self.watch.start()
        self.mending.start()
        await self.desk.hearing.open()
        self.house.me = self.house.contests.running.bot = self.house.attendance.doors.me = self.bot.username
        self.failed = asyncio.get_running_loop().create_future()
        await self.house.languages.load()
        own = texts(self.config.programme.language, self.house.zone)
        await settle_restored(self.house, self.database, frozenset(self.config.programme.admins), own)
        for room in ROOMS:
            if room.recover is not None:
                await room.recover(self.house)
        self._run(self.pump.run(), "delivery")
        if isinstance(self.clock, SystemClock):
            self._run(keep_time(self.clock, lambda: self.house.contests.running.is_timing, self._jumped), "clock")
            self._run(keep_tidy(lambda: self.house.contests.running.is_timing), "tidying")
        self.scheduler = Scheduler(
            self.database,
            self.house,
            ROOMS,
            self.clock,
            self._make_alarms(),
            every=self._plan_every,
            mended=self.mending.over,
        )
        self.scheduler.late.append(self.measures.alarm_rang)
        await self.scheduler.start()
        await self.ingest.resume()
        await self._serve()
        await self._control.start()
        await self._name_commands()
        self.health.phase = ""
        log.info("ready", bot=self.house.me, mode=self.config.telegram.mode)

    async def stop(self) -> None:
        """Stop taking updates in, finish what is under way, close everything; safe to call at any point."""
        self.health.phase = "stopping"
        for task in self._tasks:
            if task.get_name() == _POLLING:
                task.cancel()
        self.house.halls.stop()
        self.house.tournament_halls.stop()
        for server in self._servers:
            await server.stop()
        await self.watch.stop()
        await self._control.stop()
        await self._fetcher.close()
        scheduler, self.scheduler = self.scheduler, None
        if scheduler is not None:
            await scheduler.stop()
        await self.mending.stop()
        await self.dispatch.stop()
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        # The last deliveries may have set timers.
        self.house.contests.running.stop()
        await self.desk.close()
        await self.database.close()
        await self.bot.shutdown()
        self._lock.release()
        if self.failed is not None and self.failed.done():
            self.failed.exception()  # whoever ran us may have had another reason to stop

    def _run(self, work: Any, name: str) -> None:
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(self._ended)
        self._tasks.append(task)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if task.cancelled() or self.failed is None or self.failed.done():
            return
        error = task.exception()
        if error is not None:
            log.error("a part of the bot stopped", part=task.get_name(), reason=str(error))
            self.failed.set_exception(error)

    async def _serve(self) -> None:
        tables: dict[tuple[str, int], list[Any]] = {}
        if self.config.web.host:
            pages = tables.setdefault((self.config.web.host, self.config.web.port), [short_health_routes(self.health)])
            if self.config.web.base("http://"):
                pages.append(
                    screen_routes(
                        self.house.screens,
                        self.house.halls,
                        self.house.tournament_halls,
                        self.clock,
                        lambda: self.house.me,
                    )
                )
                own = texts(self.config.programme.language, self.house.zone)
                pages.append(rollcall_routes(self.house.attendance.calls, self.clock, screen_words(own)))
        hook = self.config.telegram.webhook
        secret = hook.secret_token.get_secret_value() or secrets.token_urlsafe(32)
        if self.config.telegram.mode == "webhook":
            tables.setdefault((hook.listen, hook.port), []).append(webhook_routes(self.ingest, self.clock, secret))
        for (host, port), routes in tables.items():
            server = Server(host, port, *routes)
            await server.start()
            self._servers.append(server)
            if (host, port) == (self.config.web.host, self.config.web.port):
                self.house.screens.base = self.config.web.base(server.url)
                self.house.attendance.doors.base = self.house.screens.base
        if self.config.telegram.mode == "webhook":
            await self.bot.set_webhook(
                f"{hook.public_url.rstrip('/')}/telegram", secret_token=secret, allowed_updates=KINDS
            )
        else:
            await self.bot.delete_webhook()
            await self._fetcher.open()
            self._run(self.poller.run(), _POLLING)

    def _jumped(self) -> None:
        if self.scheduler is not None:
            self.scheduler.look_again()

    async def _name_commands(self) -> None:
        await fill_menu(self.bot, self.house, self.config.programme.language)

    async def _import(self, kind: str, content: bytes, path: str, name: str | None, confirmed: bool) -> Imported:
        """Import a file for ``studyhall import``, which may not write while we do."""
        t = texts(self.config.programme.language, self.house.zone)
        file = Path(path)
        return await take_in(
            self.house, kind, content, file.name, name=name, confirmed=confirmed, t=t, folder=file.parent
        )

    async def _apply(self, programme: StudyProgramme) -> ProgrammeApplied:
        """Apply a programme for ``studyhall programme apply``, which may not write while we do."""
        return await put_in_force(self.house, programme, texts(self.config.programme.language, self.house.zone))

    async def _fetch_file(self, file_id: str) -> bytes:
        file = await self.bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())
