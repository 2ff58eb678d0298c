"""The table of the benchmarks: what is held against a target, and what is said when it is missed."""

import argparse
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from io import StringIO

import pytest
from rich.console import Console

from benchmarks.__main__ import all_rows, as_json, carry_out, table_of
from benchmarks.row import Line, Row, Run

OPTIONS = argparse.Namespace(rounds=3, quick=True, peers=False)


async def fast(run: Run) -> Sequence[Line]:
    ours = [float(10 * number) for number in run.rounds("fast")]
    return [
        Line("thrice", "/s", [30.0, 33.0, 27.0], peer="the peer", theirs=[10.0, 10.0, 10.0], ratio_at_least=2),
        Line("slow", "ms", ours, at_most=5, note="why"),
        Line("told", "MB", ours),
    ]


async def broken(_run: Run) -> Sequence[Line]:
    raise RuntimeError("the peer is gone")


def test_a_table_says_what_is_missed() -> None:
    """Ours and the peer's medians, the ratio with its spread, the target; a missed one is called so, a failure too."""
    console = Console(file=StringIO(), width=190)

    outcomes = [carry_out(row, OPTIONS, console) for row in (Row(1, "first", fast), Row(2, "second", broken))]
    console.print(table_of(outcomes))
    figures = json.loads(as_json(outcomes, (0.0, 0.0, 0.0), datetime.now(UTC)))

    text = console.file.getvalue()  # type: ignore[attr-defined]
    [thrice] = [line for line in text.splitlines() if "thrice" in line]
    [slow] = [line for line in text.splitlines() if "slow" in line]
    assert [part in thrice for part in ("30 /s", "10 /s", "3.00 ×", "2.7–3.3", "≥ 2 ×", "yes")] == [True] * 6
    assert [part in slow for part in ("10 ms", "≤ 5 ms", "MISSED")] == [True] * 3
    assert "the peer is gone" in text
    assert [row["failure"] for row in figures["rows"]] == [None, "RuntimeError: the peer is gone"]
    assert [line["met"] for line in figures["rows"][0]["lines"]] == [True, False, None]


@pytest.mark.parametrize(
    ("line", "met"),
    [
        (Line("", "", [1.0, 9.0, 1.0], at_most=5), True),
        (Line("", "", [1.0, 9.0, 1.0], at_most=5, every=True), False),
        (Line("", "", [8.0], peer="p", theirs=[2.0], ratio_at_most=4), True),
        (Line("", "", [8.0], peer="p", theirs=[2.0], ratio_at_least=4, at_most=7), False),
        (Line("", "", [8.0], ratio_at_least=4), None),
    ],
)
def test_targets(line: Line, met: bool | None) -> None:
    """Judged by the medians unless each time counts; a ratio without a peer is neither met nor missed."""
    assert line.met is met


def test_rows_name_themselves() -> None:
    """Each module of ``benchmarks/rows`` is found, and no two rows have one number."""
    rows = all_rows()

    assert {1, 2, 3} <= set(rows)
    assert all(number == row.number and row.title for number, row in rows.items())
