"""Points by hand: given or taken with a reason, shown first, booked once; entries taken back by number."""

from datetime import datetime
from zoneinfo import ZoneInfo

from storage import Database, Rank, Tx
from storage.ledger import Entry
from storage.people import Person
from study.access import Access, access_of
from study.calendar import day_of
from study.errors import Expired, SwitchedOff, TooLong
from study.ledger import book_award, points_are_kept, reverse_by_hand
from study.named import person_named
from study.point_errors import (
    EntryIsReversal,
    EntryReversed,
    EntryUnknown,
    PointsNone,
    PointsOwn,
    PointsReasonMissing,
    PointsTooMany,
)
from study.point_views import AwardDone, AwardDraftCard, AwardNews, ReversalDone

MOST = 1000
REASON_LIMIT = 500


def reason_of(text: str) -> str:
    """A reason in words.

    Raises:
        PointsReasonMissing, TooLong.
    """
    reason = text.strip()
    if not any(character.isalnum() for character in reason):
        raise PointsReasonMissing()
    if len(reason) > REASON_LIMIT:
        raise TooLong(limit=REASON_LIMIT, length=len(reason))
    return reason


def entry_run(tx: Tx, access: Access, number: int) -> tuple[Entry, Person]:
    """An entry of somebody whom one looks after, and who it is.

    Raises:
        EntryUnknown: there is no such entry there.
        PointsOwn: it is one's own.
    """
    entry = tx.ledger.get(number)
    person = None if entry is None else tx.people.person(entry.person_id)
    if entry is None or person is None:
        raise EntryUnknown(number=number)
    if access.person is not None and access.person.id == person.id:
        raise PointsOwn()
    if not access.is_admin and person.unit_id not in access.units(tx):
        raise EntryUnknown(number=number)
    return entry, person


def reverse(tx: Tx, access: Access, entry: Entry, reason: str, *, now: datetime) -> int:
    """Take an entry back within a transaction; returns the number of the entry that does it.

    Raises:
        EntryIsReversal, EntryReversed.
    """
    if entry.reverses is not None:
        raise EntryIsReversal(number=entry.id)
    number = reverse_by_hand(tx, entry, reason=reason, author_id=access.user_id, now=now)
    if number is None:
        raise EntryReversed(number=entry.id)
    return number


class Awards:
    """What organisers do about points by hand; ``admins`` are those that the config names."""

    def __init__(self, database: Database, admins: frozenset[int], zone: ZoneInfo) -> None:
        self._database, self._admins, self._zone = database, admins, zone

    async def prepare(self, user_id: int, name: str, points: int, reason: str, *, now: datetime) -> None:
        """Show what giving these points would do; nothing is booked yet.

        Raises:
            NotAllowed, PersonUnknown, PersonAmbiguous, PointsOwn: not for them to give to this person.
            PointsNone, PointsTooMany, PointsReasonMissing, TooLong: that cannot be booked.
            SwitchedOff: points are not kept.
        """
        reason = reason_of(reason)
        if points == 0:
            raise PointsNone()
        if abs(points) > MOST:
            raise PointsTooMany(most=MOST)

        def work(tx: Tx) -> None:
            if not points_are_kept(tx):
                raise SwitchedOff()
            access = access_of(tx, user_id, self._admins)
            person = person_named(tx, access, name)
            if access.person is not None and access.person.id == person.id:
                raise PointsOwn()
            year = tx.ledger.total(person.id, f"{day_of(now, self._zone):%Y}") or 0
            view = AwardDraftCard(
                draft_id=tx.ledger.draft_award(person.id, user_id, points, reason, now=now),
                name=person.name,
                unit=person.unit,
                points=points,
                reason=reason,
                year=year,
                after=year + points,
            )
            tx.outbox.say(user_id, view, now=now)

        await self._database.write(work)

    async def settle(
        self, user_id: int, name: str, draft_id: int, *, book: bool, on_message: int, now: datetime
    ) -> None:
        """Book what was shown, or drop it; once. ``name`` is what the person reads of who gave the points.

        Raises:
            Expired: it was booked or dropped already, or is somebody else's.
            NotAllowed: the person is not theirs to look after any more.
            SwitchedOff: points are not kept any more.
        """

        def work(tx: Tx) -> None:
            draft = tx.ledger.settle_award(draft_id, user_id, done=book)
            person = None if draft is None else tx.people.person(draft.person_id)
            if draft is None or person is None:
                raise Expired()
            number = None
            if book:
                if not points_are_kept(tx):
                    raise SwitchedOff()
                access_of(tx, user_id, self._admins).must_run(tx, person.unit_id)
                number = book_award(tx, draft, day=day_of(now, self._zone), now=now)
                assert number is not None, "a draft is booked once"
                if person.user_id is not None:
                    news = AwardNews(number=number, points=draft.points, reason=draft.reason, author=name)
                    tx.outbox.say(person.user_id, news, now=now, rank=Rank.PUSH)
            done = AwardDone(name=person.name, points=draft.points, reason=draft.reason, number=number)
            ref = f"pressed:{user_id}:{on_message}"
            tx.outbox.adopt(ref, user_id, on_message, now=now)
            tx.outbox.edit(ref, done, now=now, rank=Rank.REPLY)

        await self._database.write(work)

    async def take_back(self, user_id: int, name: str, number: int, reason: str, *, now: datetime) -> None:
        """Take an entry back by an entry of its own, and tell the person.

        Raises:
            EntryUnknown, PointsOwn, EntryIsReversal, EntryReversed, PointsReasonMissing, TooLong.
        """
        reason = reason_of(reason)

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._admins)
            entry, person = entry_run(tx, access, number)
            reversal = reverse(tx, access, entry, reason, now=now)
            points = -entry.points
            if person.user_id is not None:
                news = AwardNews(number=reversal, points=points, reason=reason, author=name, reverses=entry.id)
                tx.outbox.say(person.user_id, news, now=now, rank=Rank.PUSH)
            done = ReversalDone(number=reversal, reverses=entry.id, name=person.name, points=points, reason=reason)
            tx.outbox.say(user_id, done, now=now)

        await self._database.write(work)
