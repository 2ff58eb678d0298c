"""How a Telegram account becomes a person of the roster: ``/start``, with a code or without."""

from datetime import datetime

from storage import Database, Tx
from storage.joining import RequestState
from storage.people import Person, Role
from study.access import access_of
from study.errors import NotAllowed, StudyError
from study.join_rules import MISSES, MISSES_OF_ALL, MISSES_WITHIN, code_of, payload_of
from study.join_views import (
    CodesGuessed,
    CodeTaken,
    CodeTakenNotice,
    CodeUnknown,
    Greeting,
    Known,
    LinkRow,
    Links,
    OfficerJoined,
    Stranger,
)
from study.overseers import overseers
from study.request_cards import close_cards
from study.roster import code_key


class TooManyCodes(StudyError):
    """So many wrong codes that the account has to wait; ``minutes`` says how long at the most."""

    code = "join_too_many_codes"


class TooManyGuesses(StudyError):
    """So many wrong codes of all accounts together that none is heard for now."""

    code = "join_too_many_guesses"


class AlreadyJoined(StudyError):
    """The account is somebody else on the roster already: ``name`` of ``unit``."""

    code = "join_already"


class Joining:
    """The door: whoever knocks hears who they are, or how they get in."""

    def __init__(self, database: Database, admins: frozenset[int], programme: str) -> None:
        self._database = database
        self._admins = admins
        self._programme = programme

    async def knock(self, user_id: int, *, now: datetime) -> None:
        """Say who somebody is to the programme, or offer to ask for admission."""
        await self._database.write(lambda tx: self._say_standing(tx, user_id, now=now))

    async def join(self, user_id: int, account: str, username: str | None, payload: str, *, now: datetime) -> None:
        """Let an account be the person with the code of a link.

        A wrong code is counted and answered; so is one with which somebody else has joined, and the organisers hear of it.

        Raises:
            TooManyCodes: the account has tried too many.
            TooManyGuesses: all accounts together have.
            AlreadyJoined: the account is somebody else already.
        """
        code = code_of(payload)

        def work(tx: Tx) -> None:
            misses = tx.joining.misses(user_id, since=now - MISSES_WITHIN)
            if misses >= MISSES:
                raise TooManyCodes(minutes=_minutes())
            own = tx.people.by_user(user_id)
            if own is not None and code_key(own.code) == code_key(code):
                self._say_standing(tx, user_id, now=now)
                return
            if tx.joining.misses_of_all(since=now - MISSES_WITHIN).misses >= MISSES_OF_ALL:
                raise TooManyGuesses()
            person = tx.people.by_code(code)
            if person is None or person.left_at is not None:
                self._miss(tx, user_id, now=now)
                tx.outbox.say(user_id, CodeUnknown(left=MISSES - misses - 1), now=now)
            elif own is not None:
                raise AlreadyJoined(name=own.name, unit=own.unit)
            elif person.user_id is not None:
                self._miss(tx, user_id, now=now)
                tx.outbox.say(user_id, CodeTaken(), now=now)
                taken = CodeTakenNotice(
                    person_id=person.id,
                    name=person.name,
                    unit=person.unit,
                    code=person.code,
                    account=account,
                    username=username,
                )
                self._tell_overseers(tx, person, taken, now=now)
            else:
                self._let_in(tx, person, user_id, now=now)
                if person.role is not Role.MEMBER:
                    # Whoever may do more than a member is worth a guess: those above hear who has come in as one of them.
                    joined = OfficerJoined(
                        person_id=person.id,
                        name=person.name,
                        unit=person.unit,
                        role=person.role,
                        account=account,
                        username=username,
                    )
                    self._tell_overseers(tx, person, joined, but=user_id, now=now)

        await self._database.write(work)

    async def links(self, user_id: int, me: str, *, now: datetime) -> None:
        """Give an organiser the links of those in the own units who have not joined yet.

        Raises:
            NotAllowed: they run no unit.
        """

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._admins)
            if not access.is_organiser:
                raise NotAllowed()
            people = tx.people.of_units(access.units(tx))
            paths = {unit.id: unit.path for unit in tx.people.units()}
            rows = tuple(
                LinkRow(
                    name=person.name,
                    unit=paths[person.unit_id],
                    code=person.code,
                    link=f"https://t.me/{me}?start={payload_of(person.code)}",
                )
                for person in people
                if person.user_id is None
            )
            tx.outbox.say(user_id, Links(rows=rows, people=len(people)), now=now)

        await self._database.write(work)

    def _say_standing(self, tx: Tx, user_id: int, *, now: datetime) -> None:
        access = access_of(tx, user_id, self._admins)
        if access.person is not None:
            tx.outbox.say(user_id, self._known(tx, access.person, is_admin=access.is_admin, new=False), now=now)
            return
        asked = tx.joining.open_request(user_id)
        stranger = Stranger(
            programme=self._programme,
            is_admin=access.is_admin,
            can_ask=bool(tx.people.units()),
            asked_name="" if asked is None else asked.name,
            asked_unit=None if asked is None else asked.unit,
        )
        tx.outbox.say(user_id, stranger, now=now)

    def _let_in(self, tx: Tx, person: Person, user_id: int, *, now: datetime) -> None:
        tx.people.join(person.id, user_id, now=now)
        tx.joining.note(person.id, "joined", str(user_id), by=user_id, now=now)
        tx.conversations.end(user_id, user_id)
        asked = tx.joining.open_request(user_id)
        if asked is not None:
            tx.joining.decide(asked.id, RequestState.SETTLED, person.name, now=now)
            close_cards(tx, asked.id, now=now, code=person.code)
        access = access_of(tx, user_id, self._admins)
        tx.outbox.say(user_id, self._known(tx, person, is_admin=access.is_admin, new=True), now=now)

    def _known(self, tx: Tx, person: Person, *, is_admin: bool, new: bool) -> Known:
        unit = tx.people.unit(person.unit_id)
        return Known(
            programme=self._programme,
            name=person.name,
            unit=person.unit if unit is None else unit.path,
            role=person.role,
            title=person.title,
            is_admin=is_admin,
            new=new,
        )

    def _miss(self, tx: Tx, user_id: int, *, now: datetime) -> None:
        tx.joining.miss(user_id, now=now, forget=now - MISSES_WITHIN)
        found = tx.joining.misses_of_all(since=now - MISSES_WITHIN)
        if found.misses == MISSES_OF_ALL:
            notice = CodesGuessed(misses=found.misses, accounts=found.accounts, minutes=_minutes())
            for reader in _admins(tx, self._admins):
                tx.outbox.say(reader, notice, now=now)

    def _tell_overseers(
        self, tx: Tx, person: Person, notice: OfficerJoined | CodeTakenNotice, *, now: datetime, but: int | None = None
    ) -> None:
        for reader in overseers(tx, person.unit_id, self._admins):
            if reader != but:
                tx.outbox.say(reader, notice, now=now)


def _minutes() -> int:
    return int(MISSES_WITHIN.total_seconds() // 60)


def _admins(tx: Tx, admins: frozenset[int]) -> tuple[int, ...]:
    """The Telegram ids of all admins, those that the config names and those of the roster."""
    found = {one.user_id for one in tx.people.everybody() if one.role is Role.ADMIN and one.user_id is not None}
    return tuple(sorted(found | admins))


def say_hello(tx: Tx, chat_id: int, *, now: datetime) -> None:
    """Greet a group once, unless it is bound to a unit already."""
    group = tx.places.group(chat_id)
    if (group is None or group.unit_id is None) and tx.joining.greet(chat_id):
        tx.outbox.say(chat_id, Greeting(), now=now)
