"""Row 3: five hundred presses within a second in one contest, and who was first."""

import asyncio
import random
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import bots
from benchmarks.arena import Prepared, Question, Wish, ask, committed, prepare
from benchmarks.light import Light, Report, press
from benchmarks.row import Line, Row, Run, percentile

DELAY = 0.05
FARNESS = {"0 ms away": (0.0, 0.0), "50 ms away": (DELAY, 0.0), "50 ms away, polls too": (DELAY, DELAY)}
"""How long an answer to a call takes, and one to getUpdates: with the last, presses come in handfuls, 50 ms apart."""
PRESSES = 500
SPAN = 1.0
"""Seconds over which they are spread by chance."""
_AHEAD = 0.3
"""Seconds between the feed and the first press: nothing is parsed any more while presses come."""
RUNS, IN_A_RUN = 100, 100
KINDS = {"buzzer": "PressNoted", "everyone": "Chosen"}
"""The presets that are stormed, and the event that keeps a press of theirs."""


@dataclass(slots=True)
class Storm:
    """What one storm took, in ms: from when a press could have been at the bot to its ruling, and to its toast."""

    ruling: list[float]
    toast: list[float]


@dataclass(slots=True)
class Storms:
    """Those of every round."""

    all: list[Storm] = field(default_factory=list)

    def ruling(self, share: float) -> list[float]:
        """A percentile of each round."""
        return [percentile(storm.ruling, share) for storm in self.all]

    def toast(self, share: float) -> list[float]:
        """A percentile of each round."""
        return [percentile(storm.toast, share) for storm in self.all]


def moments(count: int, dice: random.Random) -> list[float]:
    """When so many presses come, by chance within ``SPAN`` seconds from a little later than now."""
    begin = time.monotonic() + _AHEAD
    return sorted(begin + dice.random() * SPAN for _ in range(count))


async def storm(light: Light, presses: Sequence[dict[str, object]], dice: random.Random, far: str) -> Report:
    """Let them come to a bot that is so far away, and wait until each has its toast."""
    delay, poll_delay = FARNESS[far]
    await light.set(delay=delay, poll_delay=poll_delay)
    await light.forget()
    await light.feed(presses, at=moments(len(presses), dice))
    await light.until("answerCallbackQuery", len(presses), within=120)
    await light.set(delay=0)
    return await light.report()


def judged(report: Report, marks: dict[int, float]) -> Storm:
    """Hold what the server saw against when the bot ruled.

    Raises:
        RuntimeError: a press has no ruling, or its toast was sent before.
    """
    ruling, toast = [], []
    for number, possible in report.possible.items():
        if number not in marks:
            raise RuntimeError(f"press {number} has no ruling")
        if report.toasts[number] < marks[number]:
            raise RuntimeError(f"the toast of press {number} was sent before its ruling was on disk")
        ruling.append((marks[number] - possible) * 1000)
        toast.append((report.toasts[number] - possible) * 1000)
    return Storm(ruling, toast)


async def measure(run: Run) -> list[Line]:
    """Storms of both kinds near and far, ours and bare aiogram's in turn; then a hundred races."""
    count = 50 if run.quick else PRESSES
    ready = run.folder / "ready"
    ready.mkdir()
    prepared = await prepare(ready, [Wish(kind, players=count) for kind in KINDS for _ in FARNESS])
    places = [(kind, far) for kind in KINDS for far in FARNESS]
    ours = {place: Storms() for place in places}
    theirs = {far: Storms() for far in FARNESS}
    bare: list[list[float]] = []
    async with Light.started() as light:
        for number in run.rounds("storms"):
            folder = run.folder / str(number)
            shutil.copytree(ready, folder)
            bare.append(bare_commits(folder / "bare.db"))
            for place, one in zip(places, await _ours(light, folder, prepared, places, number), strict=True):
                ours[place].all.append(one)
            if run.peers:
                for far, one in zip(FARNESS, await _theirs(light, folder, count, number), strict=True):
                    theirs[far].all.append(one)
        lines = [_disk(bare)]
        lines += [line for place in places for line in _lines(place, ours[place], theirs[place[1]])]
        runs = 5 if run.quick else RUNS
        run.say(f"{runs} races, polling")
        lines.append(_first(await races(light, run.folder / "polled", runs, webhook=False), runs, "polling"))
        run.say(f"{runs} races, by webhook")
        lines.append(_first(await races(light, run.folder / "pushed", runs, webhook=True), runs, "webhook"))
    return lines


