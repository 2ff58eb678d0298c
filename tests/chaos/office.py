"""The office in which the bot is killed: its people and groups, its programme, and the bot on a clock that runs faster."""

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from quizzes.bank.items import Item, Kind
from quizzes.banks import Banks
from sandbox.model import Message
from sandbox.people import Group, Person, Press, Sent
from storage import Database, Tx
from storage.people import Role
from study.programme.applying import Programmes
from tests.chaos.lives import LOOK
from tests.chaos.moments import Trap
from tests.chaos.programme import PROGRAMME
from tests.chaos.receipts import Receipt
from tests.cli.desk import Desk
from tests.dialogues.cup import QUESTIONS

SPEED = 8
START = datetime(2026, 11, 30, 8, 55, tzinfo=ZoneInfo("Asia/Shanghai"))
"""A working Monday: check-in is open, and at nine a round is announced."""
TOP = "示范区"
BRANCHES = tuple(f"{TOP}/第{number}支部" for number in "一二三四")
STAFF = ("主持", "赛务", "播音", "组长", "办公室", "主任", "文书")
"""Organisers, each for another thing: whoever is in the midst of a dialogue is not called away from it."""
CAPTAINS = ("安娜", "伯特")
JUDGES = ("王五", "李六")
TYPED = tuple(Item(Kind.FILL_IN, f"第{n}空：学而时习之，不亦____乎？", accepted=("说",)) for n in range(1, 41))


class Closing(Exception):
    """The day is over: nobody begins anything new."""


@dataclass
class Office:
    """Everything that the people of it can see and do.

    ``units``: the members by the name of their branch; ``is_up``: whether the bot has said that it is ready.
    """

    desk: Desk
    trap: Trap
    since: float
    people: dict[str, Person]
    members: list[Person]
    units: dict[str, list[Person]]
    hall: Group
    court: Group
    second: Group
    is_up: bool = False
    is_closing: bool = False
    starts: int = 0
    receipts: list[Receipt] = field(default_factory=list)
    waiting: dict[str, str] = field(default_factory=dict)
    """By the strand's name, what it waits for."""

    def writers(self, strand: int) -> list[Person]:
        """The members who write in private for one strand of three: nobody is in the midst of two dialogues."""
        return self.members[strand::3]

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Look something up on disk; nothing is found while the bot is down: nobody but it touches the files then."""
        return self.desk.rows(query, *values) if self.is_up else []

    def there(self, query: str, *values: object) -> bool:
        """Whether there is such a row."""
        return bool(self.rows(query, *values))

    async def until(self, name: str, what: str, holds: Callable[[], object], looks: int | None = None) -> bool:
        """Wait for something; false if it is not so after so many looks at a bot that is there."""
        self.waiting[name] = what
        left = looks
        while not holds():
            await asyncio.sleep(LOOK)
            if left is not None and self.is_up:
                left -= 1
                if left < 0:
                    return False
        self.waiting.pop(name, None)
        return True

    def messages(self, chat_id: int, after: int = 0) -> Iterator[Message]:
        """What the bot said in a chat and is to be seen there, the newest first."""
        world = self.desk.sandbox.world
        for message in reversed(world.chats[chat_id].messages.values()):
            if message.id <= after:
                return
            if message.sender == world.bot.id and not message.deleted:
                yield message

    def texts(self, chat_id: int, after: int = 0) -> list[str]:
        """The words of these, the oldest first."""
        return [message.text.text if message.text else "" for message in self.messages(chat_id, after)][::-1]

    def button(self, chat_id: int, data: str, after: int = 0) -> tuple[int, str] | None:
        """The newest button whose data begin so, as its message and its data."""
        for message in self.messages(chat_id, after):
            for row in (message.markup or {}).get("inline_keyboard", ()):
                for one in row:
                    if one.get("callback_data", "").startswith(data):
                        return message.id, one["callback_data"]
        return None

    def newest(self, chat_id: int) -> int:
        """The number of the newest message of a chat."""
        return next(reversed(self.desk.sandbox.world.chats[chat_id].messages), 0)

    def toast(self, press: Press) -> str | None:
        """What the bot answered to a press, if it has answered."""
        query = self.desk.sandbox.world.queries.find(press.id)
        return None if query is None or query.answer is None else query.answer["text"]

    def told(self, press: Press, words: str) -> Callable[[], bool]:
        """Whether the presser has been told so."""
        return lambda: words in (self.toast(press) or "")

    def note(self, kind: str, what: str, seen: Callable[[], bool], query: str, *values: object) -> None:
        """Something has to be there as soon as somebody is told that it is."""
        self.receipts.append(Receipt(kind, what, seen, query, values))

    async def dealt(self, name: str, act: Sent | Press) -> None:
        """Wait until something that somebody did has had its effect."""
        query = "SELECT 1 FROM inbox WHERE update_id = ? AND state <> 'waiting'"
        await self.until(name, f"update {act.update_id}", lambda: self.there(query, act.update_id))


async def gather(desk: Desk, empty: Path, members: int) -> Office:
    """So many members in four branches, their organisers, three groups, a bank, and a programme in force."""
    shutil.copy(empty, desk.database)
    sandbox = desk.sandbox
    sandbox.world.flood.enabled = False
    desk.config(
        checkin={"days": "every day"},
        materials={"enabled": False},
        log={"format": "json"},
        contest={"presets": str(Path(__file__).parents[1] / "cli" / "presets"), "picture": False, "questions": 2},
    )
    names = [*STAFF, *CAPTAINS, *JUDGES, *(f"学员{number}" for number in range(1, members + 1))]
    people = {name: await desk.town.person(name) for name in names}
    for person in people.values():
        sandbox.world.chats[person.id].started = True
    pupils = [people[name] for name in names[-members:]]
    everybody = list(people.values())
    groups = [await desk.town.group(title, everybody) for title in ("学习群", "一号赛场", "二号赛场")]
    await _put(desk.database, people, pupils, groups)
    units: dict[str, list[Person]] = {}
    for person in pupils:
        units.setdefault(_branch(names.index(person.name)).rpartition("/")[2], []).append(person)
    return Office(desk, Trap.built_into(sandbox), time.time(), people, pupils, units, *groups)


def _branch(number: int) -> str:
    return BRANCHES[number % len(BRANCHES)]


async def _put(path: Path, people: dict[str, Person], pupils: Sequence[Person], groups: Sequence[Group]) -> None:
    database = Database(path)
    await database.open()

    def work(tx: Tx) -> None:
        for number, (name, person) in enumerate(people.items()):
            unit = TOP if name in STAFF else "评委办" if name in JUDGES else _branch(number)
            entry = tx.people.add(
                code=f"C{number}",
                name=name,
                unit_id=tx.people.add_unit(unit),
                level="",
                title="",
                role=Role.ORGANISER if name in STAFF else Role.MEMBER,
                now=START,
            )
            tx.people.join(entry, person.id, now=START)
            tx.places.see_user(person.id, name, None, private=True, now=START)
        for group in groups:
            tx.places.see_group(group.id, group.title)
        # The courts belong to nobody: no card of the day, no bulletin comes between the questions.
        tx.places.bind(groups[0].id, tx.people.add_unit(TOP))

    await database.write(work)
    await Banks(database).take_in("常识", QUESTIONS[:40] + TYPED, now=START)
    await Banks(database).take_in("选择", QUESTIONS, now=START)
    await Programmes(database).apply(PROGRAMME, now=START)
    await database.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
