"""Bring a database file to the schema that this program needs, with a backup taken first.

Alembic (and the SQLAlchemy below it) is imported only when something has to be done: it costs more than the rest of the
start.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from storage.errors import Damaged, NewerSchema, NotADatabase

_MAGIC = b"SQLite format 3\x00"
"""https://www.sqlite.org/fileformat.html#the_database_header"""
_MIGRATIONS = Path(__file__).parent / "migrations"
_OWNER_ALONE = 0o600
"""What people wrote is for nobody else on the machine. SQLite gives the files that it keeps beside it the same rights."""


@cache
def newest() -> str:
    """The revision that this program needs, by the names of the files."""
    return max(path.name.split("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def revision_of(path: Path) -> str | None:
    """The revision that a database file is at, ``None`` for a new or missing one.

    Raises:
        NotADatabase: the file is something else.
        Damaged: it is a database that cannot be read any more.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "alembic_version" in tables:
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
                return None if row is None else str(row[0])
    except sqlite3.DatabaseError as error:
        kind = Damaged if _is_sqlite(path) else NotADatabase
        raise kind(path=str(path), reason=str(error)) from error
    if tables:
        raise NotADatabase(path=str(path), reason="tables of another program")
    return None


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def upgrade(path: Path) -> Path | None:
    """Create or migrate a database; returns the backup that was taken first, if there was anything to lose.

    Raises:
        NewerSchema: a newer version of the program wrote it.
        NotADatabase: the file is something else.
    """
    at = revision_of(path)
    if at == newest():
        return None
    if at is not None:
        refuse_newer(path, at)
    path.parent.mkdir(parents=True, exist_ok=True)
    backup = None
    if at is not None:
        backup = path.with_name(f"{path.name}.{at}.{datetime.now(UTC):%Y%m%dT%H%M%S}.bak")
        copy(path, backup)
    path.touch(mode=_OWNER_ALONE)
    _migrate(path)
    return backup


def refuse_newer(path: Path, revision: str) -> None:
    """Let only what we know pass.

    Raises:
        NewerSchema: a newer version of the program wrote it.
    """
    if revision > newest():
        raise NewerSchema(path=str(path), found=revision, known=newest())


def copy(source: Path, target: Path) -> None:
    """Copy a database, also while it is in use, into a file that opens by itself and that its owner alone may read."""
    target.touch(mode=_OWNER_ALONE)
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")


def _migrate(path: Path) -> None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()
