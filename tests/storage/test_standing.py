"""The ranking of everybody: every page is the one that counting everybody would give."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from shutil import copy

import pytest

from storage import Tx
from storage.database import _prepare
from storage.people import Role
from storage.transaction import Aftermath

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
PEOPLE = 60


@pytest.fixture
def tx(tmp_path: Path, empty_database: Path) -> Iterator[Tx]:
    """A transaction in which 60 people have been given points, many of them equally many, and every seventh has left."""
    path = tmp_path / "studyhall.db"
    copy(empty_database, path)
    connection = sqlite3.connect(path, isolation_level=None)
    _prepare(connection, write=True)
    connection.execute("BEGIN")
    tx, dice = Tx(connection, Aftermath()), Random(7)
    unit = tx.people.add_unit("全市/一支部")
    for number in range(PEOPLE):
        person = tx.people.add(
            code=f"P{number}", name=f"成员{number}", unit_id=unit, level="", title="", role=Role.MEMBER, now=NOW
        )
        for turn in range(dice.randrange(1, 4)):
            points = dice.choice((-1, 0, 1, 2, 5))
            given = {"worth": points, "day": date(2026, 11, 1 + turn), "evidence": f"e:{turn}", "happening": "h"}
            tx.ledger.add(person_id=person, unit_id=unit, rule="r", points=points, now=NOW, turn=0, **given)  # type: ignore[arg-type]
    connection.execute("UPDATE people SET left_at = 1 WHERE id % 7 = 0")
    yield tx
    connection.execute("ROLLBACK")
    connection.close()


@pytest.mark.parametrize("most", [1, 4, 15, 100])
def test_every_page_is_a_part_of_the_whole_list(tx: Tx, most: int) -> None:
    """Whatever the page and its length, from either end of a step, over several steps, and past the end."""
    whole = [
        (row["person_id"], row["points"])
        for row in tx.connection.execute(
            "SELECT l.person_id, l.points FROM ledger_totals l JOIN people p ON p.id = l.person_id "
            "WHERE l.period = 'all' AND p.left_at IS NULL ORDER BY l.points DESC, l.person_id DESC"
        )
    ]
    assert len({points for _, points in whole}) < len(whole) / 3

    pages = {
        after: [(line.person_id, line.points) for line in tx.ledger.ranking("all", most=most, after=after)]
        for after in range(len(whole) + 3)
    }

    assert pages == {after: whole[after : after + most] for after in pages}


def test_a_place_is_the_number_of_those_above(tx: Tx) -> None:
    """The sum over the steps is what counting the people gives, for scores that somebody has and that nobody has."""
    scores = [
        row["points"]
        for row in tx.connection.execute(
            "SELECT l.points FROM ledger_totals l JOIN people p ON p.id = l.person_id WHERE period = '2026' AND left_at IS NULL"
        )
    ]

    for points in range(min(scores) - 1, max(scores) + 2):
        assert tx.ledger.above("2026", points) == sum(score > points for score in scores)
    assert tx.ledger.unequal() == []


def test_a_step_that_went_astray_is_found(tx: Tx) -> None:
    """The check against the totals names the period."""
    tx.connection.execute("UPDATE ledger_steps SET people = people + 1 WHERE period = '2026-11' AND points = 5")

    assert tx.ledger.unequal() == ["steps of 2026-11"]
