"""The people of the own units: who has joined, which role they have, who leaves, who changes the telephone."""

from datetime import datetime

from storage import Database, Rank, Tx
from storage.people import Person, Role
from study.access import Access, access_of
from study.errors import Expired, NotAllowed, StudyError
from study.join_rules import payload_of
from study.member_lists import called, member_list, person_card, roles_of, unit_counts
from study.member_views import (
    Errand,
    Left,
    PersonChoice,
    Released,
    Removed,
    RoleGiven,
    Sure,
    Told,
    WhichPerson,
)
from study.views import View

_CHOICES = 20


class PersonUnknown(StudyError):
    """Nobody in the own units is called so; ``name`` is what was written."""

    code = "member_unknown"


class RoleUnknown(StudyError):
    """There is no such role; ``role`` is what was written."""

    code = "member_role_unknown"


class AboutOneself(StudyError):
    """Nobody changes their own role or takes themselves off the roster."""

    code = "member_oneself"


class NoAccount(StudyError):
    """``name`` has not joined, so there is no account to release."""

    code = "member_no_account"


class Members:
    """Looking after people. ``on_message``: the message whose button was pressed; it changes instead of a new one."""

    def __init__(self, database: Database, admins: frozenset[int], programme: str) -> None:
        self._database = database
        self._admins = admins
        self._programme = programme

    async def units(self, user_id: int, *, page: int = 0, on_message: int | None = None, now: datetime) -> None:
        """Show one's units with their counts, or the people at once if there is a single unit.

        Raises:
            NotAllowed: they run no unit.
        """

        def work(tx: Tx) -> None:
            access = self._organiser(tx, user_id)
            run = access.units(tx)
            units = [unit for unit in tx.people.units() if unit.id in run]
            if len(units) == 1:
                self._show(tx, user_id, member_list(tx, units[0], 0), on_message, now=now)
            else:
                self._show(tx, user_id, unit_counts(units, tx.people.of_units(run), page), on_message, now=now)

        await self._database.write(work)

    async def unit(self, user_id: int, unit_id: int, page: int, *, on_message: int, now: datetime) -> None:
        """Show a page of the people of a unit.

        Raises:
            NotAllowed: they do not run it.
            Expired: it is no more.
        """

        def work(tx: Tx) -> None:
            self._organiser(tx, user_id).must_run(tx, unit_id)
            unit = tx.people.unit(unit_id)
            if unit is None:
                raise Expired()
            self._show(tx, user_id, member_list(tx, unit, page), on_message, now=now)

        await self._database.write(work)

    async def person(self, user_id: int, person_id: int, *, on_message: int, now: datetime) -> None:
        """Show one person, and what may be done.

        Raises:
            NotAllowed: they do not run the person's unit.
            Expired: the person has left.
        """

        def work(tx: Tx) -> None:
            access = self._organiser(tx, user_id)
            person = self._present(tx, access, person_id)
            self._show(tx, user_id, person_card(tx, access, person), on_message, now=now)

        await self._database.write(work)

    async def seek(self, user_id: int, errand: Errand, who: str, *, role: Role | None = None, now: datetime) -> None:
        """Do an errand about whoever has this name or code; ask if several have it. Removing and releasing ask again.

        Raises:
            PersonUnknown: nobody in the own units is called so.
            NotAllowed, AboutOneself, NoAccount: it may not be, or makes no sense.
        """

        def work(tx: Tx) -> None:
            access = self._organiser(tx, user_id)
            found = called(tx.people.of_units(access.units(tx)), who)
            if not found:
                raise PersonUnknown(name=who[:60])
            if len(found) == 1:
                self._begin(tx, access, errand, found[0], role, None, now=now)
                return
            choices = tuple(
                PersonChoice(id=person.id, name=person.name, unit=person.unit, code=person.code)
                for person in found[:_CHOICES]
            )
            tx.outbox.say(user_id, WhichPerson(errand=errand, role=role, name=who, choices=choices), now=now)

        await self._database.write(work)

    async def begin(
        self, user_id: int, errand: Errand, person_id: int, *, role: Role | None = None, on_message: int, now: datetime
    ) -> None:
        """Do an errand about a person that was pressed. Removing and releasing ask again.

        Raises:
            NotAllowed, AboutOneself, NoAccount, Expired: it may not be, or makes no sense.
        """

        def work(tx: Tx) -> None:
            access = self._organiser(tx, user_id)
            person = self._present(tx, access, person_id)
            self._begin(tx, access, errand, person, role, on_message, now=now)

        await self._database.write(work)

    async def remove(self, user_id: int, person_id: int, *, on_message: int, now: datetime) -> None:
        """Take somebody off the roster; what they did stays. They hear of it.

        Raises:
            NotAllowed, AboutOneself, Expired: as above.
        """

        def work(tx: Tx) -> None:
            person = self._changeable(tx, user_id, person_id)
            tx.people.leave(person.id, now=now)
            tx.joining.note(person.id, "removed", "", by=user_id, now=now)
            self._tell(tx, person, "remove", now=now)
            self._show(tx, user_id, Removed(name=person.name, unit=person.unit), on_message, now=now)

        await self._database.write(work)

    async def release(self, user_id: int, person_id: int, me: str, *, on_message: int, now: datetime) -> None:
        """Let somebody join with another account; the one that they had is nobody's.

        Raises:
            NotAllowed, AboutOneself, NoAccount, Expired: as above.
        """

        def work(tx: Tx) -> None:
            person = self._changeable(tx, user_id, person_id)
            if person.user_id is None:
                raise NoAccount(name=person.name)
            tx.people.release(person.id)
            tx.joining.note(person.id, "released", str(person.user_id), by=user_id, now=now)
            self._tell(tx, person, "release", now=now)
            link = f"https://t.me/{me}?start={payload_of(person.code)}"
            released = Released(name=person.name, unit=person.unit, code=person.code, link=link)
            self._show(tx, user_id, released, on_message, now=now)

        await self._database.write(work)

    async def leave_as_is(self, user_id: int, person_id: int, *, on_message: int, now: datetime) -> None:
        """Do nothing after all.

        Raises:
            NotAllowed, Expired: as above.
        """

        def work(tx: Tx) -> None:
            person = self._present(tx, self._organiser(tx, user_id), person_id)
            self._show(tx, user_id, Left(name=person.name), on_message, now=now)

        await self._database.write(work)

    def _begin(
        self,
        tx: Tx,
        access: Access,
        errand: Errand,
        person: Person,
        role: Role | None,
        on_message: int | None,
        *,
        now: datetime,
    ) -> None:
        _may_change(tx, access, person)
        if errand == "role":
            assert role is not None
            self._give(tx, access, person, role, on_message, now=now)
            return
        if errand == "release" and person.user_id is None:
            raise NoAccount(name=person.name)
        sure = Sure(errand=errand, id=person.id, name=person.name, unit=person.unit, code=person.code)
        self._show(tx, access.user_id, sure, on_message, now=now)

    def _give(
        self, tx: Tx, access: Access, person: Person, role: Role, on_message: int | None, *, now: datetime
    ) -> None:
        if role not in roles_of(access):
            raise NotAllowed()
        if person.role is not role:
            tx.people.set_role(person.id, role)
            tx.joining.note(person.id, "role", f"{person.role.value}>{role.value}", by=access.user_id, now=now)
            self._tell(tx, person, "role", role=role, now=now)
        self._show(tx, access.user_id, RoleGiven(name=person.name, unit=person.unit, role=role), on_message, now=now)

    def _organiser(self, tx: Tx, user_id: int) -> Access:
        access = access_of(tx, user_id, self._admins)
        if not access.is_organiser:
            raise NotAllowed()
        return access

    def _present(self, tx: Tx, access: Access, person_id: int) -> Person:
        person = tx.people.person(person_id)
        if person is None or person.left_at is not None:
            raise Expired()
        access.must_run(tx, person.unit_id)
        return person

    def _changeable(self, tx: Tx, user_id: int, person_id: int) -> Person:
        access = self._organiser(tx, user_id)
        person = self._present(tx, access, person_id)
        _may_change(tx, access, person)
        return person

    def _tell(self, tx: Tx, person: Person, errand: Errand, *, role: Role | None = None, now: datetime) -> None:
        if person.user_id is not None:
            told = Told(errand=errand, programme=self._programme, role=role)
            tx.outbox.say(person.user_id, told, now=now, rank=Rank.PUSH)

    def _show(self, tx: Tx, user_id: int, view: View, on_message: int | None, *, now: datetime) -> None:
        if on_message is None:
            tx.outbox.say(user_id, view, now=now)
            return
        ref = f"members:{user_id}:{on_message}"
        tx.outbox.adopt(ref, user_id, on_message, now=now)
        tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY)


def _may_change(tx: Tx, access: Access, person: Person) -> None:
    """Organisers change people of their units, only admins change admins, nobody changes themselves."""
    access.must_run(tx, person.unit_id)
    if person.user_id == access.user_id:
        raise AboutOneself()
    if person.role is Role.ADMIN and not access.is_admin:
        raise NotAllowed()
