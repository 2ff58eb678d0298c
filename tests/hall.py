"""A hall for dialogue tests: the real bot against the real sandbox over HTTP, with a clock moved by hand.

```python
async def test_help(hall):
    anna = await hall.person("Anna")
    await anna.says("/help")
    assert "/checkin" in (await anna.last()).text
```
Every act waits until the bot has nothing left to do but to wait for somebody or for time to pass.
"""

import asyncio
import random
import shutil
import socket
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import aiohttp

from bot.app import App
from bot.config import Config
from bot.scheduler import PLAN_EVERY, ClockAlarms
from sandbox.people import Group, Message, Person, Press, Sent, Town
from sandbox.server import Running, Sandbox
from storage import Tx
from storage.people import Role
from tests.manual_clock import ManualClock, SandboxClock
from tests.wire import Wire

T = TypeVar("T")

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=SHANGHAI)
"""A plain working day, half an hour before the check-in opens."""
ADMIN_ID = 900001
_SEED = 20261123
"""What is drawn is the same in every run: a test that fails by chance tells nobody anything."""
_BREATH = 0.0002
"""Seconds between two looks while something is under way: a loop that only spins keeps the database's threads from running."""
_CALM_TURNS = 8
"""So many turns of the loop have to find all at rest: what one turn ends may have somebody else go on in the next.

Turns, not time: nothing that takes time (a thread, the wire) is unknown to those who are asked whether they are at rest.
"""


class Actor:
    """Somebody in the hall; every act is followed by whatever the bot does about it."""

    def __init__(self, hall: "Hall", person: Person) -> None:
        self._hall = hall
        self.person = person
        self.id = person.id
        self.name = person.name

    async def says(self, text: str, chat: Group | None = None) -> Sent:
        """Send a message (in private unless a group is given)."""
        sent = await self.person.says(text, chat)
        await self._hall.settle()
        return sent

    async def sends(self, content: bytes, name: str, chat: Group | None = None, **more: Any) -> Sent:
        """Send a file (``kind="photo"`` for a photo, ``caption=…``)."""
        sent = await self.person.sends(content, name, chat=chat, **more)
        await self._hall.settle()
        return sent

    async def presses(self, button: str | None = None, chat: Group | None = None, **more: Any) -> str | None:
        """Press a button by its label or its beginning; returns the toast."""
        press = await self.press(button, chat, **more)
        return await self.person.toast(press)

    async def press(self, button: str | None = None, chat: Group | None = None, **more: Any) -> Press:
        """Press a button and return the press itself."""
        press = await self.person.presses(button, chat=chat, **more)
        await self._hall.settle()
        return press

    async def messages(self, chat: Group | None = None) -> Sequence[Message]:
        """Everything that can be seen in a chat, oldest first."""
        return await self.person.messages(chat)

    async def last(self, chat: Group | None = None) -> Message:
        """The newest message in a chat."""
        return await self.person.last(chat)

    async def reads(self, chat: Group | None = None) -> str:
        """The text of the newest message in a chat."""
        return (await self.person.last(chat)).text


