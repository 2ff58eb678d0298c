"""Speeches in seminars and discussions: an organiser notes who spoke, or confirms what somebody registered."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from storage import Database, Rank, Tx
from storage.people import Person
from storage.sessions import Session, SessionState
from study.access import Access, access_of
from study.errors import Expired, NotAllowed, StudyError, TooLong
from study.overseers import overseers
from study.programme import programme_in_force
from study.session_book import SessionSettings, concerned, credit_speech, facts, must_have
from study.session_rules import names_in
from study.session_views import SpeakerShown, SpeechClaim, SpeechKept, SpeechSessions, SpeechSettled, SpeechSheet
from study.sessions import Meets, is_within, show

_RECENT = timedelta(days=7)
"""How long after a session its speeches are noted without naming it."""
_ONCE = timedelta(seconds=60)
"""Two notes of one person within this time are one speech: a press repeated, or two organisers who saw the same."""
_TOPIC_LIMIT = 100
_PAGE = 24


class NoSpeakingSession(StudyError):
    """No seminar or discussion of theirs is running or was held in the last days."""

    code = "speech_no_session"


class SpeakerUnknown(StudyError):
    """Nobody of this ``name`` (or several) is among those whom the session concerns."""

    code = "speaker_unknown"


class SpeechWaiting(StudyError):
    """One that they registered in this session waits to be confirmed already."""

    code = "speech_waiting"


class Speeches:
    """Who spoke."""

    def __init__(self, database: Database, settings: SessionSettings) -> None:
        self._database, self._settings = database, settings

    async def begin(self, user_id: int, chat_id: int, words: str, *, now: datetime) -> None:
        """``/speech NAME…`` of an organiser notes who spoke in the session at hand, ``/speech`` shows its sheet; of a member
        it registers the own speech (``words``: about what).

        Raises:
            NotOnRoster, NoSpeakingSession, SpeakerUnknown, SpeechWaiting, TooLong.
        """

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._settings.admins)
            run = self._at_hand(tx, access, now=now, run=True) if access.is_organiser else []
            if not run:
                self._claim(tx, access, chat_id, words, now)
                return
            if len(run) > 1:
                shown = tuple(facts(tx, session) for session in run[:_PAGE])
                tx.outbox.say(user_id, SpeechSessions(sessions=shown), now=now)
                return
            for name in names_in(words):
                self._note(tx, run[0], self._named(tx, run[0], name), access, now)
            tx.outbox.say(user_id, self._sheet(tx, run[0], 0), now=now)

        await self._database.write(work)

    async def open(self, user_id: int, session_id: int, page: int, *, on_message: int | None, now: datetime) -> None:
        """Show a page of the sheet of a session's speeches.

        Raises:
            Expired, NotAllowed.
        """

        def work(tx: Tx) -> None:
            session, _ = self._run(tx, user_id, session_id)
            show(tx, user_id, self._sheet(tx, session, page), on_message, now)

        await self._database.write(work)

    async def note(
        self, user_id: int, session_id: int, person_id: int, page: int, *, on_message: int, now: datetime
    ) -> bool:
        """Somebody spoke; says whether it was noted (not a second time within a minute).

        Raises:
            Expired, NotAllowed.
        """

        def work(tx: Tx) -> bool:
            session, access = self._run(tx, user_id, session_id)
            person = tx.people.person(person_id)
            if person is None or person_id not in {one.id for one in self._people(tx, session)}:
                raise Expired()
            noted = self._note(tx, session, person, access, now)
            if noted:
                show(tx, user_id, self._sheet(tx, session, page), on_message, now)
            return noted

        return await self._database.write(work)

    async def take_back(
        self, user_id: int, session_id: int, speech_id: int, page: int, *, on_message: int, now: datetime
    ) -> None:
        """The speech that was noted last was none.

        Raises:
            Expired: it is gone already.
            NotAllowed.
        """

        def work(tx: Tx) -> None:
            session, _ = self._run(tx, user_id, session_id)
            speech = tx.sessions.speech(speech_id)
            if speech is None or speech.session_id != session.id or not tx.sessions.withdraw_speech(speech.id, now=now):
                raise Expired()
            self._credit(tx, session, speech.id, now)
            show(tx, user_id, self._sheet(tx, session, page), on_message, now)

        await self._database.write(work)

    async def settle(self, user_id: int, speech_id: int, *, confirmed: bool, on_message: int, now: datetime) -> None:
        """Confirm or decline what a member registered; they hear of it.

        Raises:
            Expired: somebody else has done so.
            NotAllowed: they do not run the session, or it is their own.
        """

        def work(tx: Tx) -> None:
            speech = tx.sessions.speech(speech_id)
            if speech is None:
                raise Expired()
            session, access = must_have(tx, speech.session_id), access_of(tx, user_id, self._settings.admins)
            if not is_within(tx, session, access):
                access.must_run(tx, speech.unit_id)
            if access.person is not None and access.person.id == speech.person_id:
                raise NotAllowed()
            done = (
                tx.sessions.confirm_speech(speech.id, by=user_id)
                if confirmed
                else speech.confirmed_by is None and tx.sessions.withdraw_speech(speech.id, now=now)
            )
            if not done:
                raise Expired()
            self._credit(tx, session, speech.id, now)
            speaker = tx.people.person(speech.person_id)
            view = SpeechSettled(
                session=facts(tx, session),
                name="" if speaker is None else speaker.name,
                topic=speech.topic,
                confirmed=confirmed,
            )
            show(tx, user_id, view, on_message, now)
            if speaker is not None and speaker.user_id is not None:
                tx.outbox.say(speaker.user_id, view, now=now)

        await self._database.write(work)

    def _claim(self, tx: Tx, access: Access, chat_id: int, words: str, now: datetime) -> None:
        person = access.member()
        found = self._at_hand(tx, access, now=now, run=False)
        if not found:
            raise NoSpeakingSession()
        session, topic = found[0], " ".join(words.split())
        if len(topic) > _TOPIC_LIMIT:
            raise TooLong(limit=_TOPIC_LIMIT, length=len(topic))
        own = [one for one in tx.sessions.speeches(session.id) if one.person_id == person.id]
        if any(one.confirmed_by is None for one in own):
            raise SpeechWaiting()
        speech_id = tx.sessions.speak(
            session.id, person.id, person.unit_id, topic, by=access.user_id, confirmed_by=None, now=now
        )
        shown = facts(tx, session)
        for user_id in overseers(tx, session.unit_id or person.unit_id, self._settings.admins):
            if user_id != access.user_id:
                view = SpeechClaim(id=speech_id, session=shown, name=person.name, unit=person.unit, topic=topic)
                tx.outbox.say(user_id, view, now=now, rank=Rank.PUSH)
        tx.outbox.say(chat_id, SpeechKept(session=shown, topic=topic), now=now)

    def _at_hand(self, tx: Tx, access: Access, *, now: datetime, run: bool) -> list[Session]:
        """The seminars and discussions that are running or were held lately, the newest first."""
        part = programme_in_force(tx).series
        speaking = {form.key for form in part.forms if form.speeches}
        found = [
            session
            for session in tx.sessions.between(now - _RECENT, now + timedelta(minutes=15))
            if session.form in speaking and session.state is not SessionState.CANCELLED
        ]
        if run:
            found = [session for session in found if is_within(tx, session, access)]
        else:
            meets = Meets(tx, access.member(), programme_in_force(tx))
            found = [session for session in found if meets(session)]
        running = [session for session in found if session.ends_at > now]
        return running or found[::-1]

    def _people(self, tx: Tx, session: Session) -> Sequence[Person]:
        """Who may have spoken: those who are there by the register, or all whom it concerns if it has none."""
        present = {one.id for one in tx.sessions.present(session.id)}
        people = concerned(tx, session)
        if not present:
            return people
        others = [tx.people.person(one) for one in present - {person.id for person in people}]
        return [
            *(person for person in people if person.id in present),
            *(person for person in others if person is not None),
        ]

    def _named(self, tx: Tx, session: Session, name: str) -> Person:
        same = [person for person in concerned(tx, session) if name in (person.name, person.code)]
        if len(same) != 1:
            raise SpeakerUnknown(name=name)
        return same[0]

    def _note(self, tx: Tx, session: Session, person: Person, access: Access, now: datetime) -> bool:
        own = [one for one in tx.sessions.speeches(session.id) if one.person_id == person.id]
        if any(now - one.noted_at < _ONCE and one.confirmed_by is not None for one in own):
            return False
        speech_id = tx.sessions.speak(
            session.id, person.id, person.unit_id, "", by=access.user_id, confirmed_by=access.user_id, now=now
        )
        self._credit(tx, session, speech_id, now)
        return True

    def _credit(self, tx: Tx, session: Session, speech_id: int, now: datetime) -> None:
        speech = tx.sessions.speech(speech_id)
        assert speech is not None
        credit_speech(tx, session, speech, self._settings, now=now)

    def _sheet(self, tx: Tx, session: Session, page: int) -> SpeechSheet:
        speeches = tx.sessions.speeches(session.id)
        counts = Counter(one.person_id for one in speeches if one.confirmed_by is not None)
        people = self._people(tx, session)
        pages = max(1, -(-len(people) // _PAGE))
        at = max(0, min(page, pages - 1))
        noted = [one for one in speeches if one.confirmed_by is not None]
        last = max(noted, key=lambda one: one.id) if noted else None
        by_id = {person.id: person for person in tx.people.ever()} if counts else {}
        return SpeechSheet(
            session=facts(tx, session),
            page=at,
            pages=pages,
            people=tuple(
                SpeakerShown(id=one.id, name=one.name, speeches=counts[one.id])
                for one in people[at * _PAGE : (at + 1) * _PAGE]
            ),
            spoke=tuple(
                SpeakerShown(id=one, name=by_id[one].name, speeches=count) for one, count in counts.most_common()
            ),
            waiting=sum(one.confirmed_by is None for one in speeches),
            last_id=None if last is None else last.id,
            last_name="" if last is None else by_id[last.person_id].name,
        )

    def _run(self, tx: Tx, user_id: int, session_id: int) -> tuple[Session, Access]:
        session, access = must_have(tx, session_id), access_of(tx, user_id, self._settings.admins)
        access.must_run(tx, session.unit_id)
        if session.state is SessionState.CANCELLED:
            raise Expired()
        return session, access
