"""Whatever is credited, corrected and taken back: the kept sums are those of a plain recount, and no cap is ever passed."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.database import _prepare
from storage.people import Role
from storage.transaction import Aftermath, Tx
from study.ledger import Happening, book_award, credit, reverse_by_hand
from study.ledger_rules import limits
from study.programme import Programme
from study.programme.points import Caps, PointRule, Points
from study.programme.words import Title

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
FIRST = date(2025, 12, 20)
"""So that days lie in two years, and in weeks that belong to both."""


def rule(key: str, on: str, points: int, **more: object) -> PointRule:
    """A rule with a title of no consequence."""
    return PointRule.model_validate({"key": key, "title": Title({"en": key}), "on": on, "points": points, **more})


RULES = (
    rule("here", "here", 3, caps={"week": 10, "month": 20}),
    rule("first", "here", 2, where={"place": "1"}, caps={"year": 6}),
    rule("right", "right", 2, each=True, caps={"day": 5}),
    rule("absent", "absent", -4),
)
PROGRAMME = Programme(name="recount", points=Points(caps=Caps(day=8, month=24), rules=RULES))
HAPPENINGS = (
    Happening("here"),
    Happening("here", {"place": "1"}),
    Happening("right", {}, 1),
    Happening("right", {}, 4),
    Happening("absent"),
    None,
)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[sqlite3.Connection]:
    """A database with three people and the programme in force; each example is rolled back."""
    path = tmp_path_factory.mktemp("recount") / "recount.db"
    copy(empty_database, path)
    connection = sqlite3.connect(path, isolation_level=None)
    _prepare(connection, write=True)
    tx = Tx(connection, Aftermath())
    unit = tx.people.add_unit("第一支部")
    for code in ("1", "2", "3"):
        tx.people.add(code=code, name=code, unit_id=unit, level="", title="", role=Role.MEMBER, now=NOW)
    tx.programmes.add(name="recount", digest="", body=PROGRAMME.model_dump_json(), now=NOW)
    yield connection
    connection.close()


PEOPLE, EVIDENCE = st.integers(1, 3), st.integers(1, 25)
STEPS = st.one_of(
    st.tuples(st.just("credit"), PEOPLE, EVIDENCE, st.sampled_from(HAPPENINGS)),
    st.tuples(st.just("credit"), PEOPLE, EVIDENCE, st.sampled_from(HAPPENINGS)),
    st.tuples(st.just("award"), PEOPLE, EVIDENCE, st.integers(-9, 9)),
    st.tuples(st.just("reverse"), PEOPLE, EVIDENCE, st.none()),
)


@settings(max_examples=25)
@given(steps=st.lists(STEPS, min_size=10, max_size=40))
def test_h1_sums_equal_a_recount_and_caps_hold(connection: sqlite3.Connection, steps: list[tuple]) -> None:  # type: ignore[type-arg]
    """H1: random credits, corrections, points by hand and reversals by hand, over days of two years."""
    connection.execute("BEGIN")
    try:
        tx = Tx(connection, Aftermath())
        for what, person, number, detail in steps:
            day = FIRST + timedelta(days=number)
            if what == "credit":
                before = tx.ledger.total(person, "all") or 0
                changed = credit(tx, person, f"row:{number}", detail, day=day, now=NOW)
                assert (tx.ledger.total(person, "all") or 0) - before == changed
                assert credit(tx, person, f"row:{number}", detail, day=day, now=NOW) == 0
            elif what == "award":
                draft = tx.ledger.settle_award(
                    tx.ledger.draft_award(person, 7, detail, "reason", now=NOW), 7, done=True
                )
                assert draft is not None
                book_award(tx, draft, day=day, now=NOW)
            else:
                for entry in tx.ledger.on(person, f"row:{number}"):
                    if entry.reverses is None:
                        reverse_by_hand(tx, entry, reason="reason", author_id=7, now=NOW)

        entries = [entry for person in (1, 2, 3) for entry in tx.ledger.newest(person, most=10_000)]
        totals: Counter[tuple[int, str]] = Counter()
        sums: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
        for entry in entries:
            sums[entry.person_id, f"{entry.day:%Y}"][entry.rule] += entry.points
            for period in ("all", f"{entry.day:%Y}", f"{entry.day:%Y-%m}"):
                totals[entry.person_id, period] += entry.points
        assert {key: tx.ledger.total(*key) for key in totals} == dict(totals)
        for (person, year), by_rule in sums.items():
            kept = {one.rule: one.points for one in tx.ledger.by_rule(person, f"{year}-01", f"{year}-12")}
            assert kept == dict(by_rule)
        assert tx.ledger.unequal() == []

        reversed_ids = {entry.reverses for entry in entries}
        standing = [one for one in entries if one.reverses is None and one.id not in reversed_ids and one.worth > 0]
        for day in {entry.day for entry in entries}:
            for person in (1, 2, 3):
                mine = [one for one in standing if one.person_id == person and one.rule != "by_hand"]
                capped = [(PROGRAMME.points.caps, mine)]
                capped += [(rule.caps, [one for one in mine if one.rule == rule.key]) for rule in RULES]
                for caps, counted in capped:
                    for limit in limits(caps, day):
                        assert sum(one.points for one in counted if limit.first <= one.day <= limit.last) <= limit.most
    finally:
        connection.execute("ROLLBACK")


def test_a_sum_that_went_astray_is_found(connection: sqlite3.Connection) -> None:
    """The check against the entries says whose sum it is, and of which period."""
    connection.execute("BEGIN")
    try:
        tx = Tx(connection, Aftermath())
        credit(tx, 1, "row:1", Happening("here"), day=FIRST, now=NOW)
        connection.execute("UPDATE ledger_totals SET points = points + 1 WHERE period = '2025'")

        assert tx.ledger.unequal() == ["person 1 2025", "steps of 2025"]
    finally:
        connection.execute("ROLLBACK")


def test_what_was_ruled_on_by_hand_is_not_booked_again(connection: sqlite3.Connection) -> None:
    """The evidence is reported once more, becomes another and is the first again: the ruling stands."""
    connection.execute("BEGIN")
    try:
        tx = Tx(connection, Aftermath())
        credit(tx, 1, "row:1", Happening("here", {"place": "1"}), day=FIRST, now=NOW)
        wrong = next(one for one in tx.ledger.on(1, "row:1") if one.rule == "first")
        reverse_by_hand(tx, wrong, reason="second place", author_id=7, now=NOW)

        again = [
            credit(tx, 1, "row:1", what, day=FIRST, now=NOW)
            for what in (Happening("here", {"place": "1"}), None, Happening("here", {"place": "1"}))
        ]

        assert again == [0, -3, 3]
        assert tx.ledger.total(1, "all") == 3
    finally:
        connection.execute("ROLLBACK")
