"""Changing a session: what is other than before, who is told, what follows for alarms and points. Within a transaction."""

from datetime import datetime

from storage import Tx
from storage.sessions import Session, SessionState
from study.attendance_book import credit_attendances
from study.errors import StudyError
from study.session_book import SessionSettings, credit_lecturers, credit_speeches, link_lecturers, set_alarms
from study.session_views import Change

_TOLD = ("time", "place", "lecturer", "title", "material")
"""What those concerned have to hear of."""


class SessionSettled(StudyError):
    """It is held or cancelled, so this cannot be changed any more."""

    code = "session_settled"


class SessionHasRegister(StudyError):
    """People were there by its register, so it was held."""

    code = "session_has_register"


def change(
    tx: Tx, session: Session, settings: SessionSettings, *, by: int | None, now: datetime, **fields: object
) -> tuple[Change, ...]:
    """Give a session other values; returns what of it those concerned have to hear.

    A held session keeps its time; a cancelled one cannot be changed.

    Raises:
        SessionSettled: see above.
    """
    after = session.model_copy(update=fields)
    if after == session:
        return ()
    moved = (after.starts_at, after.ends_at) != (session.starts_at, session.ends_at)
    if session.state is SessionState.CANCELLED or (moved and session.state is not SessionState.PLANNED):
        raise SessionSettled()
    tx.sessions.change(after)
    changes = _changes(session, after, settings)
    for one in changes:
        tx.sessions.note_change(session.id, one.what, one.before, one.after, by=by, now=now)
    if after.lecturer != session.lecturer or about_changed(session, after):
        before = tx.sessions.lecturers(session.id)
        if after.lecturer != session.lecturer:
            link_lecturers(tx, session.id, after.lecturer)
        if after.state is SessionState.HELD:
            credit_lecturers(tx, after, settings, before=before, now=now)
            credit_speeches(tx, after, settings, now=now)
            credit_attendances(tx, after, zone=settings.zone, now=now)
    if moved:
        set_alarms(tx, after, settings, now=now)
    return tuple(one for one in changes if one.what in _TOLD)


def about_changed(before: Session, after: Session) -> bool:
    """Whether points may be about it in another way now."""
    return (before.series, before.topic, before.form) != (after.series, after.topic, after.form)


def cancel(tx: Tx, session: Session, reason: str, settings: SessionSettings, *, by: int | None, now: datetime) -> None:
    """A session does not take place, or did not although its time is over; points for its lecturers are taken back. A wish
    that it fulfilled is on the menu again.

    Raises:
        SessionSettled: it was cancelled already.
        SessionHasRegister: somebody attended it, or spoke in it.
    """
    if session.state is SessionState.CANCELLED:
        raise SessionSettled()
    if tx.sessions.present(session.id) or any(one.confirmed_by for one in tx.sessions.speeches(session.id)):
        raise SessionHasRegister()
    tx.sessions.set_state(session.id, SessionState.CANCELLED, reason)
    tx.menu.reopen(session.id)
    tx.sessions.note_change(session.id, "cancelled", "", reason, by=by, now=now)
    credit_lecturers(tx, session.model_copy(update={"state": SessionState.CANCELLED}), settings, now=now)


def _changes(before: Session, after: Session, settings: SessionSettings) -> tuple[Change, ...]:
    found = []
    if (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at):
        found.append(Change(what="time", before=_span(before, settings), after=_span(after, settings)))
    names = ("place", "lecturer", "title", "material", "series", "topic", "form")
    found += [
        Change(what=name, before=getattr(before, name), after=getattr(after, name))
        for name in names
        if getattr(before, name) != getattr(after, name)
    ]
    return tuple(found)


def _span(session: Session, settings: SessionSettings) -> str:
    start, end = session.starts_at.astimezone(settings.zone), session.ends_at.astimezone(settings.zone)
    return f"{start:%Y-%m-%d %H:%M}-{end:%H:%M}"
