"""The programme in force, as it was applied last."""

from collections.abc import Iterator
from functools import lru_cache

from storage import Tx
from study.programme.whole import Programme

_NONE = Programme.model_construct()


def programme_in_force(tx: Tx) -> Programme:
    """What was applied last; an empty programme if nothing was."""
    row = tx.programmes.newest()
    return _NONE if row is None else _parsed(row.id, row.body)


def programmes_ever(tx: Tx) -> Iterator[Programme]:
    """Everything that was ever applied, the newest first; read one after the other."""
    row = tx.programmes.newest()
    while row is not None:
        yield _parsed(row.id, row.body)
        row = tx.programmes.before(row.id)


@lru_cache(maxsize=8)
def _parsed(_row_id: int, body: str) -> Programme:
    return Programme.model_validate_json(body)
