"""A busy hall that takes whatever updates come, and what has to hold afterwards."""

import asyncio
import json
import re
import traceback
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import structlog

from handlers.registry import COMMANDS, WORDS
from storage.people import Role
from tests.dialogues.match import Match, gather
from tests.hall import Actor, Hall
from tests.security.updates import Bazaar, Update

STRANGER = 700_001
_CLASS_NAME = re.compile(r"\b[A-Z]\w*(?:Error|Exception|Warning)\b|Traceback|object at 0x|<class |NoneType")
_ARGUMENTS = (
    "",
    "",
    "buzzer 常识 2",
    "everyone 常识 1",
    "常识",
    "1",
    "999999999999",
    "明天 看病",
    "安娜 迟到",
    "2026-02-30",
    "示范区/第一支部",
    "示范区/第二支部 2026-11",
    "points csv",
    "C900001",
    "task_1",
    "form_1_x",
    "roll_1_123456",
    "join_x",
    "rev_" + "9" * 18,
    "item_-1",
    "c_////",
    "多" * 500,
)
_FIRST_ID = 800_000_000
"""Far above those that the sandbox itself gives."""


class Lines(list[Mapping[str, Any]]):
    """Everything that is logged while it is ``kept``, exceptions with their tracebacks."""

    def __call__(self, _logger: object, level: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
        """Take a line; structlog's way of calling."""
        exception = traceback.format_exc() if event.pop("exc_info", None) else ""
        self.append({**event, "level": level, "exception": exception})
        raise structlog.DropEvent

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Until the end of the block. In place: loggers remember the list of their processors."""
        processors = structlog.get_config()["processors"]
        before = list(processors)
        processors[:] = [self]
        try:
            yield
        finally:
            processors[:] = before

    def faults(self) -> list[Mapping[str, Any]]:
        """What went wrong on our side."""
        return [line for line in self if line["exception"] or line["level"] in ("error", "critical", "exception")]


class Fair:
    """The hall with a contest going on, a check-in open, and people who send anything."""

    def __init__(self, folder: Path, template: Path) -> None:
        # Presses and answers by the thousand within one moment of the clock: it is not the flood limits that are tried.
        self.hall = Hall(folder, template, telegram={"mode": "webhook"}, flood_limits=False)
        self.logged = Lines()
        self.unhandled: list[Mapping[str, Any]] = []
        self.next_id = _FIRST_ID
        self._said = 0
        self.match: Match
        self.bazaar: Bazaar
        self._session: aiohttp.ClientSession
        self._left = AsyncExitStack()

    async def open(self) -> None:
        """Let everybody in."""
        asyncio.get_running_loop().set_exception_handler(lambda _, context: self.unhandled.append(context))
        await self.hall.open()
        self._session = aiohttp.ClientSession()
        await self.hall.admin()
        self.match = match = await gather(self.hall)
        # The plain member, whose group and whose organiser send no rubbish: what others do must not reach them.
        self.member = await self.hall.enrol("多拉", "示范区/第三支部")
        await self.hall.unit_group("安静的群", "示范区/第三支部", self.member)
        other = await self.hall.enrol("外人", "示范区/第二支部", role=Role.ORGANISER)
        elsewhere = await self.hall.unit_group("另一个群", "示范区/第二支部", other)
        await self.hall.person("陌生人", id=STRANGER)
        people = [match.host.id, match.anna.id, match.bert.id, match.carl.id, other.id, STRANGER, 900_001]
        commands = [f"/{command.name}" for command in COMMANDS]
        phrases = [
            *commands,
            *(f"{one} {more}".strip() for one in commands for more in _ARGUMENTS),
            *WORDS,
            "A",
            "123456",
        ]
        self.bazaar = Bazaar(people, (match.group.id, elsewhere.id), phrases)
        await self.hall.advance(hours=1)
        await self.match.begins("buzzer 常识 20")
        await self.look()
        self._left.enter_context(self.logged.kept())

    async def close(self) -> None:
        """Everybody goes home."""
        await self._left.aclose()
        await self._session.close()
        await self.hall.close()

    async def begins_anew(self) -> None:
        """A contest, and its buttons."""
        await self.match.host.says("/bind 示范区/第一支部", self.match.group)
        await self.match.host.says("/contest buzzer 常识 20", self.match.group)
        await self.look()
        for label in ("加入 红队", "加入 蓝队", "开始"):
            buttons = [one for one in (await self.match.host.last(self.match.group)).labels if one.startswith(label)]
            if buttons:
                await self.match.host.presses(label, self.match.group)
        await self.hall.advance(seconds=5)
        await self.look()

    async def takes(self, updates: Sequence[Update]) -> list[int]:
        """Let updates come by the webhook, in order; their ids."""
        ids = []
        for update in updates:
            self.next_id += 1
            ids.append(self.next_id)
            assert await self.post({"update_id": self.next_id, **self.bazaar.settle(update)}) == 200
        await self.hall.settle()
        return ids

    @property
    def taken(self) -> int:
        """How many updates came."""
        return self.next_id - _FIRST_ID

    async def post(self, update: Update) -> int:
        """Send one update as Telegram does."""
        async with self._session.post(
            f"{self.hall.config().telegram.webhook.public_url}/telegram",
            data=json.dumps(update).encode(),
            headers={"X-Telegram-Bot-Api-Secret-Token": self.hall.sandbox.webhook._secret},
        ) as answer:
            return answer.status

    async def look(self) -> None:
        """See what the bot has said since, and which buttons there are."""
        for call in await self.hall.town.calls(after=self._said):
            self._said = max(self._said, call.n)
            said = f"{call.params.get('text', '')} {call.params.get('caption', '')}"
            assert _CLASS_NAME.search(said) is None, f"a class name is shown: {said}"
        for chat in (*self.bazaar.people, *self.bazaar.groups):
            await self._look_into(chat)

    async def _look_into(self, chat_id: int) -> None:
        chat = self.hall.sandbox.world.chats.get(chat_id)
        if chat is None:
            return
        for message in list(chat.messages.values())[-12:]:
            rows = (message.markup or {}).get("inline_keyboard", ())
            data = [button["callback_data"] for row in rows for button in row if "callback_data" in button]
            self.bazaar.see(chat_id, message.id, data)

    async def states(self, ids: Sequence[int]) -> dict[int, tuple[str, str | None]]:
        """How updates ended: the state of the inbox row and the error, if any."""
        assert self.hall.app is not None

        def work(tx: Any) -> dict[int, tuple[str, str | None]]:
            rows = tx.connection.execute(
                "SELECT update_id, state, error FROM inbox WHERE update_id BETWEEN ? AND ?", (min(ids), max(ids))
            )
            return {row["update_id"]: (row["state"], row["error"]) for row in rows}

        return await self.hall.read(work)

    async def checks_in(self, actor: Actor) -> str:
        """A plain member checks in; what they hear."""
        await actor.says("/checkin")
        return await actor.reads()
