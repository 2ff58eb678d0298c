"""Tables, transactions, queries and migrations of Studyhall. Knows rows, not rules.

Open a :class:`Database`, then ``await db.write(work)`` or ``await db.read(work)``, where ``work`` is a plain function of a
:class:`Tx`. SQL lives in ``storage/queries/*.sql``; typed methods on the rooms of a transaction (``tx.inbox``,
``tx.outbox``, ``tx.people`` …) wrap it and return frozen rows.
"""

from storage.database import Database
from storage.errors import CommitFailed, NewerSchema, StorageError
from storage.origin import Arrival, Origin, Turn, handling
from storage.outbox import Rank, View
from storage.rows import Instant, Row, from_ms, to_ms
from storage.transaction import Tx

__all__ = [
    "Arrival",
    "CommitFailed",
    "Database",
    "Instant",
    "NewerSchema",
    "Origin",
    "Rank",
    "Row",
    "StorageError",
    "Turn",
    "Tx",
    "View",
    "from_ms",
    "handling",
    "to_ms",
]