class Hall:
    """The bot, the sandbox, the people in it and the clock."""

    def __init__(self, folder: Path, template: Path, **settings: Any) -> None:
        self.clock = ManualClock(settings.pop("start", MONDAY))
        self.folder = folder
        self.database_path = folder / "studyhall.db"
        self._template = template
        self._dice: random.Random = settings.pop("dice", None) or random.Random(_SEED)
        # A test of a whole year looks ahead less often than every hour: that is most of what a quiet day costs.
        self._plan_every: timedelta = settings.pop("plan_every", PLAN_EVERY)
        self._settings = settings
        self.sandbox = Sandbox(clock=SandboxClock(self.clock), flood_limits=settings.pop("flood_limits", True))
        self._port = _free_port()
        self.wire = Wire()
        self._api_url = ""
        self._running: Running | None = None
        self._session: aiohttp.ClientSession | None = None
        self.app: App | None = None

    async def open(self) -> None:
        """Start the sandbox, then the bot."""
        if not self.database_path.exists():
            shutil.copy(self._template, self.database_path)
        self._running = await self.sandbox.start()
        self._api_url = await self.wire.open(self._running.url)
        self._session = aiohttp.ClientSession()
        self.town = Town(self._running.url, self._session)
        await self.start_bot()

    async def close(self) -> None:
        """Stop the bot, then the sandbox."""
        await self.stop_bot()
        if self._session is not None:
            await self._session.close()
        await self.wire.cut()
        if self._running is not None:
            await self._running.stop()

    @property
    def url(self) -> str:
        """Where the sandbox serves."""
        assert self._running is not None
        return self._running.url

    def config(self) -> Config:
        """The bot's configuration: defaults, the sandbox as Telegram, and what the test set (``checkin={...}``)."""
        sections: dict[str, Any] = {
            "telegram": {"token": self.sandbox.token, "api_url": self._api_url},
            "storage": {"url": f"sqlite:///{self.database_path}"},
            "programme": {"name": "示范学习", "admins": (ADMIN_ID,)},
            # A picture takes a second of processor time; the tests that are about it ask for it.
            "contest": {"picture": False},
            # Several halls at a time would want the same port.
            "health": {"port": 0},
        }
        for name, values in self._settings.items():
            sections[name] = {**sections.get(name, {}), **values}
        if sections["telegram"].get("mode") == "webhook":
            address = {"listen": "127.0.0.1", "port": self._port, "public_url": f"http://127.0.0.1:{self._port}"}
            sections["telegram"] = {**sections["telegram"], "webhook": address}
        return Config(**sections)

    async def start_bot(self) -> None:
        """Start the bot (again)."""
        self.app = App(
            self.config(), self.clock, lambda: ClockAlarms(self.clock), self._dice, plan_every=self._plan_every
        )
        await self.app.start()
        await self.settle()

    async def stop_bot(self) -> None:
        """Stop the bot in good order."""
        if self.app is not None:
            app, self.app = self.app, None
            await app.stop()

    async def settle(self) -> None:
        """Wait until the bot has nothing left to do but to wait."""
        async with asyncio.timeout(120):
            calm = 0
            while calm < _CALM_TURNS:
                await asyncio.sleep(0)
                if self.app is not None and self.clock.due(0) is not None:
                    # What is due at this very moment is due now, not when time passes on: an alarm from the downtime,
                    # or one at the same moment as the timer that has just rung.
                    self.clock.ring_next()
                at_rest = self.app is None or ((self.sandbox.quiet or self.app.poller.is_pausing) and self.app.idle)
                calm = calm + 1 if at_rest else 0
                if not at_rest:
                    await asyncio.sleep(_BREATH)

    async def until_true(self, condition: Callable[[], bool]) -> None:
        """Let the loop go round until something holds, where nothing can come to rest (Telegram is away)."""
        async with asyncio.timeout(120):
            while not condition():  # noqa: ASYNC110 - what is waited for tells nobody
                await asyncio.sleep(0)

    async def advance(self, seconds: float = 0, **more: float) -> None:
        """Let time pass (``minutes=…`` and the like too); whatever falls due happens on the way."""
        left = seconds + timedelta(**more).total_seconds()
        # What the last act still has to do (a row put straight into the database wakes delivery, say) is done now, and
        # not after the time that passes: else it were chance how much of it falls into that time.
        await self.settle()
        while (wait := self.clock.due(left)) is not None:
            left -= wait
            self.clock.ring_next()
            await self.settle()
        self.clock.skip(left)
        await self.settle()

    async def until(self, at: datetime) -> None:
        """Let time pass until a moment; a naive one is on the programme's clock."""
        at = at if at.tzinfo else at.replace(tzinfo=SHANGHAI)
        await self.advance((at - self.clock.now()).total_seconds())

    async def person(self, name: str, *, started: bool = True, **more: Any) -> Actor:
        """Somebody new (``id=…`` for a certain id); who has not ``started`` the bot cannot be written to."""
        person = await self.town.person(name, **more)
        self.sandbox.world.chats[person.id].started = started
        return Actor(self, person)

    async def admin(self, name: str = "管理员") -> Actor:
        """The one whom the config names as admin."""
        return await self.person(name, id=ADMIN_ID)

    async def enrol(
        self, name: str, unit: str = "示范区/第一支部", *, role: Role = Role.MEMBER, level: str = "", **more: Any
    ) -> Actor:
        """Somebody new who is on the roster of a unit (made if it is new) and has joined."""
        actor = await self.person(name, **more)
        now = self.clock.now()

        def work(tx: Tx) -> None:
            unit_id = tx.people.add_unit(unit)
            code = f"C{actor.id}"
            entry = tx.people.add(code=code, name=name, unit_id=unit_id, level=level, title="", role=role, now=now)
            tx.people.join(entry, actor.id, now=now)
            tx.places.see_user(actor.id, name, None, private=True, now=now)

        await self.write(work)
        return actor

    async def unit_group(self, title: str, unit: str, *members: Actor, kind: str = "supergroup") -> Group:
        """A group with the bot in it that is bound to a unit (before the bot comes, so that it says no hello)."""
        chat_id = -1_003_000_000_001 - len(self.sandbox.world.chats)

        def work(tx: Tx) -> None:
            tx.places.see_group(chat_id, title)
            tx.places.bind(chat_id, tx.people.add_unit(unit))

        await self.write(work)
        return await self.group(title, *members, kind=kind, chat_id=chat_id)

    async def group(self, title: str, *members: Actor, kind: str = "supergroup", chat_id: int | None = None) -> Group:
        """A group with the bot in it (``kind="group"`` for a small one that can become a supergroup)."""
        group = await self.town.group(title, [member.person for member in members], type=kind, id=chat_id)
        await self.settle()
        return group

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Put something straight into the database (for what no dialogue leads to quickly)."""
        assert self.app is not None
        return await self.app.database.write(work)

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Look something up straight in the database."""
        assert self.app is not None
        return await self.app.database.read(work)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


HallMaker = Callable[..., Awaitable[Hall]]
