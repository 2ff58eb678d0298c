"""Disputes: a member says that an entry is wrong; whoever looks after their unit upholds that, or rejects it with a reason.

An upheld dispute takes the entry back by an entry of its own. A dispute and its ruling are entries themselves; nothing of
them is changed, and nobody rules on their own.
"""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from storage import Database, Rank, Tx
from storage.ledger import Entry
from storage.people import Person
from study.access import Access, access_of
from study.awards import entry_run, reason_of, reverse
from study.entry_facts import entry_facts
from study.errors import Expired
from study.overseers import overseers
from study.point_errors import DisputedAlready, DisputeSettled, EntryIsReversal, EntryReversed, EntryUnknown
from study.point_views import DisputeAsked, DisputeCard, DisputeKept, DisputeRuled, RulingAsked

OPENING = "points.dispute"
"""The topic of the conversation in which a member says why an entry is wrong."""
RULING = "points.ruling"
"""The topic of the conversation in which a ruling gets its reason."""


def dispute_ref(number: int, user_id: int) -> str:
    """The name under which somebody's copy of a dispute can be edited."""
    return f"dispute:{number}:{user_id}"


class Disputes:
    """The disputes of one programme; ``admins`` are those that the config names."""

    def __init__(self, database: Database, admins: frozenset[int], zone: ZoneInfo) -> None:
        self._database, self._admins, self._zone = database, admins, zone

    async def ask_why(self, user_id: int, number: int, *, now: datetime) -> None:
        """The next thing that the member says is why the entry is wrong.

        Raises:
            EntryUnknown, EntryIsReversal, EntryReversed, DisputedAlready, NotOnRoster.
        """

        def work(tx: Tx) -> None:
            entry, _ = self._own(tx, user_id, number)
            tx.conversations.put(user_id, user_id, OPENING, str(entry.id), now=now)
            tx.outbox.say(user_id, DisputeAsked(entry=entry_facts(tx, entry)), now=now)

        await self._database.write(work)

    async def open(self, user_id: int, number: int, reason: str, *, now: datetime) -> None:
        """Keep a dispute and pass it on to everybody who may rule on it.

        Raises:
            EntryUnknown, EntryIsReversal, EntryReversed, DisputedAlready, NotOnRoster, PointsReasonMissing, TooLong.
        """
        reason = reason_of(reason)

        def work(tx: Tx) -> None:
            entry, person = self._own(tx, user_id, number)
            if not tx.ledger.open_dispute(entry, author_id=user_id, author=person.name, reason=reason, now=now):
                raise DisputedAlready(number=number)
            _end_talk(tx, user_id, OPENING)
            may_rule = [one for one in overseers(tx, person.unit_id, self._admins) if one != user_id]
            card = _card(tx, entry, person)
            for ruler in may_rule:
                tx.ledger.ask_to_rule(entry.id, ruler)
                tx.outbox.say(ruler, card, now=now, rank=Rank.PUSH, ref=dispute_ref(entry.id, ruler))
            tx.outbox.say(user_id, DisputeKept(entry=card.entry, asked=len(may_rule)), now=now)

        await self._database.write(work)

    async def ask_ruling(self, user_id: int, number: int, *, upheld: bool, now: datetime) -> None:
        """The next thing that the organiser says is the reason of the ruling.

        Raises:
            EntryUnknown, PointsOwn, DisputeSettled, Expired.
        """

        def work(tx: Tx) -> None:
            entry, person = self._open(tx, access_of(tx, user_id, self._admins), number)
            body = json.dumps({"entry": entry.id, "upheld": upheld})
            tx.conversations.put(user_id, user_id, RULING, body, now=now)
            tx.outbox.say(user_id, RulingAsked(number=entry.id, name=person.name, upheld=upheld), now=now)

        await self._database.write(work)

    async def rule(self, user_id: int, name: str, body: str, reason: str, *, now: datetime) -> None:
        """Rule on a dispute with the reason that was now given; the member hears of it.

        Raises:
            EntryUnknown, PointsOwn, DisputeSettled, EntryReversed, PointsReasonMissing, TooLong.
        """
        about, reason = json.loads(body), reason_of(reason)
        upheld = bool(about["upheld"])

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._admins)
            entry, person = self._open(tx, access, int(about["entry"]))
            author = access.person.name if access.person is not None else name
            new = tx.ledger.rule_on(entry, upheld=upheld, author_id=user_id, author=author, reason=reason, now=now)
            if not new:
                raise DisputeSettled()
            reversal = reverse(tx, access, entry, reason, now=now) if upheld else None
            _end_talk(tx, user_id, RULING)
            card = _card(tx, entry, person)
            for ruler in tx.ledger.asked_to_rule(entry.id):
                tx.outbox.edit(dispute_ref(entry.id, ruler), card, now=now)
            view = DisputeRuled(
                entry=card.entry,
                name=person.name,
                own=False,
                upheld=upheld,
                reason=reason,
                author=author,
                reversal=reversal,
            )
            tx.outbox.say(user_id, view, now=now)
            if person.user_id is not None:
                tx.outbox.say(person.user_id, view.model_copy(update={"own": True}), now=now, rank=Rank.PUSH)

        await self._database.write(work)

    def _own(self, tx: Tx, user_id: int, number: int) -> tuple[Entry, Person]:
        person = access_of(tx, user_id, self._admins).member()
        entry = tx.ledger.get(number)
        if entry is None or entry.person_id != person.id:
            raise EntryUnknown(number=number)
        if entry.reverses is not None:
            raise EntryIsReversal(number=number)
        if tx.ledger.dispute(number):
            raise DisputedAlready(number=number)
        if tx.ledger.reversal_of(number) is not None:
            raise EntryReversed(number=number)
        return entry, person

    def _open(self, tx: Tx, access: Access, number: int) -> tuple[Entry, Person]:
        entry, person = entry_run(tx, access, number)
        steps = tx.ledger.dispute(number)
        if not steps:
            raise Expired()
        if len(steps) > 1:
            raise DisputeSettled()
        return entry, person


def _card(tx: Tx, entry: Entry, person: Person) -> DisputeCard:
    opened = tx.ledger.dispute(entry.id)[0]
    return DisputeCard(
        entry=entry_facts(tx, entry), name=person.name, unit=person.unit, claim=opened.reason, opened_at=opened.at
    )


def _end_talk(tx: Tx, user_id: int, topic: str) -> None:
    under_way = tx.conversations.get(user_id, user_id)
    if under_way is not None and under_way.topic == topic:
        tx.conversations.end(user_id, user_id)
