"""No table that names a person is left out of what a member may have, or of what is removed."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from storage.transaction import Aftermath, Tx

OWN = {"person_id", "user_id"}
"""Columns that say whose row it is."""
AUTHORS = {"author", "author_id", "by_user", "created_by", "closed_by", "decided_by", "opened_by", "host_id"}
AUTHORS |= {"made_by", "noted_by", "sender_id", "confirmed_by", "moved_by", "picked_by", "reported_by", "signed_by"}
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
    "session_lecturers",
    "session_seats",
    "wish_votes",
    "attendance_warnings",
    "work_members",
    "evaluation_tickets",
    "round_places",
    "round_members",
    "round_duties",
    "daily_answers",
    "item_wishes",
    "idea_votes",
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


WRITTEN = """
INSERT INTO units (id, name, path) VALUES (1, '一支部', '一支部');
INSERT INTO people (id, code, name, unit_id, level, title, role, user_id, added_at)
  VALUES (1, 'a1', '王独名', 1, '', '科长', 'member', 7001, 0), (2, 'a2', '李四', 1, '', '', 'organiser', 7002, 0);
INSERT INTO sessions (id, series, topic, title, form, lecturer, place, audience, starts_at, ends_at, state, material, created_at)
  VALUES (1, 'friday', '', '宏观经济', 'lecture', '李四、王独名', '', '{}', 0, 1, 'held', '', 0);
INSERT INTO session_lecturers VALUES (1, 1), (1, 2);
INSERT INTO session_changes (session_id, what, before, after, author_id, at) VALUES (1, 'lecturer', '王独名', '李四、王独名', 7001, 0);
INSERT INTO session_seats (session_id, person_id, state, asked_at) VALUES (1, 1, 'seat', 0);
INSERT INTO wishes (id, title, lecturer, person_id, state, created_at)
  VALUES (1, '私语一', '王独名', 1, 'open', 0), (2, '众人想听', '王独名', 1, 'open', 0);
INSERT INTO wish_votes VALUES (1, 1, 0), (2, 1, 0), (2, 2, 0);
INSERT INTO session_leaves (session_id, person_id, reason, state, asked_at, decided_by, decider)
  VALUES (1, 1, '私语二', 'approved', 0, 7002, '李四'), (1, 2, '开会', 'approved', 0, 7001, '王独名');
INSERT INTO make_ups (session_id, person_id, state, opened_at, due_at, paper, percent, reason, signed_by, signer)
  VALUES (1, 1, 'cleared', 0, 1, '{"a":"私语三"}', 90, '私语四', 7002, '李四'), (1, 2, 'cleared', 0, 1, '', 80, '', 7001, '王独名');
INSERT INTO notes (session_id, person_id, unit_id, body, file_id, day, made_at, changed_at, picked_by, picker)
  VALUES (1, 1, 1, '["私语五"]', '私语照片', '2026-11-20', 0, 0, NULL, ''), (1, 2, 1, '["李四的"]', NULL, '2026-11-20', 0, 0, 7001, '王独名');
INSERT INTO works (id, kind, plan, period, unit_id, author_id, title, phase, stage, opined, version, returned, rating, score, begun_at,
  changed_at, shortlisted, consent) VALUES
  (1, 'essay', '{"by":"person","fields":[{"key":"x","kind":"text"},{"key":"n","kind":"number"}]}', '2026', 1, 1, '私语六', 'accepted', 0,
    '[]', 1, 0, 'good', 900, 0, 0, 0, 'none'),
  (2, 'topic', '{"by":"team","fields":[{"key":"x","kind":"text"}]}', '2026', 1, 2, '李四的课题', 'review', 0, '[7001]', 1, 0, '', NULL,
    0, 0, 0, 'none');
INSERT INTO work_members VALUES (2, 1);
INSERT INTO work_events (work_id, number, at, author, name, kind, body) VALUES
  (1, 0, 0, 7001, '王独名', 'filled', '{"values":{"x":{"text":"私语七","files":[]},"n":{"text":"12","files":[]}}}'),
  (1, 1, 0, 7002, '李四', 'approved', '{"reviewer":7002,"stage":0,"version":1,"rating":"good","score":9}'),
  (2, 0, 0, 7002, '李四', 'joined', '王独名'),
  (2, 1, 0, 7001, '王独名', 'returned', '{"reviewer":7001,"stage":0,"version":1,"to":0,"reason":"写具体","faults":[]}');
INSERT INTO work_reports (work_id, day, value, reported_by, reported_at) VALUES (1, '2026-11-20', '12', 7001, 0);
INSERT INTO evaluations (id, ref, form, body, anonymous, purpose, about, created_by, opened_at) VALUES (1, 'r', 'peer',
  '{"aspects":[{"items":[{"key":"m","kind":"scale"},{"key":"w","kind":"text"}]}]}', 0, 'round', '{}', 7001, 0);
INSERT INTO evaluation_subjects (id, evaluation_id, key, title, person_id) VALUES (1, 1, 'person:1', '王独名', 1), (2, 1, 'person:2', '李四', 2);
INSERT INTO evaluation_tickets VALUES (2, 1, 1, 1);
INSERT INTO evaluation_sheets VALUES (2, 1, 1, '{"w":{"value":"私语八","remark":""}}',
  '{"m":{"value":"4","remark":"私语九"},"w":{"value":"私语十","remark":""}}', 0);
