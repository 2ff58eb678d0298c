"""Row 4: a thousand contests at the same time; and a thousand timers due at one moment."""

import asyncio
import bisect
import itertools
import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import bots
from benchmarks.arena import Prepared, Question, Wish, buttons_of, prepare
from benchmarks.light import Light, Limits, Report, press
from benchmarks.row import Line, Row, Run, percentile
from bot.clock import SystemClock
from bot.dispatch import Dispatch
from bot.scheduler import ApschedulerAlarms
from quizzes.engine import commands as c
from quizzes.engine.phases import Asking
from quizzes.presets import load_presets
from quizzes.service import Contests
from storage import Database

CONTESTS = 1_000
EVERY = 2.0
"""Seconds between two presses in a contest."""
PLAYERS = 4
STARTS = 28.0
"""Contests that begin a second: their questions go out at Telegram's 30 calls a second, so no more can."""
READING, WINDOW, PAUSE = 20.0, 70.0, 30.0
"""Seconds. A question costs its group two calls and its host one, so a thousand contests can have one each 100 s at the
most: with 120 s from one to the next nothing waits for the limit, and timers and presses are what is measured."""
_TICK, _APART = 0.5, 1e-5


async def measure(run: Run) -> list[Line]:
    """The real bot with all contests under way; then timers due at one moment, ours and APScheduler's in turn."""
    count = 50 if run.quick else CONTESTS
    lines = await _live(run, count)
    ours: list[Instant] = []
    theirs: list[list[float]] = []
    for number in run.rounds(f"{count} due at one moment"):
        folder = run.folder / f"instant-{number}"
        folder.mkdir()
        ours.append(await at_one_moment(folder, count))
        theirs.append(await apscheduler(count))
    peer = "APScheduler 3.11"
    return [
        *lines,
        Line(
            f"{count} due at one moment: late, p99", "ms", [percentile(one.rung, 0.99) for one in ours],
            peer=peer, theirs=[percentile(one, 0.99) for one in theirs], ratio_at_most=0.25,
        ),
        Line("… the earliest of them", "ms", [min(one.rung) for one in ours], at_least=0, every=True),
        Line(
            "… and until each contest has gone on, on disk, p99", "ms", [percentile(one.decided, 0.99) for one in ours],
            peer=peer + " (rings only)", theirs=[percentile(one, 0.99) for one in theirs],
        ),
        Line("… a press in another contest meanwhile, slowest", "ms", [max(one.beside) for one in ours], at_most=50),
    ]  # fmt: skip


# --- the real bot ---


async def _live(run: Run, count: int) -> list[Line]:
    seconds = 40.0 if run.quick else READING + WINDOW + PAUSE + count / STARTS + 10
    reading, window, pause = (5.0, 15.0, 5.0) if run.quick else (READING, WINDOW, PAUSE)
    folder = run.folder / "live"
    folder.mkdir()
    wish = Wish(
        "everyone",
        players=PLAYERS,
        questions=3,
        reading=reading,
        window=window,
        pause=pause,
        changes=True,
        own_host=True,
    )
    run.say(f"{count} lobbies are made ready")
    prepared = await prepare(folder, [wish] * count)
    marks = folder / "marks.json"
    async with (
        Light.started(limits=Limits(), follow=["sendMessage"]) as light,
        bots.ours(light, folder, marks=marks) as bot,
    ):
        run.say(f"{count} contests, a press in each every {EVERY:g} s, for {seconds:.0f} s")
        await light.forget()
        presses = await _play(light, prepared, seconds)
        await light.until("answerCallbackQuery", presses, within=120)
        report, memory = await light.report(), bot.peak_memory
    ruled = bots.read_marks(marks)
    ruling = [(at - report.possible[number]) * 1000 for number, at in ruled.items() if number in report.possible]
    toasts = [(at - report.possible[number]) * 1000 for number, at in report.toasts.items()]
    rung: list[float] = json.loads(marks.with_suffix(".timers").read_text())
    late, early = _timers(folder)
    note = f"{len(ruling)} rulings, {len(toasts)} presses, {sum(map(len, late.values()))} timers"
    return [
        Line(f"{count} contests: timers late, p99", "ms", [percentile(rung, 0.99)], at_most=8, note=note),
        Line("… the earliest of them", "ms", [min(rung)], at_least=0),
        Line("… until the contest has gone on, p50", "ms", [_over(late, 0.5)]),
        Line("… p99", "ms", [_over(late, 0.99)], note=_each(late)),
        Line("… gone on too early", "", [early], at_most=0),
        Line("… press → ruling on disk, p50", "ms", [percentile(ruling, 0.5)]),
        Line("… p99", "ms", [percentile(ruling, 0.99)], at_most=50),
        Line("… press → toast, p99", "ms", [percentile(toasts, 0.99)]),
        Line("… memory at its peak", "MB", [memory], at_most=250),
        Line("… times 429", "", [_refusals(report)], at_most=0),
    ]  # fmt: skip


