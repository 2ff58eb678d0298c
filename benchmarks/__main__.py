"""``python -m benchmarks [ROW …]``: run the rows, print one table, write JSON. See ``benchmarks/README.md``."""

import argparse
import asyncio
import importlib
import json
import os
import pkgutil
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks import rows
from benchmarks.row import BEST_OF_ALL, Line, Row, Run

_PIPE_WIDTH = 190
RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a row: its lines, or why there are none."""

    row: Row
    lines: Sequence[Line] = ()
    failure: str = ""


def all_rows() -> dict[int, Row]:
    """Every row that a module of ``benchmarks/rows`` names, by number."""
    found: dict[int, Row] = {}
    for module in pkgutil.iter_modules(rows.__path__):
        for row in getattr(importlib.import_module(f"{rows.__name__}.{module.name}"), "ROWS", ()):
            found[row.number] = row
    return dict(sorted(found.items()))


def carry_out(row: Row, options: argparse.Namespace, console: Console) -> Outcome:
    """Run one row in a folder of its own; whatever escapes it is the outcome."""
    with tempfile.TemporaryDirectory(prefix="studyhall-bench-") as folder, console.status(row.title) as status:
        run = Run(
            Path(folder),
            count=options.rounds,
            quick=options.quick,
            peers=options.peers,
            say=lambda text: status.update(f"{row.number} {row.title}: {text}"),
        )
        try:
            return Outcome(row, asyncio.run(row.measure(run)))  # type: ignore[arg-type]
        except Exception as error:  # noqa: BLE001 - the other rows still run; it is shown, and the exit status says so
            console.print_exception()
            return Outcome(row, failure=f"{type(error).__name__}: {error}")


def number(value: float) -> str:
    """Three digits that count."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) >= 0.01 or value == 0 else f"{value:.2g}"


def table_of(outcomes: Sequence[Outcome]) -> Table:
    """Everything that was measured; a missed target is called so."""
    table = Table("#", "row", "measured", "ours", "beside it", "theirs", "ours is", "spread", "target", "met")
    for outcome in outcomes:
        if outcome.failure:
            table.add_row(str(outcome.row.number), outcome.row.title, Text(outcome.failure, style="bold red"))
        for index, line in enumerate(outcome.lines):
            ratios = line.ratios
            low, high = (min(ratios), max(ratios)) if ratios else (min(line.ours), max(line.ours))
            table.add_row(
                str(outcome.row.number) if index == 0 else "",
                outcome.row.title if index == 0 else "",
                line.what + (f"\n[dim]{line.note}[/dim]" if line.note else ""),
                f"{number(median(line.ours))} {line.unit}",
                line.peer,
                f"{number(median(line.theirs))} {line.unit}" if line.theirs else "",
                f"{line.ratio:.2f} ×" if line.ratio is not None else "",
                f"{number(low)}–{number(high)}",
                line.target,
                {None: Text(""), True: Text("yes", style="green"), False: Text("MISSED", style="bold red")}[line.met],
            )
        table.add_section()
    return table


def as_json(outcomes: Sequence[Outcome], load: tuple[float, float, float], began: datetime) -> str:
    """The same for machines, with every round's value."""
    return json.dumps(
        {
            "began_at": began.isoformat(),
            "ended_at": datetime.now(UTC).isoformat(),
            "machine": {
                "cores": os.cpu_count(),
                "load_before": load,
                "load_after": os.getloadavg(),
                "python": platform.python_version(),
                "system": platform.platform(),
                "sqlite": sqlite3.sqlite_version,
            },
            "rows": [
                {
                    "number": outcome.row.number,
                    "title": outcome.row.title,
                    "failure": outcome.failure or None,
                    "lines": [line.as_json() for line in outcome.lines],
                }
                for outcome in outcomes
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def main() -> None:
    """Exit status 0: every row ran (with ``--strict``: and met its targets), 1: one did not, 2: usage."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("row", nargs="*", type=int, help="only these rows")
    options.add_argument("--rounds", type=int, default=None, help=f"{BEST_OF_ALL}; with --quick 1")
    options.add_argument("--quick", action="store_true", help="a tenth of the load, to see that it works")
    options.add_argument("--no-peers", dest="peers", action="store_false", help="ours alone")
    options.add_argument("--strict", action="store_true", help="a missed target is a failure")
    options.add_argument("--json", type=Path, default=RESULTS / "latest.json", help="where to write the figures")
    given = options.parse_args()
    given.rounds = given.rounds or (1 if given.quick else BEST_OF_ALL)
    found = all_rows()
    if unknown := set(given.row) - set(found):
        options.error(f"there is no row {', '.join(map(str, sorted(unknown)))}; there are {', '.join(map(str, found))}")
    # A pipe has no width; 80 columns would tear the table.
    console = Console() if sys.stdout.isatty() else Console(width=_PIPE_WIDTH)
    load, began = os.getloadavg(), datetime.now(UTC)
    outcomes = [carry_out(found[one], given, console) for one in given.row or found]
    console.print(table_of(outcomes))
    console.print(f"load before {load[0]:.1f}, after {os.getloadavg()[0]:.1f}, on {os.cpu_count()} cores")
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(as_json(outcomes, load, began) + "\n")
    console.print(f"every figure: {given.json}")
    failed = any(outcome.failure for outcome in outcomes)
    missed = any(line.met is False for outcome in outcomes for line in outcome.lines)
    sys.exit(1 if failed or (given.strict and missed) else 0)


if __name__ == "__main__":
    main()
