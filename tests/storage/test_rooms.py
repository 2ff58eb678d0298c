"""Outbox and alarms as rows; the schema and its revisions."""

import re
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import Database, schema
from storage.errors import NewerSchema, NotADatabase
from storage.outbox import Rank, State
from study.notes import Note

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


async def test_newer_content_overtakes_what_waits(database: Database) -> None:
    """An edit of a message that still waits costs no call of its own; the higher rank holds."""
    row_id = await database.write(lambda tx: tx.outbox.say(1, Note(text="一"), now=NOON, ref="r", rank=Rank.PUSH))

    edited = await database.write(lambda tx: tx.outbox.edit("r", Note(text="二"), now=NOON, rank=Rank.CONTEST))
    row = await database.write(lambda tx: tx.outbox.claim(row_id))

    assert edited
    assert row is not None
    assert "二" in row.body
    assert row.rank is Rank.CONTEST
    assert await database.read(lambda tx: tx.outbox.pending()) == 1


async def test_row_is_claimed_once_and_finished(database: Database) -> None:
    """Only one claims a row; what was sent is found by its ref, given back it waits again."""
    row_id = await database.write(lambda tx: tx.outbox.say(1, Note(text="一"), now=NOON, ref="r"))
    row = await database.write(lambda tx: tx.outbox.claim(row_id))
    again = await database.write(lambda tx: tx.outbox.claim(row_id))
    await database.write(lambda tx: tx.outbox.give_back(row_id))
    row = await database.write(lambda tx: tx.outbox.claim(row_id))
    assert row is not None
    await database.write(lambda tx: tx.outbox.finish(row, State.SENT, now=NOON, message_id=5))

    message = await database.read(lambda tx: tx.outbox.message("r"))

    assert again is None
    assert message is not None
    assert message.message_id == 5
    assert await database.read(lambda tx: tx.outbox.pending()) == 0


async def test_edit_of_what_is_unknown_is_refused(database: Database) -> None:
    """There is neither such a message nor one on its way."""
    assert not await database.write(lambda tx: tx.outbox.edit("nothing", Note(text="x"), now=NOON))


async def test_alarm_is_planned_once_for_ever(database: Database) -> None:
    """Planning it again, even after it was dealt with, changes nothing; a missed one is known as missed."""
    first = await database.write(lambda tx: tx.alarms.set("k", "1", NOON))
    second = await database.write(lambda tx: tx.alarms.set("k", "1", NOON + timedelta(days=1)))
    (alarm,) = await database.read(lambda tx: tx.alarms.waiting())
    await database.write(lambda tx: tx.alarms.done(alarm.id))
    third = await database.write(lambda tx: tx.alarms.set("k", "1", NOON))
    await database.write(lambda tx: tx.alarms.missed(alarm.id))
    state = await database.read(lambda tx: tx.connection.execute("SELECT state FROM alarms").fetchone()["state"])

    assert (first, second, third) == (True, False, False)
    assert alarm.due_at == NOON
    assert state == "missed"


def test_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    """Nothing is changed in a file that a newer program wrote."""
    path = tmp_path / "new.db"
    schema.upgrade(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(NewerSchema):
        schema.upgrade(path)


def test_other_files_are_refused(tmp_path: Path) -> None:
    """A text, or a database of another program, is not taken for ours."""
    (tmp_path / "text.db").write_text("no database at all, whatever the name says" * 50)
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection, connection:
        connection.execute("CREATE TABLE theirs (x)")

    for name in ("text.db", "other.db"):
        with pytest.raises(NotADatabase):
            schema.upgrade(tmp_path / name)


def test_upgrade_takes_a_backup_first(tmp_path: Path) -> None:
    """A database at an older revision is copied before it is migrated; at the newest nothing is done."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(
            "CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('0001');"
        )
        connection.executescript((Path(schema.__file__).parent / "migrations/versions/0001_core.sql").read_text())

    backup = schema.upgrade(path)

    assert backup is not None
    assert schema.revision_of(backup) == "0001"
    assert schema.revision_of(path) == schema.newest()
    assert schema.upgrade(path) is None


def test_names_of_queries_are_unique() -> None:
    """Of two queries with one name the last would silently stand for both."""
    texts = [path.read_text(encoding="utf-8") for path in (Path(schema.__file__).parent / "queries").glob("*.sql")]

    names = Counter(name for text in texts for name in re.findall(r"^--\s*name:\s*(\w+)", text, re.MULTILINE))

    assert len(names) > 500
    assert [name for name, times in names.items() if times > 1] == []


def test_revisions_form_one_chain() -> None:
    """Each revision follows the one before it by number."""
    from importlib import import_module

    names = sorted(path.stem for path in (Path(schema.__file__).parent / "migrations/versions").glob("[0-9]*.py"))
    modules = [import_module(f"storage.migrations.versions.{name}") for name in names]

    assert [module.revision for module in modules] == [name.split("_")[0] for name in names]
    assert [module.down_revision for module in modules] == [None, *(module.revision for module in modules[:-1])]
