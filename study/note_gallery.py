"""The gallery of notes: good ones picked, shown to the group with their author's consent; the diligent of a month."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Literal

from storage import Database, Rank, Tx
from storage.people import Person
from storage.places import Place
from study.access import Access, access_of
from study.attendance_book import about, session_of
from study.calendar import day_of
from study.checkin_register import Actor
from study.errors import Expired, NotAllowed
from study.ledger import Happening, credit
from study.note_book import facts, form_of, month_of, note_of
from study.note_errors import NoteAnsweredAlready, NoteOwn
from study.note_views import Diligent, DiligentList, NoteAnswered, NoteConsentAsked, NotePage, NotePraise
from study.rollcall_cards import Office
from study.rollcall_rules import EXPECTED_ROLES

_SHOWN_FOR = timedelta(days=62)
_NAMED = 20


class NoteGallery:
    """The organisers' side of notes, each for the units that they run."""

    def __init__(self, database: Database, office: Office) -> None:
        self._database, self._office = database, office

    async def page(self, user_id: int, page: int, *, on_message: int | None, now: datetime) -> None:
        """Show one of the notes of the last weeks that nobody has picked, the newest first.

        Raises:
            SwitchedOff, NotAllowed.
        """

        def work(tx: Tx) -> None:
            form_of(tx)
            units = self._units(tx, user_id)
            last = day_of(now, self._office.zone)
            first = last - _SHOWN_FOR
            found = [note for note in tx.notes.between(first, last) if note.unit_id in units and not note.picked_at]
            at = min(max(page, 0), max(len(found) - 1, 0))
            view = NotePage(
                note=facts(tx, found[at]) if found else None, page=at, pages=len(found), first=first, last=last
            )
            # A photo cannot take the place of a text, so every page is a message of its own.
            if on_message is not None:
                ref = f"pressed:{user_id}:{on_message}"
                tx.outbox.adopt(ref, user_id, on_message, now=now)
                tx.outbox.delete(ref, now=now, rank=Rank.REPLY)
            tx.outbox.say(user_id, view, now=now)

        await self._database.write(work)

    async def pick(self, actor: Actor, note_id: int, *, now: datetime) -> bool:
        """Pick a note as a good one and ask its author whether the group may see it; says whether that is new.

        Raises:
            Expired, NotAllowed, NoteOwn.
        """

        def work(tx: Tx) -> bool:
            note = note_of(tx, note_id)
            access = access_of(tx, actor.user_id, self._office.admins)
            access.must_run(tx, note.unit_id)
            person = self._author(tx, note.person_id)
            if person.user_id == actor.user_id and not access.is_admin:
                raise NoteOwn()
            if not tx.notes.pick(note_id, by=actor.user_id, picker=actor.name, now=now):
                return False
            session = session_of(tx, note.session_id)
            day = day_of(now, self._office.zone)
            what = Happening("note.picked", about(session))
            credit(tx, person.id, f"note_pick:{note_id}", what, day=day, now=now, author_id=actor.user_id)
            if person.user_id is not None:
                view = NoteConsentAsked(note=facts(tx, note_of(tx, note_id)), picker=actor.name)
                tx.outbox.say(person.user_id, view, now=now)
            return True

        return await self._database.write(work)

    async def consent(
        self,
        user_id: int,
        note_id: int,
        answer: Literal["named", "anonymous", "refused"],
        *,
        on_message: int,
        now: datetime,
    ) -> None:
        """The author's answer: with consent the note is posted to the groups of their unit, with praise. Once.

        Raises:
            NotOnRoster, Expired, NotAllowed, NoteAnsweredAlready.
        """

        def work(tx: Tx) -> None:
            note = note_of(tx, note_id)
            person = access_of(tx, user_id, self._office.admins).member()
            if note.person_id != person.id:
                raise NotAllowed()
            groups = () if answer == "refused" else self._groups(tx, person.unit_id)
            if not tx.notes.answer(note_id, answer, posted_at=now if groups else None):
                raise NoteAnsweredAlready()
            shown = facts(tx, note)
            for group in groups:
                view = NotePraise(note=shown, is_named=answer == "named")
                tx.outbox.say(group.chat_id, view, now=now, rank=Rank.PUSH)
            asked = NoteConsentAsked(note=shown, picker=note.picker, answer=answer)
            ref = f"pressed:{user_id}:{on_message}"
            tx.outbox.adopt(ref, user_id, on_message, now=now)
            tx.outbox.edit(ref, asked, now=now, rank=Rank.REPLY)
            if note.picked_by is not None:
                told = NoteAnswered(name=person.name, title=shown.session.title, answer=answer, groups=len(groups))
                tx.outbox.say(note.picked_by, told, now=now, rank=Rank.PUSH)

        await self._database.write(work)

    async def diligent(self, user_id: int, month: date, *, now: datetime) -> None:
        """Who wrote how many notes in a month, in the units that somebody runs.

        Raises:
            SwitchedOff, NotAllowed.
        """

        def work(tx: Tx) -> None:
            form_of(tx)
            access = access_of(tx, user_id, self._office.admins)
            units = self._units(tx, user_id)
            tx.outbox.say(user_id, self._list(tx, access, units, month), now=now)

        await self._database.write(work)

    async def praise(self, user_id: int, month: date, *, now: datetime) -> int:
        """Post the list of a month to the groups of the unit that somebody runs, or of the nearest above that has any.

        Returns to how many; once a month.

        Raises:
            SwitchedOff, NotAllowed; Expired: it was posted already.
        """

        def work(tx: Tx) -> int:
            form_of(tx)
            access = access_of(tx, user_id, self._office.admins)
            units = self._units(tx, user_id)
            view = self._list(tx, access, units, month).model_copy(update={"in_group": True})
            key = f"notes.praised:{month:%Y-%m}:{view.unit_id}"
            if tx.meta.get(key) is not None:
                raise Expired()
            if view.unit_id:
                groups = self._groups(tx, view.unit_id)
            else:
                groups = tuple(group for group in tx.places.groups() if group.unit_id is not None)
            if groups:
                tx.meta.put(key, str(user_id))
            for group in groups:
                tx.outbox.say(group.chat_id, view, now=now, rank=Rank.PUSH)
            return len(groups)

        return await self._database.write(work)

    def _list(self, tx: Tx, access: Access, units: frozenset[int], month: date) -> DiligentList:
        notes = [note for note in tx.notes.between(*month_of(month)) if note.unit_id in units]
        count = Counter(note.person_id for note in notes)
        picked = Counter(note.person_id for note in notes if note.picked_at is not None)
        people = [(self._author(tx, person_id), number) for person_id, number in count.items()]
        people.sort(key=lambda line: (-line[1], -picked[line[0].id], line[0].name, line[0].id))
        own = access.person.unit_id if access.person is not None and not access.is_admin else 0
        unit = tx.people.unit(own) if own else None
        return DiligentList(
            month=month.replace(day=1),
            unit="" if unit is None else unit.name,
            unit_id=own,
            notes=len(notes),
            people=len(count),
            expected=sum(one.role in EXPECTED_ROLES for one in tx.people.of_units(units)),
            picked=sum(picked.values()),
            lines=tuple(
                Diligent(name=person.name, unit=person.unit, notes=number, picked=picked[person.id])
                for person, number in people[:_NAMED]
            ),
        )

    def _units(self, tx: Tx, user_id: int) -> frozenset[int]:
        units = access_of(tx, user_id, self._office.admins).units(tx)
        if not units:
            raise NotAllowed()
        return units

    def _author(self, tx: Tx, person_id: int) -> Person:
        person = tx.people.person(person_id)
        if person is None:
            raise Expired()
        return person

    def _groups(self, tx: Tx, unit_id: int) -> tuple[Place, ...]:
        """The groups of the nearest unit, from this one upwards, that has any."""
        unit = tx.people.unit(unit_id)
        while unit is not None:
            groups = tuple(tx.places.groups_of(unit.id))
            if groups:
                return groups
            unit = tx.people.unit(unit.parent_id) if unit.parent_id is not None else None
        return ()
