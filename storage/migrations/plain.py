"""Revisions in plain SQL: ``0001_core.py`` carries out ``0001_core.sql`` beside it."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from alembic import op


def sql_beside(python_file: str) -> Callable[[], None]:
    """Make the ``upgrade`` of a revision: every statement of the ``.sql`` file with the same name."""
    path = Path(python_file).with_suffix(".sql")

    def upgrade() -> None:
        for statement in statements(path.read_text(encoding="utf-8")):
            op.execute(statement)

    return upgrade


def statements(script: str) -> list[str]:
    """Split a script into its statements."""
    found, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            found.append(current.strip())
            current = ""
    return found


def downgrade_refused() -> None:
    """Refuse to go back: the way back is the backup that is taken before a migration.

    Raises:
        RuntimeError: always.
    """
    raise RuntimeError("restore the backup that was taken before the migration")
