"""Rows as they come out of the database: frozen, typed, with times as aware UTC datetimes.

In the tables a time is an integer count of milliseconds since 1970-01-01 UTC, and a day is text ``YYYY-MM-DD`` in the
zone of the programme, so that the same SQL serves any database.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_ms(at: datetime) -> int:
    """Count the milliseconds from 1970-01-01 UTC to ``at``, rounded down.

    Raises:
        ValueError: ``at`` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    return (at - _EPOCH) // _MILLISECOND


def from_ms(ms: int) -> datetime:
    """Turn stored milliseconds back into an aware UTC datetime."""
    return _EPOCH + timedelta(milliseconds=ms)


def _instant(value: object) -> object:
    return from_ms(value) if isinstance(value, int) else value


Instant = Annotated[datetime, BeforeValidator(_instant), PlainSerializer(to_ms)]
"""A field that is integer milliseconds in the table and an aware UTC datetime in Python."""


class Row(BaseModel):
    """One row of a query, immutable."""

    # Deferred: what checks a row is built when the first one is read, not for all 700 kinds at every start.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @classmethod
    def of(cls, row: object) -> Self:
        """Read one row that a query gave."""
        return cls.model_validate(row)

    @classmethod
    def maybe(cls, row: object | None) -> Self | None:
        """Read one row, or ``None`` if the query found none."""
        return None if row is None else cls.of(row)

    @classmethod
    def all(cls, rows: Iterable[object]) -> tuple[Self, ...]:
        """Read every row, in the order of the query; a row that does not fit leaves no cursor open behind it."""
        # A query's cursor belongs to the thread that opened it. Left half-read, it would be closed by whichever thread
        # happens to collect it.
        return tuple([cls.of(row) for row in list(rows)])


def day(text: str) -> date:
    """Read a stored day."""
    return date.fromisoformat(text)
