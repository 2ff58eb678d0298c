"""Many rows in one statement.

A statement lets go of the interpreter's lock and has to get it back, and while the event loop is busy that is what it
mostly waits for: a hundred rows in one statement wait once instead of a hundred times.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Final

_LARGEST: Final = 64
"""Rows in one statement. With sizes of powers of two there are seven texts of it at the most, and they stay prepared."""
_LIST: Final = re.compile(r"\b(VALUES|IN)\s*\(([^()]*)\)")
_NAME: Final = re.compile(r":\w+")


def run_many(connection: sqlite3.Connection, sql: str, rows: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
    """Run a statement for many rows, as few times as may be; gives whatever it returns.

    ``sql`` is written for one row: its ``VALUES (:a, :b)`` is repeated for each, or its ``IN (:a)`` gets longer. The values
    of a row come in the order in which the statement names them.
    """
    done = 0
    while done < len(rows):
        size = min(_LARGEST, 1 << (len(rows) - done).bit_length() - 1)
        part = rows[done : done + size]
        yield from connection.execute(_spread(sql, size), tuple(chain.from_iterable(part))).fetchall()
        done += size


@lru_cache(64)
def _spread(sql: str, count: int) -> str:
    def repeated(found: re.Match[str]) -> str:
        one = _NAME.sub("?", found[2])
        return (
            f"VALUES {', '.join([f'({one})'] * count)}" if found[1] == "VALUES" else f"IN ({', '.join([one] * count)})"
        )

    spread, times = _LIST.subn(repeated, sql)
    if times != 1 or _NAME.search(spread):
        raise ValueError(f"one list of values and no other names are needed: {sql}")
    return spread
