"""kill -9 while a question is open, on the real clock: a process of its own cannot share ours.

It waits for what happens, never for a length of time. Kills at random moments, under everything at once, are in
`tests/chaos`.
"""

import shutil
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quizzes.banks import Banks
from quizzes.engine.phases import Contest
from quizzes.live import load
from sandbox.people import Group, Message, Person
from storage import Database, Tx
from storage.people import Role
from tests.cli.desk import Desk
from tests.dialogues.match import QUESTIONS

UNIT = "示范区/第一支部"
WHO = ("主持", "安娜", "伯特")


class Programme:
    """A group whose host and two players are on the roster, and a bank of twenty questions."""

    def __init__(self, desk: Desk, people: list[Person], group: Group) -> None:
        self.desk = desk
        self.host, self.anna, self.bert = people
        self.group = group

    async def buzzes(self, player: Person, *, right: bool, after: int = 0) -> Message:
        """Wait for the buzzers, press first, answer, and wait for the ruling; returns it."""
        question = await self.button("抢答", after)
        await player.presses("抢答", message=question)
        contest = await self.contest()
        answer = contest.question.answer[0]  # type: ignore[union-attr]
        letter = "ABCD"[answer if right else (answer + 1) % 4] + "."
        await player.presses(letter, message=await self.button(letter, after))
        return await self.shows("正确，+10" if right else "错误", after)

    async def shows(self, words: str, after: int = 0) -> Message:
        """Wait until the group sees a message with these words, newer than ``after``."""
        found: list[Message] = []

        async def seen() -> bool:
            found[:] = [
                message
                for message in await self.anna.messages(self.group)
                if words in message.text and message.id > after
            ]
            return bool(found)

        await self.desk.until(seen)
        return found[-1]

    async def button(self, label: str, after: int = 0) -> Message:
        """Wait until the group sees a message, newer than ``after``, with a button that begins with these words."""
        found: list[Message] = []

        async def seen() -> bool:
            found[:] = [
                message
                for message in await self.anna.messages(self.group)
                if message.id > after and any(text.startswith(label) for text in message.labels)
            ]
            return bool(found)

        await self.desk.until(seen)
        return found[-1]

    async def contest(self) -> Contest:
        """The contest as it is on disk."""
        database = Database(self.desk.database)
        await database.open(write=False)
        try:
            return await database.read(_contest)
        finally:
            await database.close()


def _contest(tx: Tx) -> Contest:
    row = tx.contests.newest()
    assert row is not None
    return load(tx, row).contest


@pytest.fixture
async def programme(desk: Desk, empty_database: Path) -> Programme:
    """Everything is on the roster and bound before the bot comes for the first time."""
    shutil.copy(empty_database, desk.database)
    desk.config(checkin={"enabled": False}, materials={"enabled": False}, log={"format": "json"})
    people = [await desk.town.person(name) for name in WHO]
    for person in people:
        desk.sandbox.world.chats[person.id].started = True
    group = await desk.town.group("竞赛群", people)
    database = Database(desk.database)
    await database.open()
    now = datetime.now(UTC)

    def work(tx: Tx) -> None:
        unit_id = tx.people.add_unit(UNIT)
        for person in people:
            role = Role.ORGANISER if person.name == WHO[0] else Role.MEMBER
            entry = tx.people.add(
                code=f"C{person.id}", name=person.name, unit_id=unit_id, level="", title="", role=role, now=now
            )
            tx.people.join(entry, person.id, now=now)
            tx.places.see_user(person.id, person.name, None, private=True, now=now)
        tx.places.see_group(group.id, "竞赛群")
        tx.places.bind(group.id, unit_id)

    await database.write(work)
    await Banks(database).take_in("常识", QUESTIONS, now=now)
    await database.close()
    return Programme(desk, people, group)


async def test_contest_goes_on_after_kill_in_mid_question(programme: Programme) -> None:
    """Killed while a question is open: the scores stand, the group is told once, the audit agrees in the end."""
    desk, group = programme.desk, programme.group
    async with desk.running("run") as bot:
        await bot.until("ready")
        await programme.host.says("/contest buzzer 常识 2", group)
        lobby = await programme.button("加入 红队")
        await programme.anna.presses("加入 红队", message=lobby)
        await programme.bert.presses("加入 蓝队", message=lobby)
        await programme.host.presses("开始", message=await programme.button("开始"))
        ruling = await programme.buzzes(programme.anna, right=True)
        second = await programme.button("抢答", ruling.id)
        await bot.ends(signal.SIGKILL)

    async with desk.running("run") as bot:
        await bot.until("ready")
        told = await programme.shows("机器人已重启", second.id)
        await programme.buzzes(programme.bert, right=False, after=told.id)
        await programme.shows("最终成绩", told.id)
        end = await bot.ends(signal.SIGTERM)
    audit = await desk.studyhall("audit", "contest", "1")

    texts = [message.text for message in await programme.anna.messages(group)]
    final = next(text for text in texts if "最终成绩" in text)
    assert end.status == 0
    assert sum("机器人已重启" in text for text in texts) == 1
    assert "红队 110" in ruling.text
    assert final.index("红队") < final.index("蓝队")
    assert "110" in final
    assert "90" in final
    assert (audit.status, audit.err) == (0, [])
    assert any(line.startswith("1. 红队  110") for line in audit.out)
    assert audit.out[-1] == "回放结果与公布成绩一致。"
