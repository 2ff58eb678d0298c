"""The whole course: start, let the office live, kill, look at what is left, start again; in the end, let all come to rest."""

import asyncio
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.chaos.autopsy import Autopsy
from tests.chaos.lives import LOOK, Forked, Lives, lives_at
from tests.chaos.moments import ANY, Moment, draw
from tests.chaos.office import SPEED, START, Office, gather
from tests.chaos.strands.broadcasts import Broadcasts
from tests.chaos.strands.bulletins import Bulletins
from tests.chaos.strands.checkins import Checkins
from tests.chaos.strands.contests import Contests, of_all
from tests.chaos.strands.items import Items
from tests.chaos.strands.rounds import Rounds
from tests.chaos.strands.strand import Strand
from tests.chaos.strands.submissions import Submissions
from tests.chaos.strands.tournaments import Tournaments
from tests.chaos.strands.works import Works
from tests.cli.desk import Desk, Done, Process

SIGKILLED = -9
EVERYTHING: tuple[type[Strand], ...] = (
    Checkins,
    Broadcasts,
    Contests,
    Submissions,
    Tournaments,
    Works,
    Items,
    Rounds,
    Bulletins,
)
PATIENCE = 150
"""Looks at a bot that works until it is killed, should the moment that was drawn not come."""
_LAST = 300
"""Seconds in which, with no more kills, everything has to come to its end on a busy machine."""


@dataclass
class Findings:
    """What came of it. ``starts``: seconds until it said that it is ready, out of the nursery; ``whole_starts``: from the first import on."""

    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    starts: list[float] = field(default_factory=list)
    whole_starts: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)
    in_flight: Counter[str] = field(default_factory=Counter)
    arrived: int = 0
    under_way: Counter[str] = field(default_factory=Counter)
    amounts: dict[str, int] = field(default_factory=dict)
    took: float = 0.0


async def run(
    desk: Desk,
    empty: Path,
    *,
    kills: int,
    seed: int,
    members: int,
    strands: tuple[type[Strand], ...] = EVERYTHING,
    tell: Callable[[int, Moment, list[str]], None] = lambda number, moment, wrong: None,
) -> Findings:
    """Kill the bot so often; ``tell`` hears of each kill. The first kill after which something is wrong is the last."""
    began = time.monotonic()
    office = await gather(desk, empty, members)
    lots = Random(seed)
    living = [strand(office, Random(f"{seed} {strand.name}")) for strand in strands]
    found = Findings(seed)
    autopsy = Autopsy(office, desk.folder, living)
    tasks = [asyncio.create_task(strand.lives(), name=strand.name) for strand in living]
    try:
        async with lives_at(desk, str(SPEED), str(office.since), str(START.timestamp())) as lives:
            for number in range(1, kills + 1):
                moment = draw(lots)
                wrong = await _killed(office, lives, moment, found)
                _raise_from(tasks)
                wrong += autopsy.examine()
                tell(number, moment, wrong)
                if wrong:
                    found.wrong += [f"kill {number}, {moment}: {one}" for one in wrong]
                    return found
            wrong = await _ends(office, lives, tasks, living, found, autopsy)
            found.wrong += [f"at the end: {one}" for one in wrong]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        found.checked, found.in_flight, found.under_way = autopsy.checked, autopsy.in_flight, autopsy.under_way
        found.took = time.monotonic() - began
    return found


async def _killed(office: Office, lives: Lives, moment: Moment, found: Findings) -> list[str]:
    """One life of the bot, which ends at a moment."""
    struck = asyncio.Event()
    async with lives.begins() as bot:

        def strike() -> None:
            bot.kill()
            office.is_up = False
            struck.set()

        office.trap.arm(moment, strike)
        if await _comes_up(office, lives, bot, struck, found):
            looks = moment.nth if moment.what == "look" else PATIENCE
            while looks and not struck.is_set():
                await asyncio.sleep(LOOK)
                looks -= 1
            found.kills[moment.kind if struck.is_set() else ANY] += 1
            if not struck.is_set():
                strike()
        else:
            found.kills[moment.kind] += 1
        return _said(await bot.ends())


async def _comes_up(
    office: Office, lives: Lives, bot: Process | Forked, struck: asyncio.Event, found: Findings
) -> bool:
    """Wait until the bot is ready; false if it was killed before."""
    began = time.monotonic()
    ready, end = asyncio.create_task(bot.until('"ready"')), asyncio.create_task(struck.wait())
    await asyncio.wait((ready, end), return_when=asyncio.FIRST_COMPLETED)
    end.cancel()
    if struck.is_set():
        # It fails if the bot ended without a word of being ready, which is what was meant.
        await bot.ends()
        await asyncio.gather(ready, end, return_exceptions=True)
        return False
    await ready
    (found.whole_starts if lives.is_whole else found.starts).append(time.monotonic() - began)
    office.trap.starting = False
    office.is_up = True
    return True


def _said(done: Done) -> list[str]:
    """What is wrong with how a life ended."""
    wrong = [f"the bot logged: {line}" for line in done.err if '"level":"error"' in line.replace(" ", "")]
    if done.status != SIGKILLED:
        wrong.append(f"the bot ended by itself, with status {done.status}: {done.err[-5:]}")
    return wrong


async def _ends(
    office: Office,
    lives: Lives,
    tasks: list[asyncio.Task[None]],
    strands: list[Strand],
    found: Findings,
    autopsy: Autopsy,
) -> list[str]:
    """With no more kills everything comes to its end: what does not is stuck."""
    desk = office.desk
    async with lives.begins() as bot:
        office.trap.arm(None, lambda: None)
        await _comes_up(office, lives, bot, asyncio.Event(), found)
        office.is_closing = True
        done, pending = await asyncio.wait(tasks, timeout=_LAST)
        _raise_from(list(done))
        if pending:
            return [f"stuck: {name} waits for {what}" for name, what in office.waiting.items()]
        open_rows = "SELECT 1 FROM outbox WHERE state IN ('pending', 'sending') UNION ALL SELECT 1 FROM inbox WHERE state = 'waiting' LIMIT 1"
        await office.until(
            "the office", "all to be delivered", lambda: desk.sandbox.quiet and not office.there(open_rows)
        )
        ended = await bot.ends(signal.SIGTERM)
    wrong = [f"the bot logged: {line}" for line in ended.err if '"level":"error"' in line.replace(" ", "")]
    if ended.status != 0:
        wrong.append(f"it did not stop in good order: {ended.status}")
    wrong += autopsy.examine_the_end()
    with autopsy.copy() as connection:
        texts = {chat: office.texts(chat) for chat in (office.court.id, office.second.id)}
        wrong += of_all(connection, texts)
        for table in (
            "checkin_entries",
            "broadcasts",
            "contests",
            "tournaments",
            "submissions",
            "works",
            "items",
            "bulletins",
            "ledger",
            "inbox",
            "outbox",
        ):
            (found.amounts[table],) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - words of ours
        numbers = [number for (number,) in connection.execute("SELECT id FROM contests ORDER BY id")]
    for strand in strands:
        if isinstance(strand, Broadcasts):
            found.arrived = strand.arrived
    for number in numbers:
        audit = await desk.here("audit", "contest", str(number))
        if audit.status != 0 or audit.err or audit.out[-1] != "回放结果与公布成绩一致。":
            wrong.append(f"the audit of contest {number}: {audit}")
    return wrong


def _raise_from(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        if task.done() and not task.cancelled() and (error := task.exception()) is not None:
            raise error
