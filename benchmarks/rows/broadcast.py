"""Row 5: a broadcast to thousands within Telegram's limits, and what goes on beside it meanwhile."""

import asyncio
import random
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import bots
from benchmarks.arena import HOST, Prepared, Wish, ask, buttons_of, prepare
from benchmarks.light import Light, Limits, Report, press, said
from benchmarks.row import Line, Row, Run, percentile
from benchmarks.rows.storm import moments
from storage import Database, Tx
from storage.people import Role

RATE = 30.0
PEOPLE = 5_000
FEWER = 1_000
"""So many are written to where the server allows less, and by the peer."""
FIRST = 2_000_000
"""Telegram's number of the first recipient."""
ASKS = 9_000_000
"""Numbers of those who ask for something meanwhile begin here."""
UNITS = 50
STORM, STORMS = 500, 4
_SETTLED = 4.0
"""Seconds after which the broadcast goes evenly; a question takes its presses from then on."""


@dataclass(slots=True)
class Seen:
    """What the server saw of one broadcast. Times in ms, but for ``rate``: messages and edits a second from the first copy to
    the last. What goes out beside the copies (replies, the contests, the sender's card) shares the 30 with them.
    """

    rate: float
    refused: int
    once: int
    replies: list[float]
    ruling: list[float] = field(default_factory=list)
    toast: list[float] = field(default_factory=list)


async def measure(run: Run) -> list[Line]:
    """With a burst of 30 and one of 5 allowed, with storms of presses beside; with 20 a second allowed; then the peer."""
    people, fewer = (600, 200) if run.quick else (PEOPLE, FEWER)
    storms, size = (2, 50) if run.quick else (STORMS, STORM)
    ready = run.folder / "ready"
    ready.mkdir()
    kinds = ("everyone", "buzzer")
    contests = await prepare(ready, [Wish(kinds[n % 2], players=size) for n in range(storms)])
    await _enrol(ready, people)
    lines: list[Line] = []
    async with Light.started() as light:
        for burst in (30, 5):
            run.say(f"{people} people, 30 a second, a burst of {burst} allowed")
            folder = run.folder / f"burst-{burst}"
            shutil.copytree(ready, folder)
            lines += _full(await _ours(light, folder, people, Limits(burst=burst), contests), people, burst)
        run.say(f"{fewer} people, 20 a second allowed")
        less = run.folder / "less"
        less.mkdir()
        await _enrol(less, fewer)
        seen = await _ours(light, less, fewer, Limits(rate=20, burst=20), ())
        lines.append(
            Line(
                "a server that allows 20/s: messages",
                "/s",
                [seen.rate],
                note=f"{seen.refused} times 429, all sent again",
            )
        )
        lines.append(Line("… arrived exactly once", f"of {fewer}", [seen.once], at_least=fewer))
        if run.peers:
            run.say(f"{fewer} people, PTB's AIORateLimiter")
            theirs = await _theirs(light, run.folder, fewer)
            lines += [
                Line(
                    "the peer, PTB's AIORateLimiter: messages", "/s", [theirs.rate], note=f"{fewer} people, burst of 30"
                ),
                Line("… times 429", "", [theirs.refused]),
                Line("… a reply asked for meanwhile, slowest", "ms", [max(theirs.replies)]),
            ]
    return lines


def _full(seen: Seen, people: int, burst: int) -> list[Line]:
    where = f"burst of {burst}"
    return [
        Line(f"messages ({where})", "/s", [seen.rate], at_least=0.98 * RATE),
        Line(f"times 429 ({where})", "", [seen.refused], at_most=0),
        Line(f"arrived exactly once ({where})", f"of {people}", [seen.once], at_least=people),
        Line(f"a reply asked for meanwhile, slowest ({where})", "ms", [max(seen.replies)], at_most=200),
        Line(f"a contest beside it: press → ruling on disk, p50 ({where})", "ms", [percentile(seen.ruling, 0.5)], at_most=2),
        Line(f"… p99 ({where})", "ms", [percentile(seen.ruling, 0.99)], at_most=10),
        Line(f"… press → toast, p99 ({where})", "ms", [percentile(seen.toast, 0.99)], at_most=20),
    ]  # fmt: skip


async def _enrol(folder: Path, people: int) -> None:
    """Put so many on the roster, with their accounts, and the admin, into the database there (or a new one)."""
    if not (folder / "studyhall.db").exists():
        await prepare(folder, [Wish(players=1)])
    now = datetime.now(UTC)

    def work(tx: Tx) -> None:
        units = [tx.people.add_unit(f"总部/第{n + 1}支部") for n in range(UNITS)]
        for n in range(people):
            name, code = f"成员{n}", f"B{n:05}"
            added = tx.people.add(
                code=code, name=name, unit_id=units[n % UNITS], level="", title="", role=Role.MEMBER, now=now
            )
            tx.people.join(added, FIRST + n, now=now)

    database = Database(folder / "studyhall.db")
    await database.open()
    try:
        await database.write(work)
    finally:
        await database.close()