async def _play(light: Light, prepared: Sequence[Prepared], seconds: float) -> int:
    """Start the contests one after the other, and let somebody press in each every two seconds; how many presses that were."""
    shown: dict[int, Question] = {}
    by_chat = {one.chat: one for one in prepared}
    presses = _presses(prepared)
    begin = time.monotonic() + 1.0
    made = 0
    upcoming = next(presses)
    for tick in range(int(seconds / _TICK)):
        end = (tick + 1) * _TICK
        await asyncio.sleep(max(0.0, begin + tick * _TICK - 0.4 - time.monotonic()))
        while not light.seen.empty():
            call = light.seen.get_nowait()
            buttons = buttons_of(call["parameters"])
            if buttons and buttons[0].startswith("ans:"):
                one = by_chat[int(call["parameters"]["chat_id"])]
                shown[one.id] = Question(one, call["message_id"], tuple(buttons))
        updates, moments = [], []
        while upcoming[0] < end:
            at, one, number = upcoming
            upcoming = next(presses)
            if number is None:
                updates.append(press(one.host, one.chat, 1, f"lobby:start:{one.id}"))
            elif one.id in shown:
                question = shown[one.id]
                player = one.players[number % len(one.players)]
                updates.append(
                    press(player, one.chat, question.message_id, question.buttons[number % len(question.buttons)])
                )
            else:
                continue
            # Two at the very same moment could come in the other order, and Telegram's numbers never do.
            moments.append(max(begin + at, moments[-1] + _APART) if moments else begin + at)
        if updates:
            await light.feed(updates, at=moments)
            made += len(updates)
    return made


def _presses(prepared: Sequence[Prepared]) -> Iterator[tuple[float, Prepared, int | None]]:
    """When, in which contest, which press of it (None: its host starts it), in order of time and without end."""
    starts = [(n / STARTS, one, None) for n, one in enumerate(prepared)]
    for number in itertools.count():
        turn = [((number + n / len(prepared)) * EVERY, one, number) for n, one in enumerate(prepared)]
        while starts and starts[0][0] < (number + 1) * EVERY:
            bisect.insort(turn, starts.pop(0), key=lambda entry: entry[0])  # type: ignore[arg-type]
        yield from turn


def _timers(folder: Path) -> tuple[dict[str, list[float]], int]:
    """How late each timer's contest went on, in ms, by what it waited for; and how many did too early.

    An event carries when it was decided, in the transaction that keeps it, and what was timed carries its moment.
    """
    late: dict[str, list[float]] = {"reading": [], "window": [], "pause": []}
    query = "SELECT contest_id, kind, body FROM contest_events ORDER BY contest_id, number"
    due: tuple[str, datetime] | None = None
    contest = 0
    with closing(sqlite3.connect(folder / "studyhall.db")) as connection:
        for contest_id, kind, text in connection.execute(query):
            if contest_id != contest:
                contest, due = contest_id, None
            body: dict[str, Any] = json.loads(text)
            ends = {"ReadingEnded": "reading", "Ruled": "window", "QuestionAsked": "pause"}.get(kind)
            if ends is not None and due is not None and due[0] == ends:
                late[ends].append((datetime.fromisoformat(body["at"]) - due[1]).total_seconds() * 1000)
            match kind:
                case "QuestionOpened":
                    due = ("reading", datetime.fromisoformat(body["opens_at"]))
                case "ReadingEnded":
                    due = ("window", datetime.fromisoformat(body["closes_at"]))
                case "Ruled":
                    due = ("pause", datetime.fromisoformat(body["next_at"]))
                case "QuestionAsked":
                    due = None
                case _:
                    pass
    return late, sum(one < 0 for values in late.values() for one in values)


