"""A database with many entries of points: the organisation of rows 7 and 9.

1,000 branches in 20 areas, 50,000 people, 1,000,000 entries over two years; a tenth of the entries and people for the
comparison that shows how time grows.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from storage import Database, Tx, schema
from storage.people import Role
from study.programme.applying import Programmes
from study.programme.reading import folder_of, read_programme

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
AREAS, BRANCHES = 20, 50
FIRST_USER = 1_000_000
"""The messenger's number of the person with the id 1; the others follow."""
_KEYS = ("on_time", "reflection", "exam", "contest_right")


async def make(path: Path, entries: int, people: int) -> None:
    """Fill a new database; the programme is the starter's."""
    schema.upgrade(path)
    database = Database(path)
    await database.open()
    try:
        await Programmes(database).apply(read_programme(folder_of("starter")), now=NOW)
        await database.write(lambda tx: _fill(tx, people))
        await database.write(lambda tx: _book(tx, entries, people))
    finally:
        await database.close()


def _fill(tx: Tx, people: int) -> None:
    units = [
        tx.people.add_unit(f"全市/第{area}片/第{branch}支部") for area in range(AREAS) for branch in range(BRANCHES)
    ]
    for number in range(people):
        role = Role.ORGANISER if number < len(units) else Role.MEMBER
        unit = units[number % len(units)]
        person = tx.people.add(
            code=f"P{number}", name=f"成员{number}", unit_id=unit, level="", title="", role=role, now=NOW
        )
        tx.people.join(person, FIRST_USER + number, now=NOW)


def _book(tx: Tx, entries: int, people: int) -> None:
    """All entries at once, with their sums by one statement each: the ledger's own way would take a quarter of an hour."""
    first = date(2025, 1, 1)
    tx.connection.executemany(
        "INSERT INTO ledger (person_id, unit_id, rule, points, worth, day, at, evidence, happening, turn, reason, by_hand) "
        "VALUES (?, ?, ?, ?, 5, ?, 0, ?, 'checkin.on_time', 0, '', 0)",
        (
            (
                number % people + 1,
                number % people % (AREAS * BRANCHES) + 1,
                _KEYS[number // people % len(_KEYS)],
                1 + number * 7919 % 5,
                first + timedelta(days=number * 31 % 690),
                f"checkin:{number}",
            )
            for number in range(entries)
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
    tx.connection.execute(
        "INSERT INTO ledger_steps SELECT period, points, count(*) FROM ledger_totals GROUP BY period, points"
    )
