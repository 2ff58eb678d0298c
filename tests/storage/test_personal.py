"""No table that names a person is left out of what a member may have, or of what is removed."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from storage.database import Aftermath, Tx

OWN = {"person_id", "user_id"}
"""Columns that say whose row it is."""
AUTHORS = {"author", "author_id", "by_user", "created_by", "closed_by", "decided_by", "opened_by", "host_id"}
AUTHORS |= {"made_by", "noted_by", "sender_id"}
"""Columns that name somebody who did something to others."""
FIGURES = {
    "checkins",
    "material_reads",
    "material_answers",
    "exam_people",
    "exam_papers",
    "exam_answers",
    "attendances",
    "ledger_sums",
    "ledger_totals",
}
"""What stays of somebody as it is: their id on the roster, days, marks and points; no name, no text."""


def columns(path: Path) -> Mapping[str, set[str]]:
    """The columns of every table."""
    with sqlite3.connect(path) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: {row[1] for row in connection.execute(f"PRAGMA table_info({name})")} for name in names}


def test_every_table_that_names_a_person_is_handed_over_and_forgotten(empty_database: Path) -> None:
    """A new table with ``person_id`` or ``user_id`` needs its query; one with an author its statement too."""
    tables = columns(empty_database)
    with sqlite3.connect(empty_database) as connection:
        room = Tx(connection, Aftermath()).personal
        covered, forgotten = set(room.tables()), set(room.forgotten_tables())

    own = {name for name, found in tables.items() if found & OWN}
    authored = {name for name, found in tables.items() if found & AUTHORS}

    assert sorted(own - covered) == []
    assert sorted((own | authored) - forgotten - FIGURES) == []
    assert sorted((covered | forgotten) - tables.keys() - {"reviewers"}) == []


def test_every_query_of_personal_data_runs(empty_database: Path) -> None:
    """Each names tables and columns that there are."""
    with sqlite3.connect(empty_database, isolation_level=None) as connection:
        connection.execute("BEGIN")
        room = Tx(connection, Aftermath()).personal

        assert room.of(1, 1) == {}
        for table in room.forgotten_tables():
            given = {"person_id": 1, "user_id": 1, "nobody": -1, "name": "", "label": "#1", "code": "x", "now": 0}
            getattr(room._sql, f"forget_{table}")(connection, **given)
        connection.execute("ROLLBACK")
