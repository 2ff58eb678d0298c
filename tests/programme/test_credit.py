"""The ledger says what the evidence amounts to now: booked once, corrected by entries, cut at its caps."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copy

import pytest

from storage import Database, Tx
from storage.people import Role
from study.ledger import Happening, credit
from study.programme import Programme
from study.programme.applying import Programmes
from study.programme.points import Caps, PointRule, Points
from study.programme.words import Title

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
DAY = date(2026, 11, 23)


def rule(key: str, on: str, points: int, **more: object) -> PointRule:
    """A rule with a title of no consequence."""
    return PointRule.model_validate({"key": key, "title": Title({"en": key}), "on": on, "points": points, **more})


@pytest.fixture
async def database(tmp_path: Path, empty_database: Path) -> AsyncIterator[Database]:
    """A database with one person (id 1) and a programme of three rules in force."""
    copy(empty_database, tmp_path / "points.db")
    database = Database(tmp_path / "points.db")
    await database.open()
    points = Points(
        caps=Caps(day=9),
        rules=(
            rule("present", "session.present", 5, caps={"day": 7}),
            rule("late", "session.late", 2),
            rule("friday", "session.present", 3, where={"series": "friday"}),
        ),
    )
    await Programmes(database).apply(Programme(name="one", points=points), now=NOW)

    def enter(tx: Tx) -> None:
        unit = tx.people.add_unit("第一支部")
        tx.people.add(code="1", name="Anna", unit_id=unit, level="", title="", role=Role.MEMBER, now=NOW)

    await database.write(enter)
    yield database
    await database.close()


async def book(database: Database, evidence: str, what: Happening | None) -> int:
    """Credit Anna."""
    return await database.write(lambda tx: credit(tx, 1, evidence, what, day=DAY, now=NOW))


async def test_the_same_evidence_counts_once(database: Database) -> None:
    """A repeated press, a second organiser or a replay books nothing again."""
    present = Happening("session.present", {"series": "monday"})

    gained = [await book(database, "session:1", present) for _ in range(3)]

    assert gained == [5, 0, 0]


async def test_what_no_longer_holds_is_taken_back_by_an_entry(database: Database) -> None:
    """Present becomes late, late becomes nothing, nothing becomes present again: each time the sum is right."""
    present, late = Happening("session.present"), Happening("session.late")

    gained = [await book(database, "session:1", what) for what in (present, late, None, present)]
    entries = await database.read(lambda tx: tx.ledger.on(1, "session:1"))

    assert gained == [5, -3, -2, 5]
    assert [(one.rule, one.points, one.reverses is not None) for one in entries] == [
        ("present", 5, False),
        ("present", -5, True),
        ("late", 2, False),
        ("late", -2, True),
        ("present", 5, False),
    ]


async def test_caps_cut_what_is_over_and_say_what_it_was_worth(database: Database) -> None:
    """The rule's cap of 7 and the day's cap of 9 over all rules."""
    friday = Happening("session.present", {"series": "friday"})

    gained = [await book(database, f"session:{number}", friday) for number in (1, 2, 3)]
    entries = await database.read(lambda tx: [*tx.ledger.on(1, "session:2"), *tx.ledger.on(1, "session:3")])

    assert gained == [8, 1, 0]
    assert [(one.rule, one.points, one.worth) for one in entries] == [
        ("present", 1, 5),
        ("friday", 0, 3),
        ("present", 0, 5),
        ("friday", 0, 3),
    ]


async def test_another_programme_keeps_what_was_earned(database: Database) -> None:
    """The rules are others; what is booked stays, also when the same is said again. Applying twice changes nothing."""
    programmes = Programmes(database)
    await book(database, "session:1", Happening("session.late"))
    await book(database, "session:3", Happening("session.present", {"series": "friday"}))
    other = Programme(name="two", points=Points(rules=(rule("late", "session.late", 1),)))

    applied = [await programmes.apply(other, now=NOW) for _ in range(2)]
    again = await book(database, "session:1", Happening("session.late"))
    kept = await book(database, "session:3", Happening("session.present", {"series": "friday"}))
    next_one = await book(database, "session:2", Happening("session.late"))

    assert applied == ["changed", "same"]
    assert (again, kept, next_one) == (0, 0, 1)
    assert await database.read(lambda tx: tx.ledger.sum_of(1, DAY, DAY)) == 2 + 7 + 1