async def _ours(
    light: Light, folder: Path, prepared: Sequence[Prepared], places: Sequence[tuple[str, str]], number: int
) -> list[Storm]:
    dice = random.Random(number)
    marks = folder / "marks.json"
    reports = []
    async with bots.ours(light, folder, marks=marks):
        for one, (_, far) in zip(prepared, places, strict=True):
            [question] = await ask(light, [one])
            presses = question.presses()
            dice.shuffle(presses)
            reports.append(await storm(light, presses, dice, far))
    ruled = bots.read_marks(marks)
    for one, report, (kind, _) in zip(prepared, reports, places, strict=True):
        kept = [event for event in committed(folder, KINDS[kind]) if event["contest"] == one.id]
        if {event["update_id"] for event in kept} != set(report.due):
            raise RuntimeError("the database does not have exactly the presses that were made")
        won = [event["update_id"] for event in committed(folder, "Buzzed") if event["contest"] == one.id]
        if kind == "buzzer" and won != [min(report.due)]:
            raise RuntimeError("somebody else than the first was called")
    return [judged(report, ruled) for report in reports]


def bare_commits(path: Path, count: int = 300) -> list[float]:
    """What a commit of one small row takes on this disk at present, in ms: below that nothing durable can be."""
    took = []
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE bare (number INTEGER)")
        for number in range(count):
            began = time.monotonic()
            connection.execute("INSERT INTO bare VALUES (?)", (number,))
            took.append((time.monotonic() - began) * 1000)
    return took


async def _theirs(light: Light, folder: Path, count: int, number: int) -> list[Storm]:
    dice = random.Random(number)
    marks = folder / "their-marks.json"
    reports = []
    async with bots.peer(light, folder, "aiogram_bot", marks=marks):
        for far in FARNESS:
            presses = [press(1_000 + n, -1_001, 7, f"ans:pick:1:1:{n % 4}") for n in range(count)]
            reports.append(await storm(light, presses, dice, far))
    ruled = bots.read_marks(marks)
    return [judged(report, ruled) for report in reports]


def _lines(place: tuple[str, str], ours: Storms, theirs: Storms) -> list[Line]:
    where = f"({', '.join(place)})"
    peer = "aiogram 3, bare" if theirs.all else ""

    def line(what: str, times: Callable[[Storms], list[float]], at_most: float) -> Line:
        beside = times(theirs) if peer else ()
        return Line(f"{what} {where}", "ms", times(ours), peer=peer, theirs=beside, at_most=at_most)

    return [
        line("press → ruling on disk, p50", lambda storms: storms.ruling(0.5), 2),
        line("press → ruling on disk, p99", lambda storms: storms.ruling(0.99), 10),
        line("press → toast, p99", lambda storms: storms.toast(0.99), 20),
    ]


def _disk(rounds: Sequence[Sequence[float]]) -> Line:
    half = statistics.median(percentile(took, 0.5) for took in rounds)
    note = f"p50 {half:.2g} ms; a ruling cannot be on disk sooner"
    return Line("a bare commit of one row, p99", "ms", [percentile(took, 0.99) for took in rounds], note=note)


def _first(right: int, runs: int, how: str) -> Line:
    return Line(f"races that the smallest update_id won ({how})", f"of {runs}", [right], at_least=runs)


async def races(light: Light, folder: Path, runs: int, *, webhook: bool) -> int:
    """In how many contests whoever pressed first won, though the presses came in another order.

    Polling: the numbers are shuffled within what one getUpdates brings. Webhook: within what so many connections carry
    side by side, and the contests gather presses for 250 ms before they name anybody.
    """
    dice = random.Random(3)
    folder.mkdir()  # noqa: ASYNC240 - nothing else goes on yet
    wish = Wish("buzzer", players=20 if runs < RUNS else IN_A_RUN, settle=0.25 if webhook else 0.0)
    prepared = await prepare(folder, [wish] * runs)
    firsts: dict[int, int] = {}
    port = bots.free_port() if webhook else None
    async with bots.ours(light, folder, webhook=port):
        if port is not None:
            await light.hook("127.0.0.1", port, secret="light")
        for one in prepared:
            [question] = await ask(light, [one], push=webhook)
            await light.forget()
            firsts[one.id] = await _race(light, question, dice, webhook=webhook)
            # Where presses are gathered first, whoever was first is named after the toasts, and other messages are edited too.
            while one.id not in {event["contest"] for event in committed(folder, "Buzzed")}:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.05)
    won = {event["contest"]: event["update_id"] for event in committed(folder, "Buzzed")}
    return sum(won.get(contest) == first for contest, first in firsts.items())


async def _race(light: Light, question: Question, dice: random.Random, *, webhook: bool) -> int:
    presses = light.numbered(question.presses())
    size = 40 if webhook else 100
    mixed = []
    for start in range(0, len(presses), size):
        some = presses[start : start + size]
        dice.shuffle(some)
        mixed += some
    await (light.push(mixed) if webhook else light.feed(mixed))
    await light.until("answerCallbackQuery", len(mixed), within=120)
    return min(int(one["update_id"]) for one in presses)


ROWS = (Row(3, "500 presses within a second", measure),)
