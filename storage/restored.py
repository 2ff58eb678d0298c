"""What a backup has to know about itself: when it was taken, and, once it is in use again, that time has passed since.

A database that was put back knows nothing of what was done after the copy. So nothing that waited in it to be sent is
sent blindly: most of it has arrived long ago.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from storage.rows import from_ms, to_ms

TAKEN = "backup_taken"
RESTORED = "backup_restored"

_NOTE = "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
_DOUBT = "UPDATE outbox SET state = 'sending' WHERE state = 'pending' AND action = 'send'"


def mark_taken(copy: Path, now: datetime) -> None:
    """Note in a copy when it was taken."""
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute(_NOTE, (TAKEN, str(to_ms(now))))


def mark_restored(copy: Path, now: datetime) -> None:
    """Note in a copy that it is being put back.

    What waited to be sent counts as interrupted on its way: the next start notes it as unknown, and whoever waits for it
    (a contest for its question, a broadcast for its result) hears so.
    """
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute(_NOTE, (RESTORED, str(to_ms(now))))
        connection.execute(_DOUBT)


def moment_of(value: str | None) -> datetime | None:
    """A time that is noted among the facts, if it is."""
    return None if value is None else from_ms(int(value))
