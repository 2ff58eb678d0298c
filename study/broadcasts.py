"""Sending a broadcast: exactly once to each, however many they are and whatever happens on the way.

The recipients are fixed in the transaction that sends. From there they go into the outbox a page at a time, each page in
the transaction that completes the alarm of that page and sets the next: a crash repeats no page and skips none, and
thousands of rows never hold the writer. Now and then an alarm brings the sender's card up to date.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from storage import Database, Tx
from storage.broadcasts import BroadcastRow, BroadcastState, Silent, batch_of
from study.access import access_of
from study.audience import Audience, Reach
from study.broadcast_cards import author_of, card_ref, digest_of, draft_of, preview_card, reach_without
from study.broadcast_result import Result, result_of
from study.broadcast_rules import (
    AllAcknowledged,
    AlreadyReminded,
    NobodyMeant,
    NotMeant,
    NotYours,
    OwnBroadcast,
    UnderWay,
    heading,
)
from study.broadcast_views import BroadcastDetail, BroadcastList, BroadcastMessage, Line, Named, ProgressCard
from study.content import Content
from study.due import Due
from study.errors import Expired, Forged, NotAllowed
from study.views import Rank

PAGE_ALARM = "broadcast.page"
TICK_ALARM = "broadcast.tick"

_PAGE = 50
"""So many copies are put into the outbox in one transaction: 2 ms, for which a press in a contest may have to wait."""
_PAGE_EVERY = timedelta(milliseconds=200)
"""250 a second are eight times what Telegram lets through."""
_TICK_SECONDS = 5
_QUIET_SECONDS = 30
_LISTED = 10
_NAMED = 40


class Broadcasts:
    """Broadcasts on their way, and what became of them."""

    def __init__(self, database: Database, admins: frozenset[int], programme: str, zone: ZoneInfo) -> None:
        self._database = database
        self._admins = admins
        self._programme = programme
        self._zone = zone

    async def send(self, user_id: int, name: str, broadcast_id: int, version: int, *, now: datetime) -> bool:
        """Send what the preview shows. False if the recipients have changed since: the preview then shows the new ones.

        Raises:
            NotAllowed: they run no unit any more.
            AlreadySent: a second press.
            NobodyMeant: there is nobody to send it to.
            StudyError: see :func:`study.broadcast_cards.draft_of`.
        """

        def look(tx: Tx) -> Reach:
            row = draft_of(tx, user_id, broadcast_id, version)
            author = author_of(tx, user_id, name, self._admins, self._programme)
            return reach_without(tx, Audience.model_validate_json(row.audience), author)

        found = await self._database.read(look)

        def work(tx: Tx) -> bool:
            row = draft_of(tx, user_id, broadcast_id, version)
            author = author_of(tx, user_id, name, self._admins, self._programme)
            if row.previewed is None:
                raise Expired()
            audience = Audience.model_validate_json(row.audience)
            digest = digest_of(found, audience)
            if digest != row.previewed:
                tx.broadcasts.save_draft(row.model_copy(update={"previewed": digest}))
                card = preview_card(tx, row, found, now=now, zone=self._zone)
                tx.outbox.edit(card_ref(row.id, version), card, now=now, rank=Rank.REPLY)
                return False
            people = [(person.id, person.user_id) for person in found.people if person.user_id is not None]
            groups = [group.chat_id for group in found.groups] if audience.also_groups else []
            if not groups and not (people and audience.private):
                raise NobodyMeant()
            tx.broadcasts.send(row.id, sender=author.name, unit=author.unit, unjoined=len(found.unjoined), now=now)
            tx.broadcasts.add_recipients(row.id, people, groups, private=audience.private)
            self._begin(tx, row.id, now)
            return True

        return await self._database.write(work)

    async def put_page(self, due: Due) -> None:
        """Put the next page of recipients into the outbox."""
        broadcast_id = int(due.key.split(":")[0])

        def work(tx: Tx) -> None:
            row = tx.broadcasts.get(broadcast_id)
            if row is not None and row.state is BroadcastState.SENDING:
                self._put_page(tx, row, due.now)

        await self._database.write(work)

    async def tick(self, due: Due) -> None:
        """Bring the sender's card up to date, and look again later while anything is on its way."""
        broadcast_id = int(due.key.split(":")[0])
        # Counting thousands of copies is left to a reader; what is over stays over.
        result = await self.result(broadcast_id)

        def work(tx: Tx) -> None:
            row = tx.broadcasts.get(broadcast_id)
            if row is None or result is None:
                return
            changed = self._show(tx, row, result, due.now)
            if not result.is_over:
                plan_tick(tx, row.id, due.now, _TICK_SECONDS if changed else _QUIET_SECONDS)

        await self._database.write(work)

    async def stop(self, user_id: int, broadcast_id: int, *, now: datetime) -> None:
        """Call off what has not gone out yet.

        Raises:
            Forged, NotYours: there is none, or it is somebody else's.
            Expired: nothing of it waits any more.
        """

        def work(tx: Tx) -> None:
            row = self._own(tx, user_id, broadcast_id)
            if row.finished_at is not None or not self._call_off(tx, row, now):
                raise Expired()

        await self._database.write(work)

    async def stop_all(self, *, now: datetime) -> None:
        """Call off what has not gone out yet of every broadcast under way: it may have, for all that is known."""

        def work(tx: Tx) -> None:
            for row in tx.broadcasts.sending():
                self._call_off(tx, row, now)

        await self._database.write(work)

    def _call_off(self, tx: Tx, row: BroadcastRow, now: datetime) -> bool:
        if not tx.broadcasts.change(row.id, BroadcastState.SENDING, BroadcastState.STOPPED):
            return False
        tx.broadcasts.call_off(row.id)
        row = self._again(tx, row.id)
        self._show(tx, row, self._result(tx, row), now)
        plan_tick(tx, row.id, now)
        return True

    async def acknowledge(self, user_id: int, broadcast_id: int, *, now: datetime) -> bool:
        """Somebody has read it; false if they had said so before.

        Raises:
            OwnBroadcast: they wrote it.
            NotMeant: they are not among the recipients.
            Forged: there is nothing to acknowledge.
        """

        def work(tx: Tx) -> bool:
            row = tx.broadcasts.get(broadcast_id)
            if row is not None and row.sender_id == user_id and row.wants_ack:
                raise OwnBroadcast()
            if row is None or row.sent_at is None or not row.wants_ack:
                raise Forged()
            if not tx.broadcasts.is_meant(broadcast_id, user_id):
                raise NotMeant()
            first = tx.broadcasts.acknowledge(broadcast_id, user_id, now=now)
            if first:
                plan_tick(tx, broadcast_id, now)
            return first

        return await self._database.write(work)

    async def remind(self, user_id: int, broadcast_id: int, reminders: int, *, now: datetime) -> int:
        """Send it once more to those who have not acknowledged it; returns how many they are.

        ``reminders`` is how many had gone out when the button was shown, so that a second press sends nothing.

        Raises:
            NotAllowed: they run no unit any more.
            Forged, NotYours: there is none, or it is somebody else's.
            UnderWay: it is still being sent.
            AlreadyReminded: another reminder went out meanwhile.
            AllAcknowledged: there is nobody left.
        """

        def work(tx: Tx) -> int:
            row = self._own(tx, user_id, broadcast_id)
            if not row.wants_ack or row.reminds is not None or row.sent_at is None:
                raise Forged()
            if row.finished_at is None:
                raise UnderWay()
            people = self._still_run(tx, user_id, tx.broadcasts.silent(row.id))
            if not people:
                raise AllAcknowledged()
            if not tx.broadcasts.count_reminder(row.id, reminders):
                raise AlreadyReminded()
            reminder = tx.broadcasts.add(
                sender_id=user_id,
                sender=row.sender,
                unit=row.unit,
                content=row.content,
                audience=row.audience,
                wants_ack=True,
                reminds=row.id,
                now=now,
            )
            tx.broadcasts.send(reminder, sender=row.sender, unit=row.unit, unjoined=0, now=now)
            tx.broadcasts.add_recipients(
                reminder, [(person.person_id, person.chat_id) for person in people], (), private=True
            )
            self._begin(tx, reminder, now)
            return len(people)

        return await self._database.write(work)

    async def result(self, broadcast_id: int) -> Result | None:
        """How a broadcast went, or goes; ``None`` if there is none with this id."""

        def work(tx: Tx) -> Result | None:
            row = tx.broadcasts.get(broadcast_id)
            return None if row is None else self._result(tx, row)

        return await self._database.read(work)

    async def recent(self, user_id: int) -> BroadcastList:
        """What somebody has sent lately, the newest first."""

        def work(tx: Tx) -> BroadcastList:
            if not access_of(tx, user_id, self._admins).is_organiser:
                raise NotAllowed()
            rows = tx.broadcasts.of(user_id, limit=_LISTED)
            return BroadcastList(lines=tuple(_line(row, self._result(tx, row)) for row in rows))

        return await self._database.read(work)

    async def detail(self, user_id: int, broadcast_id: int) -> BroadcastDetail:
        """One of one's own broadcasts in full.

        Raises:
            Forged, NotYours: there is none, or it is somebody else's.
        """

        def work(tx: Tx) -> BroadcastDetail:
            row = self._own(tx, user_id, broadcast_id)
            if row.sent_at is None:
                raise Forged()
            missed = tx.broadcasts.missed(row.id)
            silent = tx.broadcasts.silent(row.id) if row.wants_ack else ()
            return BroadcastDetail(
                result=self._result(tx, row),
                missed=tuple(Named(name=one.name, unit=one.unit, error=one.error) for one in missed[:_NAMED]),
                missed_count=len(missed),
                silent=tuple(Named(name=one.name, unit=one.unit) for one in silent[:_NAMED]),
                silent_count=len(silent),
                reminders=row.reminders,
            )

        return await self._database.read(work)

    def _begin(self, tx: Tx, broadcast_id: int, now: datetime) -> None:
        row = self._again(tx, broadcast_id)
        self._put_page(tx, row, now)
        result = self._result(tx, row)
        if not self._show(tx, row, result, now):
            # A reminder has had no card before.
            view = ProgressCard(result=result, is_reminder=row.reminds is not None)
            tx.outbox.say(row.sender_id, view, now=now, ref=card_ref(row.id, row.version))
        plan_tick(tx, row.id, now)

    def _put_page(self, tx: Tx, row: BroadcastRow, now: datetime) -> None:
        page = tx.broadcasts.waiting(row.id, limit=_PAGE)
        if not page:
            return
        view = BroadcastMessage(
            heading=heading(row.sender, row.unit),
            content=Content.model_validate_json(row.content),
            ack_of=(row.reminds or row.id) if row.wants_ack else None,
            is_reminder=row.reminds is not None,
        )
        for recipient in page:
            tx.outbox.say(recipient.chat_id, view, now=now, rank=Rank.BROADCAST, batch=batch_of(row.id))
        tx.broadcasts.queued(row.id, page[-1].position)
        if len(page) == _PAGE:
            tx.alarms.set(PAGE_ALARM, f"{row.id}:{page[-1].position + 1}", now + _PAGE_EVERY)

    def _show(self, tx: Tx, row: BroadcastRow, result: Result, now: datetime) -> bool:
        """Let the card show how it stands, if that is something new; says whether there is a card that shows more."""
        if result.is_over and row.finished_at is None:
            tx.broadcasts.finish(row.id, now=now)
            row = self._again(tx, row.id)
        # It may have been stopped since it was counted.
        result = result.model_copy(update={"state": row.state, "finished_at": row.finished_at})
        view = ProgressCard(result=result, is_reminder=row.reminds is not None)
        card = view.model_dump_json()
        if card == row.card:
            return False
        tx.broadcasts.set_card(row.id, card)
        return tx.outbox.edit(card_ref(row.id, row.version), view, now=now)

    def _again(self, tx: Tx, broadcast_id: int) -> BroadcastRow:
        row = tx.broadcasts.get(broadcast_id)
        assert row is not None
        return row

    def _result(self, tx: Tx, row: BroadcastRow) -> Result:
        tallies = tx.broadcasts.tally(row.id)
        acknowledged = sum(tally.acknowledged for tally in tallies)
        return result_of(row, tallies, tx.broadcasts.deliveries(row.id), acknowledged)

    def _own(self, tx: Tx, user_id: int, broadcast_id: int) -> BroadcastRow:
        row = tx.broadcasts.get(broadcast_id)
        if row is None:
            raise Forged()
        if row.sender_id != user_id:
            raise NotYours()
        return row

    def _still_run(self, tx: Tx, user_id: int, people: Sequence[Silent]) -> list[Silent]:
        """Those among ``people`` who are still in a unit that the sender runs."""
        access = access_of(tx, user_id, self._admins)
        if not access.is_organiser:
            raise NotAllowed()
        units = access.units(tx)
        return [person for person in people if person.unit_id in units]


def plan_tick(tx: Tx, broadcast_id: int, now: datetime, seconds: int = _TICK_SECONDS) -> None:
    """Let the card be looked at within ``seconds``, however many ask for it: once in each span of five seconds."""
    span = int(now.timestamp() + seconds) // _TICK_SECONDS
    due_at = datetime.fromtimestamp(span * _TICK_SECONDS, UTC)
    tx.alarms.set(TICK_ALARM, f"{broadcast_id}:{span}", due_at)


def _line(row: BroadcastRow, result: Result) -> Line:
    assert row.sent_at is not None
    return Line(
        id=row.id,
        about=result.about,
        sent_at=row.sent_at,
        delivered=result.delivered + result.groups_delivered,
        private=result.private + result.groups,
        wants_ack=row.wants_ack,
        acknowledged=result.acknowledged,
        people=result.people,
    )
