"""What reports count: for each source the rows behind a figure, and what these very rows come to.

A source is a query ``report_<source>`` of ``storage/queries/reports.sql`` with the columns of :class:`Line`. Sums are taken over
that query and never by a second one, so a figure and the rows behind it cannot disagree.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from storage.rows import Instant, Row

SHARED = frozenset({"session_held"})
"""Sources whose rows may belong to several units and count once."""


@dataclass(frozen=True, slots=True)
class Window:
    """From ``first`` to ``last`` (days, both included), which are the moments from ``begin`` up to ``end``.

    ``upto`` is the newest entry of the points that is seen, ``now`` the moment of counting.
    """

    first: date
    last: date
    begin: datetime
    end: datetime
    upto: int
    now: datetime


class Sum(NamedTuple):
    """What the rows of a unit and a subject (a person, or the row itself) come to in a part."""

    unit_id: int | None
    subject: int | str | None
    part: str
    rows: int
    total: int


@dataclass(frozen=True, slots=True)
class Done:
    """How many of something (``what``, ``part``) a person has come to."""

    person_id: int
    what: str
    part: str
    n: int


class Line(Row):
    """One row behind a figure: its table and id there, when, who and what; ``amount`` is what it counts for."""

    source: str
    row_id: str
    day: date | None
    at: Instant | None
    person_id: int | None
    name: str | None
    part: str
    what: str
    amount: int


class Reports:
    """Rows and sums of every source."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def newest_entry(self) -> int:
        """The newest entry of the points."""
        return int(self._sql.report_newest_entry(self._connection))

    def sums(self, source: str, window: Window, *, people: bool = True, path: str = "") -> Sequence[Sum]:
        """What the rows of a source come to, by unit, subject and part; without ``people`` the subject is left out.

        (Where rows count once for several units, the subject is the row and always there.) ``path``: only the rows of this
        unit and of those below it.
        """
        by_person = self._sql.report_sums if people else self._sql.report_unit_sums
        frame = self._sql.report_sums_of_rows if source in SHARED else by_person
        sums: str = frame.sql
        if path:
            sums = sums.replace("{rows}", self._sql.report_within.sql.rstrip().rstrip(";"))
        return self._summed(self._over(sums, source), {**_params(window), "path": path})

    def own_sums(self, source: str, window: Window, person_id: int) -> Sequence[Sum]:
        """The same for the rows of one person."""
        given = {**_params(window), "person_id": person_id}
        return self._summed(self._over(self._sql.report_own_sums.sql, source), given)

    def lines(
        self, source: str, window: Window, *, path: str, parts: Sequence[str] = (), most: int, after: int = 0
    ) -> Sequence[Line]:
        """The rows of a source in order, of a unit and those below it, of one or two parts if they are named."""
        given = {
            **_params(window),
            "path": path,
            "every": int(not parts),
            "part": parts[0] if parts else "",
            "other_part": parts[-1] if parts else "",
            "most": most,
            "after": after,
        }
        found = self._connection.execute(self._over(self._sql.report_lines.sql, source), given)
        return Line.all(found.fetchall())

    def done(self, window: Window) -> Iterator[Done]:
        """What quotas count, of everybody: works, tasks, sessions attended or spoken in."""
        for query in (self._sql.report_quota_sessions, self._sql.report_quota_works, self._sql.report_quota_tasks):
            for row in list(query(self._connection, **_params(window))):
                yield Done(row["person_id"], row["what"], row["part"], row["n"])

    def lectured(self, window: Window) -> Mapping[tuple[str, str], int]:
        """How many held sessions name a lecturer, by name and series."""
        rows = self._sql.report_lectured(self._connection, begin=window.begin, end=window.end)
        return {(row["name"], row["part"]): row["n"] for row in rows}

    def _summed(self, statement: str, given: Mapping[str, Any]) -> Sequence[Sum]:
        cursor = self._connection.cursor()
        # A dict a row, which the connection would make, takes longer than all the rest.
        cursor.row_factory = None
        return list(map(Sum._make, cursor.execute(statement, given)))

    def _over(self, frame: str, source: str) -> str:
        rows: str = getattr(self._sql, f"report_{source}").sql
        return frame.replace("{rows}", rows.rstrip().rstrip(";"))


def _params(window: Window) -> dict[str, Any]:
    return {
        "first": window.first,
        "last": window.last,
        "begin": window.begin,
        "end": window.end,
        "upto": window.upto,
        "now": window.now,
    }