def _over(late: dict[str, list[float]], share: float) -> float:
    return percentile([one for values in late.values() for one in values], share)


def _each(late: dict[str, list[float]]) -> str:
    return ", ".join(
        f"{what} {percentile(values, 0.99):.1f} of {len(values)}" for what, values in late.items() if values
    )


def _refusals(report: Report) -> int:
    return sum(call.status == 429 for call in report.calls)


# --- one moment ---


@dataclass(slots=True)
class Instant:
    """In ms: how late each timer rang and how late its contest had gone on, on disk; and what a press took meanwhile."""

    rung: list[float]
    decided: list[float]
    beside: list[float]


async def at_one_moment(folder: Path, count: int) -> Instant:
    """Contests of real commits, without Telegram: all questions were shown at the same moment, so that all open at once."""
    prepared = await prepare(folder, [Wish(players=PLAYERS, reading=600.0, pause=0.0)] * (count + 1))
    database, clock = Database(folder / "studyhall.db"), SystemClock()
    await database.open()
    contests = Contests(database, load_presets(), clock, settle=timedelta(0))
    dispatch = Dispatch(_no_updates)
    rung: list[timedelta] = []
    contests.running.attach(dispatch.put_work, lambda: False)
    contests.running.late.append(rung.append)
    gone_on: list[datetime] = []
    contests.running.watchers.append(
        lambda _row, _first, events: gone_on.extend(
            clock.now() for one in events if type(one).__name__ == "ReadingEnded"
        )
    )
    try:
        *all_, other = prepared
        for one in prepared:
            await contests.do(one.id, lambda _, host=one.host: c.Start(host))
        await _asked(contests, prepared)
        await contests.do(other.id, lambda _: c.ConfirmShown(1, clock.now()))
        due = clock.now() + timedelta(seconds=2 + count * 0.004)
        for one in all_:
            await contests.do(one.id, lambda _: c.ConfirmShown(1, due - timedelta(seconds=600)))
        rung.clear()
        beside: list[float] = []
        pressing = asyncio.create_task(_press(contests, other, clock, beside))
        while len(gone_on) < count:  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.01)
        pressing.cancel()
        await asyncio.gather(pressing, return_exceptions=True)
    finally:
        contests.running.stop()
        await dispatch.stop()
        await database.close()
    return Instant([_ms(late) for late in rung[:count]], [_ms(at - due) for at in gone_on], beside)


async def _asked(contests: Contests, prepared: Sequence[Prepared]) -> None:
    for one in prepared:
        while not isinstance((await contests.state(one.id, host=(one.host, True))).phase, Asking):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)


async def _press(contests: Contests, other: Prepared, clock: SystemClock, took: list[float]) -> None:
    for number in itertools.count(1):
        began = time.monotonic()
        now = clock.now()
        await contests.do(other.id, lambda _, n=number, now=now: c.Choose(other.players[0], (0,), n, now, 1))
        took.append((time.monotonic() - began) * 1000)
        await asyncio.sleep(0.02)


async def _no_updates(*_: Any) -> None:
    raise AssertionError("there are none")


async def apscheduler(count: int) -> list[float]:
    """How late APScheduler rings for so many jobs due at one moment, in ms; as our own alarm clock uses it."""
    alarms = ApschedulerAlarms()
    due = datetime.now(UTC) + timedelta(seconds=2 + count * 0.002)
    late: list[float] = []
    for number in range(count):
        alarms.set(number, due, lambda _: late.append(_ms(datetime.now(UTC) - due)))
    try:
        while len(late) < count:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)
    finally:
        alarms.close()
    return late


def _ms(length: timedelta) -> float:
    return length.total_seconds() * 1000


ROWS = (Row(4, "1,000 contests at the same time", measure),)
