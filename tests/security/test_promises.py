"""docs/security.md says what there is, and all of it."""

import re
import sqlite3
from pathlib import Path

from storage.transaction import Aftermath, Tx
from study import rollcall_rules
from study.join_rules import MISSES, MISSES_OF_ALL, MISSES_WITHIN

PAGE = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")


def test_every_table_about_people_is_named(empty_database: Path) -> None:
    """Whoever adds a table that names a person says here what it is for."""
    with sqlite3.connect(empty_database) as connection:
        tables = set(Tx(connection, Aftermath()).personal.tables())

    assert sorted(tables - set(re.findall(r"`(\w+)`", PAGE))) == []


def test_limits_are_those_of_the_page() -> None:
    """Five, a hundred, ten minutes, six digits."""
    assert (MISSES, MISSES_OF_ALL, MISSES_WITHIN.total_seconds()) == (5, 100, 600)
    assert (rollcall_rules.MISSES, rollcall_rules.DIGITS, rollcall_rules.MISSES_WITHIN.total_seconds()) == (5, 6, 600)


def test_every_test_of_the_table_is_there() -> None:
    """A threat without a test is a promise without a proof; a file of tests here that no row names is forgotten."""
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "`tests/" in line]
    files = {path.name for path in Path(__file__).parent.glob("test_*.py")} - {Path(__file__).name}

    assert len(rows) >= 16
    assert not [name for name in sorted(files) if name not in PAGE]
