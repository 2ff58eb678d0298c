"""The write-ahead log is torn by a power cut: what was committed before is there, half a transaction is not."""

import asyncio
import shutil
from pathlib import Path

import pytest

from storage import Database, schema
from storage.errors import Damaged, NotADatabase
from tests.cli.desk import Desk
from tests.faults.disk import damaged

_FRAME = 24 + 4096
"""https://www.sqlite.org/fileformat.html#the_write_ahead_log: a frame's header, and a page."""
_NOTES = 6


async def torn(folder: Path, empty: Path, tear: object) -> tuple[list[str], str]:
    """Write notes one transaction each, take the files as a power cut would leave them, tear the log, open it again.

    Returns the notes that are there, and what SQLite says of the whole.
    """
    running, left = folder / "running.db", folder / "left.db"
    shutil.copy(empty, running)
    database = Database(running)
    await database.open()
    for number in range(_NOTES):
        await database.write(lambda tx, number=number: tx.meta.put(f"note {number}", "x" * 100))  # type: ignore[misc]
    shutil.copy(running, left)
    log = folder / "left.db-wal"
    shutil.copy(folder / "running.db-wal", log)
    await database.close()

    tear(log)  # type: ignore[operator]
    schema.upgrade(left)
    database = Database(left)
    await database.open()
    try:
        found = [
            f"note {number}"
            for number in range(_NOTES)
            if await database.read(lambda tx, number=number: tx.meta.get(f"note {number}"))  # type: ignore[misc]
        ]
        await database.probe()
        whole = await database.read(lambda tx: tx.connection.execute("PRAGMA integrity_check").fetchone())
    finally:
        await database.close()
    return found, whole["integrity_check"]


def half_a_frame_more(log: Path) -> None:
    """The power went while the next transaction was being written."""
    with log.open("ab") as file:
        file.write(b"\x5a" * (_FRAME // 2))


def last_frame_in_half(log: Path) -> None:
    """The last transaction did not reach the disk whole."""
    size = log.stat().st_size
    with log.open("r+b") as file:
        file.truncate(size - _FRAME // 2)


def last_frame_garbled(log: Path) -> None:
    """Its bytes are there, and are not what was written."""
    with log.open("r+b") as file:
        file.seek(-_FRAME // 2, 2)
        file.write(b"\xff" * 200)


@pytest.mark.parametrize(
    ("tear", "kept"), [(half_a_frame_more, _NOTES), (last_frame_in_half, _NOTES - 1), (last_frame_garbled, _NOTES - 1)]
)
async def test_torn_log_keeps_all_that_was_committed_before(
    tmp_path: Path, empty_database: Path, tear: object, kept: int
) -> None:
    """Exactly the transactions before the tear, each as a whole; and it can be written to again."""
    notes, whole = await torn(tmp_path, empty_database, tear)

    assert notes == [f"note {number}" for number in range(kept)]
    assert whole == "ok"


async def test_garbled_middle_of_the_log_keeps_a_beginning(tmp_path: Path, empty_database: Path) -> None:
    """Worse than a power cut: what comes after the bad place is not trusted, what comes before is."""

    def garble(log: Path) -> None:
        with log.open("r+b") as file:
            file.seek(log.stat().st_size // 2)
            file.write(b"\xff" * 64)

    notes, whole = await torn(tmp_path, empty_database, garble)

    assert notes == [f"note {number}" for number in range(len(notes))]
    assert 0 < len(notes) < _NOTES
    assert whole == "ok"


def test_damaged_file_is_told_from_another_kind_of_file(tmp_path: Path, empty_database: Path) -> None:
    """One was ours and needs a backup, the other was never ours."""
    ours, other = tmp_path / "damaged.db", tmp_path / "other.db"
    damaged(ours, empty_database, 100, 8092)
    other.write_text("姓名,单位\n" * 500, encoding="utf-8")

    with pytest.raises(Damaged):
        schema.revision_of(ours)
    with pytest.raises(NotADatabase) as found:
        schema.revision_of(other)

    assert type(found.value) is NotADatabase


async def test_damaged_database_is_refused_with_the_way_out(desk: Desk, empty_database: Path) -> None:
    """One sentence: what is wrong, and which command puts a backup in its place."""
    content = damaged(desk.database, empty_database, 100, 8092)

    check = await desk.here("check")
    backup = await desk.here("backup", "copy.db")

    assert (check.status, backup.status) == (1, 1)
    line = " ".join(backup.err)
    assert "已损坏" in line
    assert "studyhall restore" in line
    assert any("已损坏" in line for line in check.err + check.out)
    assert await asyncio.to_thread(desk.database.read_bytes) == content
