"""The points card and a page of the ranking with 1,000,000 entries of 50,000 people.

``python -m benchmarks.points`` prints the median and the slowest of each, as a member, an organiser and an admin ask.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from rich.console import Console

from storage import Database, Tx, schema
from storage.people import Role
from study.access import access_of
from study.cards import Cards
from study.programme.applying import Programmes
from study.programme.reading import folder_of, read_programme
from study.ranks import Ranks

PEOPLE = 50_000
ENTRIES = 1_000_000
NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
_ROUNDS = 60
_console = Console(highlight=False)
_KEYS = ("on_time", "reflection", "exam", "contest_right")


def fill(tx: Tx) -> None:
    """A tree of 1,000 branches with 50 people each, and 20 entries a person over two years."""
    units = [tx.people.add_unit(f"全市/第{area}片/第{branch}支部") for area in range(20) for branch in range(50)]
    for number in range(PEOPLE):
        role = Role.ORGANISER if number < len(units) else Role.MEMBER
        unit = units[number % len(units)]
        person = tx.people.add(
            code=f"P{number}", name=f"成员{number}", unit_id=unit, level="", title="", role=role, now=NOW
        )
        tx.people.join(person, 1_000_000 + number, now=NOW)


def book(tx: Tx) -> None:
    """All entries at once, with their sums by one statement each: the ledger's own way would take a quarter of an hour."""
    first = date(2025, 1, 1)
    tx.connection.executemany(
        "INSERT INTO ledger (person_id, unit_id, rule, points, worth, day, at, evidence, happening, turn, reason, by_hand) "
        "VALUES (?, ?, ?, ?, 5, ?, 0, ?, 'checkin.on_time', 0, '', 0)",
        (
            (
                number % PEOPLE + 1,
                number % 1000 + 1,
                _KEYS[number // PEOPLE % len(_KEYS)],
                1 + number * 7919 % 5,
                first + timedelta(days=number * 31 % 690),
                f"checkin:{number}",
            )
            for number in range(ENTRIES)
        ),
    )
    tx.connection.execute(
        "INSERT INTO ledger_sums SELECT person_id, substr(day, 1, 7), rule, sum(points) FROM ledger GROUP BY 1, 2, 3"
    )
    for period in ("'all'", "substr(day, 1, 4)", "substr(day, 1, 7)"):
        tx.connection.execute(
            f"INSERT INTO ledger_totals SELECT {period}, person_id, sum(points) FROM ledger GROUP BY 1, 2"  # noqa: S608 - the three above
        )
    tx.connection.execute("INSERT INTO ledger_periods SELECT period, count(*) FROM ledger_totals GROUP BY period")


async def timed(label: str, work: Callable[[int], Awaitable[object]]) -> None:
    """Run it for many people and print how long one takes."""
    took = []
    for number in range(_ROUNDS):
        begun = time.perf_counter()
        await work(number)
        took.append(1000 * (time.perf_counter() - begun))
    _console.print(f"{label:<46} median {median(took):6.2f} ms   slowest {max(took):6.2f} ms")


async def main() -> None:
    """Fill a database and ask."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "points.db"
        schema.upgrade(path)
        database = Database(path)
        await database.open()
        await Programmes(database).apply(read_programme(folder_of("starter")), now=NOW)
        await database.write(fill)
        begun = time.perf_counter()
        await database.write(book)
        _console.print(f"{ENTRIES:,} entries booked in {time.perf_counter() - begun:.0f} s")
        cards, ranks = Cards(database, frozenset({1}), ZONE), Ranks(database, frozenset({1}), ZONE)

        async def card(number: int) -> None:
            user = 1_000_000 + number * 811 % PEOPLE
            person = number * 811 % PEOPLE + 1
            await cards.pictured(user, person, now=NOW)

        def rank(user: int, period: str, reach: str, page: int) -> Awaitable[object]:
            def work(tx: Tx) -> object:
                return ranks.card(tx, access_of(tx, user, frozenset({1})), period, reach, page, now=NOW)  # type: ignore[arg-type]

            return database.read(work)

        await timed("/card", card)
        await timed("/rank, own unit, organiser", lambda n: rank(1_000_000 + n, "year", "unit", 0))
        await timed("/rank, own place among everybody, member", lambda n: rank(1_030_000 + n, "year", "everyone", 0))
        await timed("/rank, list of everybody, admin, first page", lambda n: rank(1, "all", "everyone", n % 3))
        await timed("/rank, list of everybody, admin, middle page", lambda n: rank(1, "month", "everyone", 1500))
        await timed("the recount of all sums (doctor)", lambda n: _recount(database, n))
        await database.close()


async def _recount(database: Database, number: int) -> None:
    if number == 0:
        assert await database.read(lambda tx: tx.ledger.unequal()) == []


if __name__ == "__main__":
    asyncio.run(main())
