"""Writing a note: the template asked for field by field, or a photo of the handwritten page."""

from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

from storage import Database, Tx
from storage.sessions import Session, SessionState
from study.access import access_of
from study.attendance_book import about, facts_of, is_meant, session_of
from study.calendar import day_of
from study.content import Content
from study.errors import Expired, TooLong
from study.ledger import Happening, credit
from study.note_book import body_of, facts, filled, form_of, is_open, month_of, note_of, written_by
from study.note_errors import NoteClosed, NotePhotoOnly, NotePicked
from study.note_views import NoteAsked, NoteChoice, NoteDesk, NoteKept, NoteLine
from study.programme.notes import NoteForm
from study.rollcall_cards import Office
from study.rollcall_errors import RollCallOthers
from study.submission import length_of

NOTE_TOPIC = "notes.write"
FIELD_LIMIT = 2000
_LISTED = 12


class Writing(BaseModel):
    """How far somebody has come: the answers to the fields that are asked for, in order."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    session: int
    answers: tuple[str, ...] = ()


class NoteWriting:
    """The members' side of notes."""

    def __init__(self, database: Database, office: Office) -> None:
        self._database, self._office = database, office

    async def desk(self, user_id: int, *, now: datetime) -> None:
        """Say how many notes somebody has written, and offer the sessions on which one can be written.

        Raises:
            SwitchedOff, NotOnRoster.
        """

        def work(tx: Tx) -> None:
            form = form_of(tx)
            access = access_of(tx, user_id, self._office.admins)
            today = day_of(now, self._office.zone)
            units = access.units(tx)
            notes = tx.notes.between(today - timedelta(days=31), today)
            own: tuple[NoteChoice, ...] = ()
            month = year = 0
            person = access.person if access.is_admin else access.member()
            if person is not None:
                own = self._choices(tx, form, person.id, user_id, now)
                month = written_by(tx, person.id, *month_of(today))
                year = written_by(tx, person.id, today.replace(month=1, day=1), today)
            view = NoteDesk(
                this_month=month,
                this_year=year,
                choices=own,
                organiser=bool(units),
                to_look_at=sum(note.unit_id in units and note.picked_at is None for note in notes),
            )
            tx.outbox.say(user_id, view, now=now)

        await self._database.write(work)

    async def begin(self, user_id: int, session_id: int, *, now: datetime) -> None:
        """Begin a note on a session: the first field is asked for.

        Raises:
            SwitchedOff, NotOnRoster, Expired, RollCallOthers, NoteClosed, NotePicked.
        """

        def work(tx: Tx) -> None:
            form, session = form_of(tx), session_of(tx, session_id)
            self._must_be_open(tx, form, session, user_id, now)
            self._ask(tx, user_id, form, session, Writing(session=session_id), now=now)

        await self._database.write(work)

    async def write(self, user_id: int, body: str, content: Content, *, now: datetime) -> None:
        """Take what was sent: the text of the field that was asked for, or a photo that is the whole note.

        Raises:
            SwitchedOff, NotOnRoster, Expired, RollCallOthers, NoteClosed, NotePicked, NotePhotoOnly, TooLong.
        """

        def work(tx: Tx) -> None:
            at = Writing.model_validate_json(body)
            form, session = form_of(tx), session_of(tx, at.session)
            self._must_be_open(tx, form, session, user_id, now)
            if content.file_id is not None:
                if content.file_kind != "photo" or not form.photo:
                    raise NotePhotoOnly()
                self._keep(tx, user_id, form, session, at.answers, content, now)
                return
            asked = [field for field in form.fields if field.fill is None]
            text = content.text.strip()
            if len(text) > FIELD_LIMIT:
                raise TooLong(limit=FIELD_LIMIT, length=len(text))
            field = asked[len(at.answers)]
            if length_of(text) < field.least:
                self._ask(tx, user_id, form, session, at, short_of=field.least - length_of(text), now=now)
                return
            answers = (*at.answers, text)
            if len(answers) < len(asked):
                self._ask(tx, user_id, form, session, Writing(session=at.session, answers=answers), now=now)
            else:
                self._keep(tx, user_id, form, session, answers, content, now)

        await self._database.write(work)

    def _choices(self, tx: Tx, form: NoteForm, person_id: int, user_id: int, now: datetime) -> tuple[NoteChoice, ...]:
        person = access_of(tx, user_id, self._office.admins).member()
        sessions = tx.sessions.between(now - timedelta(days=form.days), now + timedelta(milliseconds=1))
        return tuple(
            NoteChoice(session=facts_of(session), written=known is not None)
            for session in reversed(sessions)
            if session.state is not SessionState.CANCELLED
            and is_open(form, session, now)
            and is_meant(tx, session, person)
            and ((known := tx.notes.of(session.id, person_id)) is None or known.picked_at is None)
        )[:_LISTED]

    def _must_be_open(self, tx: Tx, form: NoteForm, session: Session, user_id: int, now: datetime) -> None:
        person = access_of(tx, user_id, self._office.admins).member()
        if session.state is SessionState.CANCELLED:
            raise Expired()
        if not is_meant(tx, session, person):
            raise RollCallOthers()
        if not is_open(form, session, now):
            raise NoteClosed(days=form.days)
        known = tx.notes.of(session.id, person.id)
        if known is not None and known.picked_at is not None:
            raise NotePicked()

    def _ask(
        self,
        tx: Tx,
        user_id: int,
        form: NoteForm,
        session: Session,
        at: Writing,
        *,
        short_of: int = 0,
        now: datetime,
    ) -> None:
        asked = [field for field in form.fields if field.fill is None]
        if not asked:
            self._keep(tx, user_id, form, session, (), Content(), now)
            return
        field = asked[len(at.answers)]
        tx.conversations.put(user_id, user_id, NOTE_TOPIC, at.model_dump_json(), now=now)
        first = not at.answers and not short_of
        given = tuple(filled(one, session, self._office.zone) for one in form.fields if one.fill) if first else ()
        view = NoteAsked(
            session=facts_of(session),
            filled=given,
            title=dict(field.title.root),
            hint=None if field.hint is None else dict(field.hint.root),
            place=len(at.answers) + 1,
            of=len(asked),
            photo=form.photo and first,
            short_of=short_of,
        )
        tx.outbox.say(user_id, view, now=now)

    def _keep(
        self,
        tx: Tx,
        user_id: int,
        form: NoteForm,
        session: Session,
        answers: tuple[str, ...],
        content: Content,
        now: datetime,
    ) -> None:
        person = access_of(tx, user_id, self._office.admins).member()
        day = day_of(now, self._office.zone)
        given = iter(answers)
        lines = []
        for field in form.fields:
            if field.fill is not None:
                lines.append(filled(field, session, self._office.zone))
            else:
                lines.append(NoteLine(title=dict(field.title.root), text=next(given, "")))
        if content.file_id is not None and content.text.strip():
            lines.append(NoteLine(title={}, text=content.text.strip()))
        again = tx.notes.of(session.id, person.id) is not None
        note_id = tx.notes.put(
            session_id=session.id,
            person_id=person.id,
            unit_id=person.unit_id,
            body=body_of(tuple(line for line in lines if line.text)),
            file_id=content.file_id,
            day=day,
            now=now,
        )
        if note_id is None:
            raise NotePicked()
        tx.conversations.end(user_id, user_id)
        what = Happening("note.taken", about(session))
        credit(tx, person.id, f"note:{note_id}", what, day=day, now=now)
        month = written_by(tx, person.id, *month_of(day))
        note = facts(tx, note_of(tx, note_id))
        tx.outbox.say(user_id, NoteKept(note=note, this_month=month, again=again), now=now)
