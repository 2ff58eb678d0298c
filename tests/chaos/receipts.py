"""What somebody was told that it is taken in, and the row that has to be there for it from then on."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

UPDATE: Final = "updates that Telegram was told are ours"


@dataclass
class Receipt:
    """``seen`` says whether it was told already; then exactly one row is found by ``query``.

    ``query`` counts. ``sooner`` is whether the row was looked for right after a kill, not at the end alone.
    """

    kind: str
    what: str
    seen: Callable[[], bool]
    query: str
    values: tuple[object, ...] = ()
    sooner: bool = field(default=False, init=False)

    def wrong(self, connection: sqlite3.Connection) -> str | None:
        """What is wrong with it, if it was told at all."""
        if not self.seen():
            return None
        (count,) = connection.execute(self.query, self.values).fetchone()
        return None if count == 1 else f"{self.kind}: {self.what} was told, and is there {count} times"