async def _ours(light: Light, folder: Path, people: int, limits: Limits, contests: Sequence[Prepared]) -> Seen:
    marks = folder / "marks.json"
    async with bots.ours(light, folder, marks=marks):
        await light.set(limits=limits, follow=["sendMessage"])
        await light.feed([said(HOST, HOST, "/broadcast 各位同学：本周五下午三点在大礼堂集中学习，请准时参加。")])
        button, message = await _button(light, "bc:send:")
        await light.set(follow=[])
        await light.forget()
        await light.feed([press(HOST, HOST, message, button)])
        spans, beside = people / limits.rate, _Beside(light)
        await asyncio.sleep(min(_SETTLED, spans / 8))
        await asyncio.gather(beside.ask_for_help(spans * 0.8), beside.storm(contests, spans * 0.8, answered=1))
        await _all_sent(folder, people, spans * 2 + 60)
        report = await light.report()
    seen = _seen(report, people, beside.asked)
    ruled = bots.read_marks(marks)
    for number in beside.pressed:
        seen.ruling.append((ruled[number] - report.possible[number]) * 1000)
        seen.toast.append((report.toasts[number] - report.possible[number]) * 1000)
    return seen


async def _button(light: Light, prefix: str) -> tuple[str, int]:
    """The first button of this kind that is shown, and its message."""
    while True:
        call = await asyncio.wait_for(light.seen.get(), 60)
        for button in buttons_of(call["parameters"]):
            if button.startswith(prefix):
                return button, call["message_id"]


class _Beside:
    """What else is asked of the bot meanwhile. One at a time feeds: the numbers of updates have to come in their order."""

    def __init__(self, light: Light) -> None:
        self._light = light
        self._turn = asyncio.Lock()
        self.asked: dict[int, int] = {}
        """Who asked for help, by update."""
        self.pressed: list[int] = []
        """The updates of all storms."""

    def _help(self) -> dict[str, Any]:
        who = ASKS + len(self.asked)
        return said(who, who, "/help")

    async def ask_for_help(self, seconds: float) -> None:
        """Somebody else each second."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            async with self._turn:
                who = ASKS + len(self.asked)
                [number] = await self._light.feed([self._help()])
                self.asked[number] = who
            await asyncio.sleep(1)

    async def storm(self, contests: Sequence[Prepared], seconds: float, *, answered: int) -> None:
        """One storm after the other over so many seconds; in the middle of each somebody asks for help."""
        dice = random.Random(5)
        for n, contest in enumerate(contests):
            began = time.monotonic()
            async with self._turn:
                [question] = await ask(self._light, [contest])
                presses = question.presses()
                dice.shuffle(presses)
                middle, who = len(presses) // 2, ASKS + len(self.asked)
                updates = [*presses[:middle], self._help(), *presses[middle:]]
                numbers = await self._light.feed(updates, at=moments(len(updates), dice))
                self.asked[numbers.pop(middle)] = who
                self.pressed += numbers
                # The button that sends and those that start a contest have their toasts too.
                await self._light.until("answerCallbackQuery", answered + n + 1 + len(self.pressed), within=120)
            await asyncio.sleep(max(0.0, began + seconds / len(contests) - time.monotonic()))


async def _all_sent(folder: Path, people: int, within: float) -> None:
    """Wait until no copy waits any more.

    Raises:
        TimeoutError: some still do.
    """
    query = "SELECT count(*) FROM outbox WHERE batch = 'broadcast:1' AND state NOT IN ('pending', 'sending')"
    deadline = time.monotonic() + within
    with closing(sqlite3.connect(f"file:{folder / 'studyhall.db'}?mode=ro", uri=True)) as connection:
        while connection.execute(query).fetchone()[0] < people:
            if time.monotonic() > deadline:
                raise TimeoutError("the broadcast does not end")
            await asyncio.sleep(0.5)


def _seen(report: Report, people: int, asked: dict[int, int]) -> Seen:
    sent: Counter[int] = Counter()
    times: list[float] = []
    counted: list[float] = []
    replied: dict[int, float] = {}
    refused = 0
    for call in report.calls:
        if call.method == "editMessageText" and call.status == 200:
            counted.append(call.at)
        if call.method != "sendMessage":
            continue
        chat = int(call.parameters["chat_id"])
        refused += call.status == 429
        if call.status != 200:
            continue
        counted.append(call.at)
        if FIRST <= chat < FIRST + people:
            sent[chat] += 1
            times.append(call.at)
        elif chat >= ASKS:
            replied.setdefault(chat, call.at)
    replies = [(replied[who] - report.possible[number]) * 1000 for number, who in asked.items()]
    within = sum(min(times) <= at <= max(times) for at in counted)
    rate = (within - 1) / (max(times) - min(times))
    return Seen(rate, refused, sum(count == 1 for count in sent.values()), replies)


async def _theirs(light: Light, folder: Path, people: int) -> Seen:
    folder = folder / "peer"
    folder.mkdir()
    async with bots.peer(light, folder, "ptb_broadcast", str(people), str(FIRST)):
        await light.set(limits=Limits(), follow=[])
        await light.forget()
        await light.feed([said(HOST, HOST, "/broadcast")])
        beside = _Beside(light)
        await beside.ask_for_help(people / RATE * 0.8)
        await light.until("sendMessage", people + len(beside.asked), within=900)
        return _seen(await light.report(), people, beside.asked)


ROWS = (Row(5, "broadcast to 5,000", measure),)
