"""Contests made ready in a database, by the product's own engine, and opened through the bot that runs on it.

::

    prepared = await prepare(folder, [Wish("buzzer", players=500)])      # writes folder/studyhall.db: lobbies with players
    async with bots.ours(light, folder):
        questions = await ask(light, prepared)                           # the hosts press Start, the questions are shown
        await light.feed(questions[0].presses())
"""

import asyncio
import json
import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.light import Light, press
from quizzes.bank.items import Item, Kind
from quizzes.banks import Banks
from quizzes.draws import ANY
from quizzes.engine import commands as c
from quizzes.engine.decide import decide
from quizzes.engine.events import Event
from quizzes.engine.evolve import evolve
from quizzes.engine.rules import BuzzerSegment, EveryoneSegment
from quizzes.live import append, load
from quizzes.opening import Opening, calendar_year, open_lobby
from quizzes.presets import load_presets
from storage import Database, Tx, schema

HOST = 1
FIRST_PLAYER = 1_000
_BANK = "常识"


@dataclass(frozen=True, slots=True)
class Wish:
    """A contest to be made ready, from a preset with one segment.

    ``seated``: so many more sit in it and never press, so that a question that everybody answers stays open. ``window``: how
    long there is to press, ``pause``: before each question, ``settle``: how long presses are gathered, all in seconds.
    """

    preset: str = "everyone"
    players: int = 50
    seated: int = 1
    questions: int = 3
    window: float = 300.0
    pause: float = 0.2
    settle: float = 0.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A lobby in a group of its own. ``players`` are those who are to press."""

    id: int
    chat: int
    players: range


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is shown: the buttons of its message, as callback data."""

    contest: Prepared
    message_id: int
    buttons: tuple[str, ...]

    def presses(self) -> list[dict[str, Any]]:
        """One press of each player, the options in turn."""
        return [
            press(player, self.contest.chat, self.message_id, self.buttons[player % len(self.buttons)])
            for player in self.contest.players
        ]


async def prepare(folder: Path, wishes: Sequence[Wish], *, first_chat: int = -1_001) -> list[Prepared]:
    """Make the database ``folder/studyhall.db`` (or go on with the one there) with these contests in their lobbies."""
    path = folder / "studyhall.db"
    schema.upgrade(path)
    database = Database(path)
    await database.open()
    try:
        now = datetime.now(UTC)
        most = max(wish.questions for wish in wishes)
        items = tuple(
            Item(Kind.SINGLE, f"第{n}题：下列说法中，哪一项是正确的？", ("甲", "乙", "丙", "丁"), (0,))
            for n in range(most + 8)
        )
        await Banks(database).take_in(_BANK, items, now=now)
        return [
            await database.write(partial(_lobby, wish=wish, chat=first_chat - n, now=now))
            for n, wish in enumerate(wishes)
        ]
    finally:
        await database.close()


def _lobby(tx: Tx, wish: Wish, chat: int, now: datetime) -> Prepared:
    preset = load_presets()[wish.preset]
    rules = replace(
        preset.rules,
        segments=tuple(_timed(segment, wish) for segment in preset.rules.segments),
        pause=timedelta(seconds=wish.pause),
        settle=timedelta(seconds=wish.settle),
        members_most=max(preset.rules.members_most, wish.players + wish.seated),
    )
    tx.places.see_group(chat, f"竞赛群{-chat}")
    opening = Opening(chat, f"竞赛群{-chat}", HOST, preset, rules, _BANK, ANY, ("红队", "蓝队"), None)
    row, _ = open_lobby(tx, opening, dice=random.Random(chat), season_start=calendar_year, now=now)
    live = load(tx, row)
    contest, joined = live.contest, list[Event]()
    for place in range(wish.players + wish.seated):
        player = FIRST_PLAYER + place
        for event in decide(contest, c.Join(player, f"成员{player}", 1 + place % 2), now=now):
            contest = evolve(contest, event)
            joined.append(event)
    append(tx, row.id, live.count, joined)
    # Nobody is to be told of it: what is measured begins with the question.
    tx.connection.execute("DELETE FROM outbox")
    return Prepared(row.id, chat, range(FIRST_PLAYER, FIRST_PLAYER + wish.players))


def _timed(segment: Any, wish: Wish) -> Any:
    window = timedelta(seconds=wish.window)
    if isinstance(segment, EveryoneSegment):
        return replace(segment, questions=wish.questions, answer=window)
    assert isinstance(segment, BuzzerSegment)
    return replace(segment, questions=wish.questions, buzz=window, start=window)


async def ask(
    light: Light, prepared: Sequence[Prepared], *, push: bool = False, within: float = 120.0
) -> list[Question]:
    """Let the hosts start these contests (``push``: by webhook); returns their first questions, which are shown."""
    await light.set(follow=["sendMessage"])
    await (light.push if push else light.feed)([press(HOST, one.chat, 1, f"lobby:start:{one.id}") for one in prepared])
    missing = {one.chat: one for one in prepared}
    shown: dict[int, Question] = {}
    while missing:
        call = await asyncio.wait_for(light.seen.get(), within)
        buttons = buttons_of(call["parameters"])
        chat = int(call["parameters"]["chat_id"])
        if chat in missing and buttons and buttons[0].startswith(("buzz:", "ans:")):
            one = missing.pop(chat)
            shown[one.id] = Question(one, call["message_id"], tuple(buttons))
    await light.set(follow=[])
    return [shown[one.id] for one in prepared]


def committed(folder: Path, kind: str) -> list[dict[str, Any]]:
    """The events of a kind that are in the database, all contests' one after the other; the bot has ended."""
    with closing(sqlite3.connect(folder / "studyhall.db")) as connection:
        query = "SELECT contest_id, body FROM contest_events WHERE kind = ? ORDER BY contest_id, number"
        return [{"contest": contest, **json.loads(body)} for contest, body in connection.execute(query, (kind,))]


def buttons_of(parameters: dict[str, Any]) -> list[str]:
    """The callback data on the buttons of a message that was sent."""
    markup = parameters.get("reply_markup") or {}
    if isinstance(markup, str):
        markup = json.loads(markup)
    return [
        button["callback_data"]
        for row in markup.get("inline_keyboard", ())
        for button in row
        if "callback_data" in button
    ]
