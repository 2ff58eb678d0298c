"""The sandbox as a server: build it, start it on a port, stop it cleanly."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox import bot_side, people_side, players, watching
from sandbox.api import Api
from sandbox.asking import plainly
from sandbox.calls import Calls
from sandbox.clock import Clock, SystemClock
from sandbox.errors import HungUp
from sandbox.faults import Fault, Faults
from sandbox.limits import UPLOAD_BYTES
from sandbox.model import User
from sandbox.profile import Profile
from sandbox.webhook import Webhook
from sandbox.world import World

DEMO_TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
"""The example in Telegram's own documentation; it opens nothing anywhere else."""
_TOKEN = re.compile(r"\d{1,16}:[A-Za-z0-9_-]{30,64}")
_STATIC = Path(__file__).with_name("static")


class Sandbox:
    """A local Telegram with one bot.

    Args:
        clock: all of Telegram's time; the machine's if none is given.
        tokens: every one of them is the bot's; its id is the number before the colon of the first.
        name: the bot's name; ``username`` what its links and commands use.
        privacy_mode: whether the bot sees in groups only what is meant for it (BotFather's default; off here,
            because a bot that listens to plain words needs it off).
        flood_limits: whether sending too fast is refused.
        webhook_retry: seconds of the event loop before a refused webhook post is tried again.

    Raises:
        ValueError: a token is not of the right form.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        tokens: Iterable[str] = (DEMO_TOKEN,),
        name: str = "Studyhall",
        username: str = "studyhall_bot",
        privacy_mode: bool = False,
        flood_limits: bool = True,
        webhook_retry: float = 0.05,
    ) -> None:
        self.tokens = tuple(tokens)
        if not self.tokens or not all(_TOKEN.fullmatch(token) for token in self.tokens):
            raise ValueError("a token is a number, a colon and 30 to 64 letters, digits, _ or -")
        self.clock = clock or SystemClock()
        bot = User(int(self.tokens[0].partition(":")[0]), name, username=username, is_bot=True)
        self.world = World(self.clock, bot, privacy_mode=privacy_mode, flood_limits=flood_limits)
        self.profile = Profile(name)
        self.calls = Calls()
        self.faults = Faults(self.clock)
        self.webhook = Webhook(self.world.updates, self.clock, retry_after=webhook_retry, answer=self._act_on_reply)
        self.api = Api(self.world, self.profile, self.webhook, self.calls)
        self.scene: dict[str, Any] = {"title": name, "people": [], "groups": [], "start": None, "hints": []}
        self.knowledge: dict[str, str | list[str]] = {}
        """What the players may know: the text of a question, and of its right option, or of all that are right."""
        self.players = players.Players(self)
        self.stopping = asyncio.Event()

    def stage(self, fault: Fault) -> None:
        """Have trouble from now on; ``duplicate`` concerns the next updates, all other kinds the next calls.

        Refused polls are refused at once: one that waits is cut off, and does not use the fault up.

        Raises:
            NotPossible: there is no such kind.
        """
        if fault.kind == "duplicate":
            self.world.updates.duplicate_next += fault.times or 1
            return
        self.faults.stage(fault)
        if fault.kind == "refuse" and fault.fits("getUpdates", None, self.clock.now()):
            # The line is dead for the poll that waits, too: it must not bring what happens from now on.
            self.world.updates.end_poll(HungUp())

    @property
    def token(self) -> str:
        """A token that opens the bot."""
        return self.tokens[0]

    @property
    def quiet(self) -> bool:
        """Whether the bot has been told everything and asks for more.

        By polling: every update was fetched and confirmed and a poll waits. By webhook: every update was delivered.
        """
        updates = self.world.updates
        return len(updates) == 0 and (bool(self.webhook.url) or updates.poller_waits)

    async def settled(self) -> None:
        """Wait until all is quiet."""
        while not self.quiet:
            await self.world.updates.rest()

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> Running:
        """Serve on ``host``; port 0 takes any that is free."""
        runner = web.AppRunner(
            build_app(self), access_log=None, handler_cancellation=True, shutdown_timeout=1.0, handle_signals=False
        )
        await runner.setup()
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError:
            await runner.cleanup()
            raise
        taken = runner.addresses[0]
        shown = f"[{taken[0]}]" if ":" in taken[0] else taken[0]
        return Running(self, runner, f"http://{shown}:{taken[1]}")

    async def _act_on_reply(self, reply: dict[str, Any]) -> None:
        """A webhook's answer may itself be a call; nobody hears what comes of it."""
        method = str(reply.pop("method"))
        await self.api.call(method, reply, {})


@dataclass(frozen=True, slots=True)
class Running:
    """A sandbox that serves at ``url``."""

    sandbox: Sandbox
    runner: web.AppRunner
    url: str

    async def stop(self) -> None:
        """End every wait (polls, live views, hanging answers) and close the port."""
        sandbox = self.sandbox
        sandbox.stopping.set()
        await sandbox.players.close()
        sandbox.world.updates.close()
        sandbox.world.journal.close()
        await sandbox.webhook.stop()
        await self.runner.cleanup()


def build_app(sandbox: Sandbox) -> web.Application:
    """The web application of a sandbox: the bot's side, the people's side, the page."""
    app = web.Application(client_max_size=UPLOAD_BYTES + 1024 * 1024, middlewares=[plainly])
    app.add_routes(bot_side.routes(sandbox))
    app.add_routes(people_side.routes(sandbox))
    app.add_routes(watching.routes(sandbox))
    app.add_routes(players.routes(sandbox))
    if _STATIC.is_dir():
        app.router.add_get("/", _page)
        app.router.add_static("/static", _STATIC)
        app.on_response_prepare.append(_ask_each_time)
    return app


async def _ask_each_time(request: web.Request, response: web.StreamResponse) -> None:
    """A browser that keeps files by its own guess would mix those of two versions of the page."""
    if request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-cache"


async def _page(_: web.Request) -> web.StreamResponse:
    return web.FileResponse(_STATIC / "index.html", headers={"Cache-Control": "no-cache"})