INSERT INTO rounds (id, key, plan, unit_id, nominal, starts_at, state, turn, moved_by, reminder, reading, body, seed, created_at)
  VALUES (1, 'k', 'xjp', 1, '2026-11-16', 0, 'closed', 0, 7001, '', '', '{}', '', 0);
INSERT INTO round_groups (id, round_id, number, state, host_id, host, rung, step, undo, card, words, words_by)
  VALUES (1, 1, 1, 'done', 7001, '王独名', 0, 0, '', 0, '私语总评', '王独名');
INSERT INTO round_members VALUES (1, 1, 1, 1, 1, 'spoke', 0, 0);
INSERT INTO round_comments (round_id, person_id, body, made_at) VALUES (1, 1, '私语点评', 0);
INSERT INTO items (id, source, pool, work, title, measure, unit_id, leader_id, created_by, created_at, state, holder_id, report, version)
  VALUES (1, 's1', 'ten', '', '老旧小区改造', '', 1, 1, 7001, 0, 'held', 1, 'accepted', 1);
INSERT INTO item_steps (item_id, event, body, author, at) VALUES (1, 'Claimed', '{"person":1}', 7001, 0),
  (1, 'ReportReturned', '{"reason":"李四说写具体"}', 7002, 0);
INSERT INTO item_reports (item_id, version, milestone, person_id, text, files, late, handed_in_at)
  VALUES (1, 1, 'end', 1, '私语汇报', '["私语照"]', 0, 0);
INSERT INTO item_drafts VALUES (1, 1, '私语草稿', '[]', 0, '');
INSERT INTO item_wishes VALUES (1, 1, 1, 0);
INSERT INTO item_choices VALUES (1, 1, 1, 7001, 0);
INSERT INTO item_matches (pool, seed, body, made_by, made_at, confirmed_by) VALUES ('ten', 1, '{"given":[[1,1]]}', 7001, 0, 7001);
INSERT INTO ideas (id, source, campaign, person_id, unit_id, text, category, state, reason, made_at)
  VALUES (1, 's1', 'c', 1, 1, '私语金点子', '民生', 'adopted', '', 0), (2, 's2', 'c', 2, 1, '李四的金点子', '', 'submitted', '', 0);
INSERT INTO idea_votes VALUES (1, 2, 0), (2, 1, 0);
INSERT INTO idea_steps (idea_id, event, reason, author, at) VALUES (1, 'submitted', '', 7001, 0), (2, 'declined', '重复', 7001, 0);
INSERT INTO visits (person_id, unit_id, day, duty, text, photo, made_at) VALUES (1, 1, '2026-11-20', '', '私语走访', '私语走访照', 0);
"""
"""王独名 has written something everywhere (私语…), lectured, hosted and signed for others; 李四 has too, and keeps it."""


def test_nothing_that_somebody_wrote_stays_but_every_figure_does(empty_database: Path, tmp_path: Path) -> None:
    """After a removal the name, the account and the own words stand nowhere; rows, marks, ratings, others' words are as before."""
    path = tmp_path / "written.db"
    path.write_bytes(empty_database.read_bytes())
    tables = sorted(columns(path).keys() - {"sqlite_sequence"})
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.row_factory = as_dict
        connection.executescript(WRITTEN)
        before = everything(connection, tables)
        room = Tx(connection, Aftermath()).personal
        handed = room.of(1, 7001)

        room.forget(1, 7001, "王独名", now=datetime(2026, 11, 23, tzinfo=UTC))

        after = everything(connection, tables)

    assert {"items", "item_reports", "item_drafts", "ideas", "idea_votes", "idea_steps"} <= handed.keys()
    assert {"works", "notes", "visits", "make_ups", "evaluation_sheets", "round_comments", "wishes"} <= handed.keys()
    assert [row["kind"] for row in handed["work_events"]] == ["filled", "returned"]
    assert {name: len(rows) for name, rows in after.items()} == {name: len(rows) for name, rows in before.items()}
    left = {name: " ".join(rows) for name, rows in after.items()}
    for trace in ("王独名", "7001", "私语"):
        assert [name for name, rows in left.items() if trace in rows] == []
    for kept, table in KEPT:
        assert kept in left[table]


KEPT = (
    ("李四、#1", "sessions"),
    ("众人想听", "wishes"),
    ("李四的课题", "works"),
    ("'good' 900", "works"),
    ("写具体", "work_events"),
    ('"n":{"text":"12","files":[]}', "work_events"),
    ('{"m": {"value": "4", "remark": ""}}', "evaluation_sheets"),
    (" 90 ", "make_ups"),
    ("'ten' '' '老旧小区改造'", "items"),
    ("李四说写具体", "item_steps"),
    ("'民生' 'adopted'", "ideas"),
    ("李四的金点子", "ideas"),
    ("重复", "idea_steps"),
)
"""What of it stays: other people's names and words, ratings, marks, figures."""


def everything(connection: sqlite3.Connection, tables: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Every row of every table as a line."""
    return {
        name: [
            " ".join(repr(value) for value in row.values())
            for row in connection.execute(f"SELECT * FROM {name}")  # noqa: S608 - the schema's own names
        ]
        for name in tables
    }


def as_dict(cursor: sqlite3.Cursor, row: tuple[object, ...]) -> dict[str, object]:
    """A row by its columns, as the database gives it to rooms."""
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}
