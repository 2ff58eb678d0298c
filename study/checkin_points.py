"""What the register of check-ins means for the ledger: each line, and the days in a row.

Every line is written through :func:`enter`, so a correction of the register corrects the points in the same transaction.
"""

from datetime import date, datetime

from storage import Tx
from storage.checkins import Cause, Line
from study.checkin_rules import HERE, streak
from study.ledger import Happening, credit
from study.programme import programme_in_force

STREAK = "checkin.streak"
_EVERY = (5, 7, 10, 20, 30)
"""A rule may ask for every so many days in a row: ``where = {every_5 = "yes"}``."""


def enter(
    tx: Tx,
    line: Line,
    *,
    cause: Cause,
    now: datetime,
    author_id: int | None = None,
    author: str = "",
    reason: str = "",
) -> None:
    """Put a line in the register, and let the ledger say what it amounts to."""
    tx.checkins.write(line, cause=cause, now=now, author_id=author_id, author=author, reason=reason)
    what = Happening(f"checkin.{line.status.value}")
    by_person = author_id if cause is Cause.MARK else None
    credit(
        tx,
        line.person_id,
        f"checkin:{line.day}",
        what,
        day=line.day,
        now=now,
        reason=reason if cause is Cause.MARK else "",
        author_id=by_person,
    )
    if any(rule.on == STREAK for rule in programme_in_force(tx).points.rules):
        _book_streaks(tx, line.person_id, line.day, now=now)


def _book_streaks(tx: Tx, person_id: int, since: date, *, now: datetime) -> None:
    """The days in a row as they are now, on this day and on every later one: a correction changes those too."""
    statuses = [(one.day, one.status.value) for one in tx.checkins.statuses_since(person_id, since)]
    before = [one.status.value for one in tx.checkins.statuses(person_id, before=since, limit=_LONGEST)]
    for day, status in statuses:
        days = streak(before, status)
        what = None
        if status in HERE and days:
            fits = {f"every_{every}": "yes" for every in _EVERY if days % every == 0}
            what = Happening(STREAK, {"days": str(days), **fits})
        credit(tx, person_id, f"checkin_streak:{day}", what, day=day, now=now)
        before.insert(0, status)


_LONGEST = 1000
"""Days of register that a streak is counted back over."""
