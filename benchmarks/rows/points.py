"""Row 7: the points card, pages of the ranking and a month's report over 1,000,000 entries of 50,000 people.

``theirs`` is the same over a tenth of the people and entries in a database of its own, so the ratio says how time grows with
the size: a card, a page and a branch's report are as long there as here.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from statistics import median

from benchmarks import ledger
from benchmarks.ledger import FIRST_USER, NOW, ZONE
from benchmarks.row import Line, Row, Run
from storage import Database, Tx
from study.access import access_of
from study.cards import Cards
from study.programme import programme_in_force
from study.ranks import Ranks
from study.report_figures import report_of, scope_of

ADMIN = 1
_ADMINS = frozenset({ADMIN})
_DAY = date(2026, 10, 15)
Ask = Callable[[int], Awaitable[object]]


class Hall:
    """One database, and what is asked of it."""

    def __init__(self, database: Database, people: int) -> None:
        self._database, self._people = database, people
        self._cards, self._ranks = Cards(database, _ADMINS, ZONE), Ranks(database, _ADMINS, ZONE)

    async def card(self, number: int) -> object:
        """Somebody's points card with its last entries, as the picture has it."""
        person = number * 811 % self._people
        return await self._cards.pictured(FIRST_USER + person, person + 1, now=NOW)

    def rank(self, period: str, reach: str, share: float, user: Callable[[int], int]) -> Ask:
        """A page of the ranking, ``share`` of the way through everybody."""
        page = int(share * self._people / 15)

        def work(tx: Tx, number: int) -> object:
            access = access_of(tx, user(number), _ADMINS)
            return self._ranks.card(tx, access, period, reach, page, now=NOW)  # type: ignore[arg-type]

        return lambda number: self._database.read(partial(work, number=number))

    def report(self, path: str, *, trends: bool = False) -> Ask:
        """A month's report of a unit (of everything, without a path)."""

        def work(tx: Tx) -> object:
            unit = next((one.id for one in tx.people.units() if one.path == path), None)
            scope = scope_of(tx, unit)
            return report_of(tx, programme_in_force(tx), scope, "month", _DAY, zone=ZONE, now=NOW, trends=trends)

        return lambda _: self._database.read(work)

    def member(self, number: int) -> int:
        """Somebody who runs nothing."""
        return FIRST_USER + self._people - 1 - number


def organiser(number: int) -> int:
    """Somebody who runs a branch."""
    return FIRST_USER + number


async def took(ask: Ask, goes: int) -> float:
    """The middle of what it takes for several people, in seconds."""
    times = []
    for number in range(goes):
        began = time.perf_counter()
        await ask(number)
        times.append(time.perf_counter() - began)
    return median(times)


def questions(hall: Hall) -> dict[str, tuple[Ask, int, float]]:
    """What is asked: how, how often a round, and the limit in milliseconds."""
    admin = lambda _: ADMIN  # noqa: E731 - a name for a function that is an argument
    return {
        "/card": (hall.card, 40, 5),
        "/rank, a branch's page, its organiser": (hall.rank("year", "unit", 0, organiser), 20, 10),
        "/rank, own place among everybody": (hall.rank("year", "everyone", 0, hall.member), 20, 10),
        "/rank, first page of everybody": (hall.rank("all", "everyone", 0, admin), 20, 10),
        "/rank, a page in the middle": (hall.rank("all", "everyone", 0.45, admin), 20, 10),
        "/report of a month, the whole": (hall.report(""), 1, 2000),
        "/report of a month, a unit with 50 below it": (hall.report("全市/第3片"), 1, 2000),
        "the same with its trends, for a file": (hall.report("全市/第3片", trends=True), 1, 2000),
    }


async def measure(run: Run) -> list[Line]:
    """Each question of both databases in turn."""
    sizes = ((20_000, 1_000), (2_000, 1_000)) if run.quick else ((1_000_000, 50_000), (100_000, 5_000))
    asked, databases = [], []
    for entries, people in sizes:
        run.say(f"points: {entries:,} entries of {people:,} people are booked")
        path = run.folder / f"{entries}.db"
        await ledger.make(path, entries, people)
        database = Database(path)
        await database.open()
        databases.append(database)
        asked.append(questions(Hall(database, people)))
    found: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in asked[0]}
    try:
        for _ in run.rounds("points"):
            for name, values in found.items():
                for size, into in zip(asked, values, strict=True):
                    ask, goes, _limit = size[name]
                    into.append(1000 * await took(ask, goes))
    finally:
        await asyncio.gather(*(database.close() for database in databases))
    return [
        Line(name, "ms", ours, peer="a tenth of the size", theirs=theirs, at_most=asked[0][name][2])
        for name, (ours, theirs) in found.items()
    ]


ROWS = (Row(7, "points", measure),)
