"""An organiser plans a session: one line, a card on which everything can be put right, and only then it is there."""

from datetime import datetime, timedelta

from storage import Database, Rank, Tx
from storage.menu import WishState
from storage.sessions import Session, SessionState
from study.access import Access, access_of
from study.errors import Expired, NotAllowed
from study.programme import Programme, programme_in_force
from study.programme.words import Title
from study.session_book import SessionSettings, facts, invited, link_lecturers, must_have, set_alarms
from study.session_draft import Draft, chosen, in_series, names_of, own_unit
from study.session_line import read_session
from study.session_views import (
    Choice,
    SessionAsked,
    SessionDraftCard,
    SessionDropped,
    SessionSheet,
    UnitChoice,
    WishPlanned,
)

LINE, DRAFT = "session.line", "session.draft"
"""The steps, as topics of the conversation."""
_USUAL_MINUTES = 90
_UNITS_SHOWN = 30


class SessionDrafts:
    """The way from ``/sessions new`` to a session."""

    def __init__(self, database: Database, settings: SessionSettings) -> None:
        self._database, self._settings = database, settings

    async def start(self, user_id: int, key: int, line: str, *, now: datetime) -> None:
        """Read a session from a line and show its card; without a line say how one is written.

        Raises:
            StudyError: the line cannot be read, or they run nothing.
        """

        def work(tx: Tx) -> None:
            access = self._access(tx, user_id)
            draft = Draft(key=key, unit_id=own_unit(access))
            if line:
                self._read(tx, user_id, draft, line, now)
            else:
                tx.conversations.put(user_id, user_id, LINE, draft.model_dump_json(), now=now)
                tx.outbox.say(user_id, SessionAsked(), now=now)

        await self._database.write(work)

    async def take_line(self, user_id: int, body: str, line: str, key: int, *, now: datetime) -> None:
        """Take the line that was asked for, or another one while the card is shown (which is shown anew with ``key``).

        Raises:
            StudyError: it cannot be read.
        """

        def work(tx: Tx) -> None:
            before = Draft.model_validate_json(body)
            self._read(tx, user_id, before.model_copy(update={"key": key, "step": ""}), line, now)
            tx.outbox.delete(_ref(user_id, before.key), now=now)

        await self._database.write(work)

    def begin(self, tx: Tx, user_id: int, draft: Draft, *, now: datetime) -> None:
        """Within a transaction: ask for the line of a session of which something is known (a wish, a turn).

        Raises:
            NotAllowed: they run nothing.
        """
        access = self._access(tx, user_id)
        programme = programme_in_force(tx)
        draft = in_series(draft.model_copy(update={"unit_id": own_unit(access)}), draft.series, programme)
        tx.conversations.put(user_id, user_id, LINE, draft.model_dump_json(), now=now)
        tx.outbox.say(user_id, SessionAsked(), now=now)

    async def press(self, user_id: int, key: int, verb: str, number: int, *, now: datetime) -> None:
        """A button of the card: ``step`` opens what can be chosen, the others choose the ``number``th (-1: none).

        Raises:
            Expired: the card is an old one.
            Forged: there is no such choice.
            NotAllowed: they do not run the unit.
        """

        def work(tx: Tx) -> None:
            access, draft = self._access(tx, user_id), self._draft(tx, user_id, key)
            programme = programme_in_force(tx)
            changed = chosen(tx, access, draft, programme, verb, number)
            tx.conversations.put(user_id, user_id, DRAFT, changed.model_dump_json(), now=now)
            card = self._card(tx, access, changed, programme, now)
            tx.outbox.edit(_ref(user_id, key), card, now=now, rank=Rank.REPLY)

        await self._database.write(work)

    async def plan(self, user_id: int, key: int, *, now: datetime) -> int:
        """Plan the session; returns how many it concerns. Those who voted for a wish that it fulfils are signed up.

        Raises:
            Expired: the card is an old one, or it is planned already.
            NotAllowed: they do not run the unit.
        """

        def work(tx: Tx) -> int:
            access, draft = self._access(tx, user_id), self._draft(tx, user_id, key)
            access.must_run(tx, draft.unit_id)
            session = self._add(tx, user_id, draft, now)
            tx.conversations.end(user_id, user_id)
            people = len(invited(tx, session))
            view = SessionSheet(session=facts(tx, session), may_run=True, concerned=people)
            tx.outbox.edit(_ref(user_id, key), view, now=now, rank=Rank.REPLY)
            return people

        return await self._database.write(work)

    async def drop(self, user_id: int, key: int, *, now: datetime) -> None:
        """Plan nothing.

        Raises:
            Expired: the card is an old one.
        """

        def work(tx: Tx) -> None:
            self._draft(tx, user_id, key)
            tx.conversations.end(user_id, user_id)
            tx.outbox.edit(_ref(user_id, key), SessionDropped(), now=now, rank=Rank.REPLY)

        await self._database.write(work)

    def _add(self, tx: Tx, user_id: int, draft: Draft, now: datetime) -> Session:
        assert draft.starts_at is not None
        assert draft.ends_at is not None
        session_id = tx.sessions.add(
            key=f"draft:{user_id}:{draft.key}",
            title=draft.title,
            starts_at=draft.starts_at,
            ends_at=draft.ends_at,
            series=draft.series,
            topic=draft.topic,
            form=draft.form,
            lecturer=draft.lecturer,
            place=draft.place,
            unit_id=draft.unit_id,
            audience=draft.who.model_dump_json(),
            material=draft.material,
            sign_up=draft.sign_up,
            capacity=draft.capacity,
            created_by=user_id,
            now=now,
        )
        if session_id is None:
            raise Expired()
        link_lecturers(tx, session_id, draft.lecturer)
        if draft.turn:
            tx.menu.take_turn(session_id, draft.turn)
        session = must_have(tx, session_id)
        if draft.wish_id is not None:
            self._fulfil(tx, draft.wish_id, session, now)
        set_alarms(tx, session, self._settings, now=now)
        return must_have(tx, session_id)

    def _fulfil(self, tx: Tx, wish_id: int, session: Session, now: datetime) -> None:
        """A wish becomes a session: its voters are signed up in the order of their votes, as far as there are seats."""
        if not tx.menu.settle(wish_id, WishState.PLANNED, session.id):
            raise Expired()
        meant = {person.id for person in invited(tx, session)}
        voters = [person_id for person_id in tx.menu.voters(wish_id) if person_id in meant] if session.sign_up else []
        for number, person_id in enumerate(voters):
            full = session.capacity is not None and number >= session.capacity
            tx.sessions.take_seat(session.id, person_id, waiting=full, now=now)
        shown = facts(tx, session)
        for person_id in tx.menu.voters(wish_id):
            person = tx.people.person(person_id)
            if person is not None and person.user_id is not None:
                seats = {seat.person_id: seat.state for seat in tx.sessions.seats(session.id)}
                view = WishPlanned(session=shown, seat=seats.get(person_id, ""))
                tx.outbox.say(person.user_id, view, now=now, rank=Rank.PUSH)

    def _read(self, tx: Tx, user_id: int, draft: Draft, line: str, now: datetime) -> None:
        access, programme = self._access(tx, user_id), programme_in_force(tx)
        said = read_session(line, now, self._settings.zone, names_of(programme), title=draft.title)
        draft = in_series(draft, said.named.get("series", draft.series), programme)
        series = programme.series.one(draft.series)
        minutes = _USUAL_MINUTES if series is None else series.minutes
        draft = draft.model_copy(
            update={
                "starts_at": said.starts_at,
                "ends_at": said.ends_at or said.starts_at + timedelta(minutes=minutes),
                "title": said.title,
                "place": said.place or draft.place,
                "lecturer": said.lecturer or draft.lecturer,
                "material": said.material or draft.material,
                "topic": said.named.get("topic", draft.topic),
                "form": said.named.get("form", draft.form),
            }
        )
        tx.conversations.put(user_id, user_id, DRAFT, draft.model_dump_json(), now=now)
        tx.outbox.say(user_id, self._card(tx, access, draft, programme, now), now=now, ref=_ref(user_id, draft.key))

    def _card(self, tx: Tx, access: Access, draft: Draft, programme: Programme, now: datetime) -> SessionDraftCard:
        assert draft.starts_at is not None
        assert draft.ends_at is not None
        session = Session(
            id=0,
            key=None,
            state=SessionState.PLANNED,
            reason="",
            told_at=None,
            created_by=None,
            created_at=now,
            audience=draft.who.model_dump_json(),
            **draft.model_dump(exclude={"key", "who", "wish_id", "turn", "step"}),
        )
        part, cohorts = programme.series, programme.header.cohorts
        units = [unit for unit in tx.people.units() if unit.id in access.units(tx)] if draft.step == "unit" else []
        choices: tuple[tuple[Title, bool], ...] = {
            "series": tuple((one.title, one.key == draft.series) for one in part.series),
            "topic": tuple((one.title, one.key == draft.topic) for one in part.topics),
            "form": tuple((one.title, one.key == draft.form) for one in part.forms),
            "cohort": tuple((one.title, one.key in draft.who.cohorts) for one in cohorts),
        }.get(draft.step, ())
        clash = next(
            (
                other
                for other in tx.sessions.between(draft.starts_at - timedelta(days=1), draft.ends_at)
                if other.state is SessionState.PLANNED
                and other.ends_at > draft.starts_at
                and other.unit_id == draft.unit_id
            ),
            None,
        )
        return SessionDraftCard(
            key=draft.key,
            session=facts(tx, session, programme),
            step=draft.step,
            choices=tuple(Choice(number=at, title=title, chosen=is_on) for at, (title, is_on) in enumerate(choices)),
            units=tuple(
                UnitChoice(id=unit.id, name=unit.name, chosen=unit.id == draft.unit_id) for unit in units[:_UNITS_SHOWN]
            ),
            cohorts=tuple(one.title for one in cohorts if one.key in draft.who.cohorts),
            people=len(invited(tx, session, programme)),
            clash=None if clash is None else facts(tx, clash, programme),
            has_series=bool(part.series),
            has_topics=bool(part.topics),
            has_cohorts=bool(cohorts),
        )

    def _draft(self, tx: Tx, user_id: int, key: int) -> Draft:
        under_way = tx.conversations.get(user_id, user_id)
        if under_way is None or under_way.topic != DRAFT:
            raise Expired()
        draft = Draft.model_validate_json(under_way.body)
        if draft.key != key:
            raise Expired()
        return draft

    def _access(self, tx: Tx, user_id: int) -> Access:
        access = access_of(tx, user_id, self._settings.admins)
        if not access.is_organiser:
            raise NotAllowed()
        return access


def _ref(user_id: int, key: int) -> str:
    return f"session.draft:{user_id}:{key}"
