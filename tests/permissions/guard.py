"""The database as a witness: nothing was changed, or who tried to change something."""

import hashlib

from storage import Tx

CAME_IN = frozenset({"inbox", "users", "groups"})
"""What came in, and who and where it came from: written down for everybody."""


def _tables(tx: Tx) -> list[str]:
    found = tx.connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
    return sorted(row["name"] for row in found if not row["name"].startswith("sqlite") and row["name"] not in CAME_IN)


def digest(tx: Tx) -> str:
    """A number for all that the database holds, but for what came in."""
    found = hashlib.sha256()
    for table in _tables(tx):
        rows = tx.connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - a name of our own
        found.update(repr((table, [tuple(row.values()) for row in rows])).encode())
    return found.hexdigest()


def guard_up(tx: Tx) -> None:
    """Refuse every row from now on, but for refusals: who is let in fails, changes nothing, and is told so.

    The triggers belong to the writer's connection alone and are not in the file.
    """
    one = tx.connection
    if one.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'walk_guard'").fetchone() is None:
        one.execute("CREATE TEMP TABLE walk_guard (up INTEGER)")
        for table in _tables(tx):
            for verb in ("INSERT", "UPDATE", "DELETE"):
                if (table, verb) == ("outbox", "UPDATE"):
                    continue  # delivery notes what has become of the messages that are on their way
                but = "AND NEW.kind <> 'refused' " if (table, verb) == ("outbox", "INSERT") else ""
                one.execute(
                    f"CREATE TEMP TRIGGER walk_{table}_{verb} BEFORE {verb} ON main.{table} "  # noqa: S608
                    f"WHEN EXISTS (SELECT 1 FROM temp.walk_guard) {but}BEGIN SELECT RAISE(ABORT, 'guarded'); END"
                )
    one.execute("INSERT INTO temp.walk_guard VALUES (1)")


def guard_down(tx: Tx) -> None:
    """Let rows be written again."""
    tx.connection.execute("DELETE FROM temp.walk_guard")
