"""Warnings: absent too often in a row, or there too rarely; once for each threshold and period."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage import Rank, Tx
from storage.people import Person
from storage.sessions import Session
from study.calendar import day_of, moment
from study.programme import programme_in_force
from study.programme.rollcall import Threshold
from study.rollcall_rules import absent_in_a_row, period_of, rate
from study.rollcall_views import AttendanceWarning, Warned

_A_ROW = timedelta(days=366)
"""How far back a row of absences is looked for."""


def warn_of(tx: Tx, person: Person, session: Session, zone: ZoneInfo, *, now: datetime) -> tuple[Warned, ...]:
    """Warn somebody who has just missed a session of every threshold that they reach with it; returns the new warnings."""
    found = []
    for threshold in programme_in_force(tx).rollcall.warnings:
        period = period_of(day_of(session.starts_at, zone), threshold.period)[0]
        warned = _reached(tx, threshold, person, session, zone)
        if warned is not None and tx.attendance.warn(person.id, threshold.key, period, now=now):
            found.append(warned)
            if person.user_id is not None:
                tx.outbox.say(person.user_id, AttendanceWarning(warned=warned), now=now, rank=Rank.PUSH)
    return tuple(found)


def _reached(tx: Tx, threshold: Threshold, person: Person, session: Session, zone: ZoneInfo) -> Warned | None:
    if threshold.absent_in_a_row is not None:
        until = session.starts_at + timedelta(milliseconds=1)
        history = tx.attendance.history(person.id, session.starts_at - _A_ROW, until)
        row = absent_in_a_row([one.status.value for one in history])
        return Warned(name=person.name, unit=person.unit, row=row) if row >= threshold.absent_in_a_row else None
    assert threshold.rate_below is not None
    name, first, end = period_of(day_of(session.starts_at, zone), threshold.period)
    statuses = [
        one.status.value
        for one in tx.attendance.history(person.id, moment(first, time(), zone), moment(end, time(), zone))
    ]
    came, expected = rate(statuses)
    if expected < threshold.least or came * 100 >= threshold.rate_below * expected:
        return None
    return Warned(
        name=person.name, unit=person.unit, came=came, expected=expected, leave=statuses.count("leave"), period=name
    )
