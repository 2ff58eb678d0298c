"""What is stored about a member: they get all of it, and may ask for its removal. Names go, figures stay."""

from datetime import datetime
from typing import ClassVar, Literal

import structlog

from storage import Database, Rank, Tx
from storage.people import Person, Role
from storage.personal import Stored as Stored
from storage.personal import label_of
from study.access import access_of
from study.errors import Expired, NotAllowed, StudyError
from study.overseers import called
from study.views import View

log = structlog.get_logger()


class PersonalBusy(StudyError):
    """A contest or a tournament that the person takes part in is going on."""

    code = "personal_busy"


class PersonalCard(View):
    """What a member can do about their data; ``pending``: a request for removal waits; ``sure``: they are asked again."""

    kind: ClassVar[str] = "personal.card"
    name: str
    tables: int
    rows: int
    pending: bool
    sure: bool = False


class PersonalFile(View):
    """Everything about a member, on its way."""

    kind: ClassVar[str] = "personal.file"
    user_id: int
    at: datetime


class RemovalRequest(View):
    """For admins: who asks; two buttons until somebody has decided."""

    kind: ClassVar[str] = "personal.request"
    removal_id: int
    name: str
    unit: str
    state: Literal["asked", "done", "declined", "withdrawn"]
    decider: str = ""


class RemovalOutcome(View):
    """For the member: what became of the request."""

    kind: ClassVar[str] = "personal.outcome"
    state: Literal["done", "declined"]


def removal_ref(removal_id: int, user_id: int) -> str:
    """The name under which an admin's copy of a request can be edited."""
    return f"removal:{removal_id}:{user_id}"


class PersonalData:
    """The data of each member in their own hands; ``admins`` are those that the config names."""

    def __init__(self, database: Database, admins: frozenset[int]) -> None:
        self._database, self._admins = database, admins

    async def show(self, user_id: int, *, sure: bool = False, on_message: int | None = None, now: datetime) -> None:
        """Show a member what they can do.

        Raises:
            NotOnRoster: they are nobody on the roster.
        """

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._admins).member()
            self._show(tx, person, user_id, on_message, sure=sure, now=now)

        await self._database.write(work)

    async def ask_file(self, user_id: int, *, now: datetime) -> None:
        """Send a member everything about them as a file.

        Raises:
            NotOnRoster: they are nobody on the roster.
        """

        def work(tx: Tx) -> None:
            access_of(tx, user_id, self._admins).member()
            tx.outbox.say(user_id, PersonalFile(user_id=user_id, at=now), now=now)

        await self._database.write(work)

    async def everything(self, user_id: int) -> Stored:
        """Everything that is stored about a member, by table.

        Raises:
            NotOnRoster: they are nobody on the roster (any more).
        """

        def work(tx: Tx) -> Stored:
            person = access_of(tx, user_id, self._admins).member()
            return tx.personal.of(person.id, user_id)

        return await self._database.read(work)

    async def ask_removal(self, user_id: int, *, on_message: int, now: datetime) -> None:
        """Pass a member's wish on to the admins; a second time changes nothing.

        Raises:
            NotOnRoster: they are nobody on the roster.
        """

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._admins).member()
            removal_id = tx.personal.ask_removal(person.id, now=now)
            if removal_id is not None:
                view = RemovalRequest(removal_id=removal_id, name=person.name, unit=person.unit, state="asked")
                for admin in _admins(tx, self._admins):
                    tx.outbox.say(admin, view, now=now, rank=Rank.PUSH, ref=removal_ref(removal_id, admin))
            self._show(tx, person, user_id, on_message, sure=False, now=now)

        await self._database.write(work)

    async def withdraw(self, user_id: int, *, on_message: int, now: datetime) -> None:
        """A member takes the wish back.

        Raises:
            NotOnRoster: they are nobody on the roster.
            Expired: no request waits.
        """

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._admins).member()
            removal = tx.personal.removal_of(person.id)
            if removal is None:
                raise Expired()
            tx.personal.decide_removal(removal.id, "withdrawn", by=user_id, now=now)
            view = RemovalRequest(removal_id=removal.id, name=person.name, unit=person.unit, state="withdrawn")
            self._tell_admins(tx, view, now=now)
            self._show(tx, person, user_id, on_message, sure=False, now=now)

        await self._database.write(work)

    async def decide(self, user_id: int, name: str, removal_id: int, *, approve: bool, now: datetime) -> None:
        """Remove what is stored about whoever asked for it, or decline; they hear of it first.

        Raises:
            NotAllowed: they are no admin.
            Expired: somebody has decided it, or it was withdrawn.
            PersonalBusy: the member plays in a contest at this moment.
        """

        def work(tx: Tx) -> None:
            if not access_of(tx, user_id, self._admins).is_admin:
                raise NotAllowed()
            removal = tx.personal.removal(removal_id)
            person = None if removal is None else tx.people.person(removal.person_id)
            if removal is None or person is None or removal.state != "asked":
                raise Expired()
            if approve and person.user_id is not None and tx.personal.plays_now(person.user_id):
                raise PersonalBusy()
            state: Literal["done", "declined"] = "done" if approve else "declined"
            tx.personal.decide_removal(removal.id, state, by=user_id, now=now)
            if person.user_id is not None:
                tx.outbox.say(person.user_id, RemovalOutcome(state=state), now=now)
            shown = label_of(person.id) if approve else person.name
            view = RemovalRequest(
                removal_id=removal.id, name=shown, unit=person.unit, state=state, decider=called(tx, user_id, name)
            )
            if approve:
                tx.personal.forget(person.id, person.user_id, person.name, now=now)
            self._tell_admins(tx, view, now=now)

        await self._database.write(work)
        log.info("a request for removal was decided", removal=removal_id, done=approve)

    def _show(self, tx: Tx, person: Person, user_id: int, on_message: int | None, *, sure: bool, now: datetime) -> None:
        stored = tx.personal.of(person.id, user_id)
        view = PersonalCard(
            name=person.name,
            tables=len(stored),
            rows=sum(len(rows) for rows in stored.values()),
            pending=tx.personal.removal_of(person.id) is not None,
            sure=sure,
        )
        if on_message is None:
            tx.outbox.say(user_id, view, now=now)
            return
        ref = f"pressed:{user_id}:{on_message}"
        tx.outbox.adopt(ref, user_id, on_message, now=now)
        tx.outbox.edit(ref, view, now=now)

    def _tell_admins(self, tx: Tx, view: RemovalRequest, *, now: datetime) -> None:
        for admin in _admins(tx, self._admins):
            tx.outbox.edit(removal_ref(view.removal_id, admin), view, now=now)


def _admins(tx: Tx, admins: frozenset[int]) -> list[int]:
    """The Telegram ids of all admins: of those that the config names, and of those on the roster."""
    found = {one.user_id for one in tx.people.everybody() if one.role is Role.ADMIN and one.user_id is not None}
    return sorted(found | admins)
