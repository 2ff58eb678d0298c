"""Notes inside a transaction: between their rows, the programme's template and what is shown."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

from storage import Tx
from storage.notes import NoteRow
from storage.sessions import Session
from study.attendance_book import facts_of, session_of
from study.errors import Expired, SwitchedOff
from study.note_views import NoteFacts, NoteLine
from study.programme import programme_in_force
from study.programme.notes import NoteField, NoteForm


def form_of(tx: Tx) -> NoteForm:
    """The template of the programme in force.

    Raises:
        SwitchedOff: it has none.
    """
    form = programme_in_force(tx).notes
    if not form.is_on:
        raise SwitchedOff()
    return form


def note_of(tx: Tx, note_id: int) -> NoteRow:
    """A note.

    Raises:
        Expired: there is none.
    """
    note = tx.notes.get(note_id)
    if note is None:
        raise Expired()
    return note


def filled(field: NoteField, session: Session, zone: ZoneInfo) -> NoteLine:
    """A field that the session itself fills in."""
    at = session.starts_at.astimezone(zone)
    words = {
        "time": f"{at:%Y-%m-%d %H:%M}",
        "place": session.place,
        "lecturer": session.lecturer,
        "title": session.title,
    }
    return NoteLine(title=dict(field.title.root), text=words[field.fill or "title"])


def body_of(lines: tuple[NoteLine, ...]) -> str:
    """A note's lines as they are kept."""
    return json.dumps([line.model_dump() for line in lines], ensure_ascii=False)


def facts(tx: Tx, note: NoteRow) -> NoteFacts:
    """A note as it is shown."""
    person = tx.people.person(note.person_id)
    return NoteFacts(
        id=note.id,
        session=facts_of(session_of(tx, note.session_id)),
        name="" if person is None else person.name,
        unit="" if person is None else person.unit,
        lines=tuple(NoteLine.model_validate(line) for line in json.loads(note.body)),
        file_id=note.file_id,
        made_at=note.made_at,
        picked=note.picked_at is not None,
    )


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a day's month."""
    after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return day.replace(day=1), date.fromordinal(after.toordinal() - 1)


def written_by(tx: Tx, person_id: int, first: date, last: date) -> int:
    """How many notes somebody made in some days."""
    return sum(note.person_id == person_id for note in tx.notes.between(first, last))


def is_open(form: NoteForm, session: Session, now: datetime) -> bool:
    """Whether a note on a session is taken: it has begun, and not too many days ago."""
    return session.starts_at <= now and (now - session.starts_at).days < form.days
