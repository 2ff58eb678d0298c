"""A month's report with 1,000,000 entries of 50,000 people, of the whole and of units, and the parts of a bulletin that count.

``python -m benchmarks.reports`` prints what each takes beside the limit, and fails if one takes longer.
"""

import asyncio
import sys
import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path

from rich.console import Console

from benchmarks.points import ENTRIES, NOW, PEOPLE, ZONE, book, fill
from storage import Database, Tx, schema
from study.programme import programme_in_force
from study.programme.applying import Programmes
from study.programme.reading import folder_of, read_programme
from study.report_figures import report_of, scope_of

LIMIT = 2.0
"""Seconds that the report of a month may take."""
_DAY = date(2026, 10, 15)
_ROUNDS = 5
_console = Console(highlight=False)


def _taken(tx: Tx, path: str, *, trends: bool) -> float:
    unit = next((one.id for one in tx.people.units() if one.path == path), None)
    begun = time.perf_counter()
    report = report_of(tx, programme_in_force(tx), scope_of(tx, unit), "month", _DAY, zone=ZONE, now=NOW, trends=trends)
    took = time.perf_counter() - begun
    assert any(figure.rows for figure in report.figures)
    return took


async def main() -> bool:
    """Fill a database and count; says whether everything stayed within the limit."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.db"
        schema.upgrade(path)
        database = Database(path)
        await database.open()
        try:
            await Programmes(database).apply(read_programme(folder_of("starter")), now=NOW)
            await database.write(fill)
            await database.write(book)
            _console.print(f"{ENTRIES:,} entries, {PEOPLE:,} people")
            good = True
            for label, unit, trends in (
                ("/report, the whole", "", False),
                ("/report, a unit with 20 below it", "全市", False),
                ("/report, a unit with 50 below it", "全市/第3片", False),
                ("the same with its trends, for a file", "全市/第3片", True),
            ):
                took = sorted([await database.read(partial(_taken, path=unit, trends=trends)) for _ in range(_ROUNDS)])
                wanted = "no limit" if trends else f"limit {LIMIT:.1f} s"
                good = good and (trends or took[_ROUNDS // 2] <= LIMIT)
                _console.print(f"{label:<40} median {took[_ROUNDS // 2]:5.2f} s   slowest {took[-1]:5.2f} s   {wanted}")
        finally:
            await database.close()
    return good


if __name__ == "__main__":
    sys.exit(not asyncio.run(main()))
