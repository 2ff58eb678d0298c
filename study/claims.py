"""What a member does about items: sees them, claims one, reports on its milestones."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from storage import Database, Tx
from storage.claims import ItemDraft, ItemRow
from storage.people import Person
from study.access import Access, access_of
from study.calendar import day_of, moment
from study.claim_book import (
    FOREWARNED,
    ClaimSettings,
    card_of,
    carry_out,
    found,
    is_meant,
    item_of,
    line_of,
    pools_in_force,
    refresh,
    rulers,
    runs,
    tell,
    terms_of,
)
from study.claim_errors import ItemByChoice, ItemNotHeld, ItemNotMeant, ItemUnknown
from study.claim_moves import Claim, ClaimAsked, Event, Report, Reported, Withdraw
from study.claim_rules import ItemState, ReportState, due_day
from study.claim_views import ItemBoard, ItemDraftCard, ItemFile
from study.errors import NotOnRoster, TooLong
from study.owed import Owed
from study.programme import programme_in_force
from study.programme.claims import Pool, period_of
from study.submission import Attached, length_of
from study.task_book import file_views
from study.task_refusals import SubmissionEmpty, TooManyFiles
from study.task_rules import LONGEST, MOST_FILES
from study.task_templates import Piece

REPORTING = "item.report"
"""The topic of the conversation in which a report is written; its body names the item."""
_PAGE = 8
_DELETABLE = timedelta(hours=47)


class Claims:
    """A member's side of the items."""

    def __init__(self, database: Database, settings: ClaimSettings) -> None:
        self._database, self._settings = database, settings

    async def board(self, user_id: int, *, page: int = 0, anew: bool = True, now: datetime) -> None:
        """Show somebody's own items and those that are open to them; ``anew``: as a new message.

        Raises:
            SwitchedOff: the programme has no pools.
            NotOnRoster: they are nobody here.
        """

        def work(tx: Tx) -> None:
            pools = pools_in_force(tx)
            access = self._anybody(tx, user_id)
            view, ref = self._board(tx, access, pools, page, now), f"items:{user_id}"
            if anew or not tx.outbox.edit(ref, view, now=now):
                tx.outbox.say(user_id, view, now=now, ref=ref)

        await self._database.write(work)

    async def open(self, user_id: int, item_id: int, *, now: datetime) -> None:
        """Show one item.

        Raises:
            ItemUnknown: there is none, or it is none of theirs.
        """

        def work(tx: Tx) -> None:
            access = self._anybody(tx, user_id)
            pool, row = found(tx, item_id)
            person = access.person
            theirs = person is not None and (
                row.holder_id == person.id or is_meant(tx, programme_in_force(tx), pool, row, person)
            )
            if not theirs and not (access.is_organiser and runs(tx, access, pool, row)) and row.leader_user != user_id:
                raise ItemUnknown()
            refresh(tx, pool, row, access, now=now, today=self._day(now), say=True)

        await self._database.write(work)

    async def claim(self, user_id: int, item_id: int, *, now: datetime) -> bool:
        """Take an item on; says whether it is theirs at once (else the claim waits for approval).

        Raises:
            ItemTaken: somebody was first.
            ItemNotMeant, ItemByChoice, ItemsFull, ItemClosed.
        """

        def work(tx: Tx) -> bool:
            access = access_of(tx, user_id, self._settings.admins)
            person = access.member()
            pool, row = found(tx, item_id)
            if not is_meant(tx, programme_in_force(tx), pool, row, person):
                raise ItemNotMeant()
            if pool.two_way is not None:
                raise ItemByChoice(wanted="wish")
            held = tx.claims.held_count(person.id, pool.key, period_of(pool.period, self._day(now)))
            kept, events = self._do(tx, pool, row, Claim(person.id, held), access, now)
            for event in events:
                tell(tx, pool, kept, event, self._rulers(tx, pool, kept), now=now)
            return not isinstance(events[0], ClaimAsked)

        return await self._database.write(work)

    async def withdraw(self, user_id: int, item_id: int, *, now: datetime) -> None:
        """Take back a claim that is not decided yet.

        Raises:
            ItemNotHeld: it is not theirs, or decided.
        """

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._settings.admins)
            pool, row = found(tx, item_id)
            self._do(tx, pool, row, Withdraw(access.member().id), access, now)

        await self._database.write(work)

    async def begin(self, user_id: int, item_id: int, *, now: datetime) -> None:
        """Begin (or go on) to write a report: the next messages in private are the draft.

        Raises:
            ItemNotHeld: the item is not theirs.
        """

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._settings.admins).member()
            pool, row = self._held(tx, item_id, person)
            tx.conversations.put(user_id, user_id, REPORTING, json.dumps({"item": item_id}), now=now)
            draft = tx.claims.draft(item_id)
            if draft is None or draft.person_id != person.id:
                draft = ItemDraft(item_id=item_id, person_id=person.id, text="", files="[]", card=0, album="")
            self._show(tx, pool, row, draft, user_id, now)

        await self._database.write(work)

    async def write(
        self, user_id: int, body: str, *, text: str, file: Attached | None, album: str | None, now: datetime
    ) -> None:
        """Add a message to the report that is being written.

        Raises:
            ItemNotHeld: the item is not theirs any more.
            TooLong, TooManyFiles.
        """

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._settings.admins).member()
            item_id = int(json.loads(body)["item"])
            pool, row = self._held(tx, item_id, person)
            before = tx.claims.draft(item_id)
            if before is None or before.person_id != person.id:
                before = ItemDraft(item_id=item_id, person_id=person.id, text="", files="[]", card=0, album="")
            joined = "\n".join(part for part in (before.text, text.strip()) if part)
            files = json.loads(before.files)
            if file is not None:
                files.append({"piece": file.piece.value, "file_id": file.file_id, "name": file.name})
            if len(joined) > LONGEST:
                raise TooLong(limit=LONGEST, length=len(joined))
            if len(files) > MOST_FILES:
                raise TooManyFiles(limit=MOST_FILES)
            changed = before.model_copy(update={"text": joined, "files": json.dumps(files, ensure_ascii=False)})
            self._show(tx, pool, row, changed, user_id, now, album=album or "")

        await self._database.write(work)

    async def anew(self, user_id: int, item_id: int, *, now: datetime) -> None:
        """Throw the draft away and begin anew.

        Raises:
            ItemNotHeld: the item is not theirs.
        """

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._settings.admins).member()
            pool, row = self._held(tx, item_id, person)
            draft = tx.claims.draft(item_id)
            if draft is None:
                return
            tx.conversations.put(user_id, user_id, REPORTING, json.dumps({"item": item_id}), now=now)
            empty = draft.model_copy(update={"text": "", "files": "[]", "album": ""})
            tx.claims.put_draft(empty)
            tx.outbox.edit(_draft_ref(empty), self._draft_card(pool, row, empty, now), now=now)

        await self._database.write(work)

    async def leave(self, user_id: int, item_id: int, *, now: datetime) -> None:
        """Stop writing; the draft is kept.

        Raises:
            ItemNotHeld: the item is not theirs.
        """

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._settings.admins).member()
            pool, row = self._held(tx, item_id, person)
            _stop_listening(tx, user_id, item_id)
            draft = tx.claims.draft(item_id)
            if draft is not None:
                tx.outbox.edit(_draft_ref(draft), self._draft_card(pool, row, draft, now, gone="kept"), now=now)

        await self._database.write(work)

    async def hand_in(self, user_id: int, item_id: int, *, now: datetime) -> bool:
        """Hand the draft in; says whether it came late.

        Raises:
            SubmissionEmpty, EvidenceMissing: it does not suffice.
            ItemNotHeld, ItemClosed: it is not wanted any more.
        """

        def work(tx: Tx) -> bool:
            access = access_of(tx, user_id, self._settings.admins)
            person = access.member()
            pool, row = found(tx, item_id)
            draft = tx.claims.draft(item_id)
            if draft is None or draft.person_id != person.id:
                raise SubmissionEmpty()
            files = json.loads(draft.files)
            command = Report(person.id, length_of(draft.text), len(files))
            kept, events = carry_out(tx, pool, row, command, author=user_id, now=now, zone=self._settings.zone)
            event = events[0]
            assert isinstance(event, Reported)
            tx.claims.add_report(
                item_id,
                event.version,
                milestone=pool.milestones[event.milestone].key,
                person_id=person.id,
                text=draft.text,
                files=draft.files,
                late=event.late,
                now=now,
            )
            tx.claims.drop_draft(item_id)
            _stop_listening(tx, user_id, item_id)
            tx.outbox.edit(_draft_ref(draft), self._draft_card(pool, row, draft, now, gone="handed"), now=now)
            refresh(tx, pool, kept, access, now=now, today=self._day(now))
            tell(tx, pool, kept, event, self._rulers(tx, pool, kept), now=now)
            return event.late

        return await self._database.write(work)

    async def files(self, user_id: int, item_id: int, *, now: datetime) -> int:
        """Send the photos and files of the newest report; says how many there are.

        Raises:
            ItemUnknown: it is not theirs to see.
        """

        def work(tx: Tx) -> int:
            access = self._anybody(tx, user_id)
            pool, row = found(tx, item_id)
            if "files" not in card_of(tx, pool, row, access, self._day(now)).may:
                raise ItemUnknown()
            report = tx.claims.report(row.id, row.version)
            assert report is not None
            files = [Attached(Piece(one["piece"]), one["file_id"], one["name"]) for one in json.loads(report.files)]
            for view in file_views(files):
                tx.outbox.say(user_id, ItemFile(file=view), now=now)
            return len(files)

        return await self._database.write(work)

    def owed(self, tx: Tx, now: datetime) -> Iterator[Owed]:
        """Milestones that are due within a week or overdue, and reports that went back."""
        today = self._day(now)
        pools = {pool.key: pool for pool in programme_in_force(tx).claims.pools}
        for row in tx.claims.all() if pools else ():
            pool, item = pools.get(row.pool), item_of(row)
            if pool is None or item.state is not ItemState.HELD or item.holder is None:
                continue
            due = due_day(item, terms_of(pool, row), item.reached)
            if due is None or item.report is ReportState.WAITING:
                continue
            if item.report is ReportState.RETURNED or due <= today + timedelta(days=FOREWARNED):
                at = moment(due + timedelta(days=1), datetime.min.time(), self._settings.zone) - timedelta(minutes=1)
                kind = "item.returned" if item.report is ReportState.RETURNED else "item"
                yield Owed(item.holder, kind, row.title, at, f"item_{row.id}")

    def _do(
        self, tx: Tx, pool: Pool, row: ItemRow, command: Claim | Withdraw, access: Access, now: datetime
    ) -> tuple[ItemRow, tuple[Event, ...]]:
        kept, events = carry_out(tx, pool, row, command, author=access.user_id, now=now, zone=self._settings.zone)
        refresh(tx, pool, kept, access, now=now, today=self._day(now))
        return kept, events

    def _held(self, tx: Tx, item_id: int, person: Person) -> tuple[Pool, ItemRow]:
        pool, row = found(tx, item_id)
        if row.state != ItemState.HELD or row.holder_id != person.id:
            raise ItemNotHeld()
        return pool, row

    def _show(
        self, tx: Tx, pool: Pool, row: ItemRow, draft: ItemDraft, user_id: int, now: datetime, album: str = ""
    ) -> None:
        """Show the draft under the newest message; an album has one card."""
        view = self._draft_card(pool, row, draft, now)
        if album and album == draft.album and tx.outbox.edit(_draft_ref(draft), view, now=now):
            tx.claims.put_draft(draft)
            return
        newer = draft.model_copy(update={"card": draft.card + 1, "album": album})
        tx.claims.put_draft(newer)
        tx.outbox.say(user_id, view, now=now, ref=_draft_ref(newer))
        before = tx.outbox.message(_draft_ref(draft))
        if before is not None and now - before.sent_at < _DELETABLE:
            tx.outbox.delete(_draft_ref(draft), now=now)

    def _draft_card(self, pool: Pool, row: ItemRow, draft: ItemDraft, now: datetime, gone: str = "") -> ItemDraftCard:
        item = item_of(row)
        stage = pool.milestones[item.reached]
        return ItemDraftCard(
            item=row.id,
            title=row.title,
            milestone=stage.title.root,
            asked=None if stage.report is None else stage.report.root,
            due=due_day(item, terms_of(pool, row), item.reached),
            text=draft.text,
            files=len(json.loads(draft.files)),
            evidence=pool.evidence,
            gone=gone,
        )

    def _board(self, tx: Tx, access: Access, pools: tuple[Pool, ...], page: int, now: datetime) -> ItemBoard:
        today, by_key, programme = self._day(now), {pool.key: pool for pool in pools}, programme_in_force(tx)
        rows = [row for row in tx.claims.all() if row.pool in by_key]
        me = access.person
        mine = [row for row in rows if me is not None and row.holder_id == me.id]
        open_ = [
            row
            for row in rows
            if row.state == ItemState.OPEN
            and (
                (me is not None and is_meant(tx, programme, by_key[row.pool], row, me))
                or (access.is_organiser and runs(tx, access, by_key[row.pool], row))
                or (me is not None and row.leader_id == me.id)
            )
        ]
        works = {key: at for at, key in enumerate(dict.fromkeys((row.pool, row.work) for row in open_))}
        open_.sort(key=lambda row: works[row.pool, row.work])
        pages = max(1, -(-len(open_) // _PAGE))
        page = min(max(page, 0), pages - 1)
        waiting = [row for row in rows if waits_for(tx, access, by_key[row.pool], row)] if access.is_organiser else []
        return ItemBoard(
            mine=tuple(line_of(by_key[row.pool], row, today) for row in mine),
            open=tuple(line_of(by_key[row.pool], row, today) for row in open_[page * _PAGE : (page + 1) * _PAGE]),
            count=len(open_),
            page=page,
            pages=pages,
            wishes=max((pool.two_way.wishes for pool in pools if pool.two_way is not None), default=0),
            organiser=access.is_organiser,
            waiting=len(waiting),
            pools=tuple((pool.key, pool.title.root) for pool in pools) if access.is_organiser else (),
            choices=tuple((pool.key, pool.title.root) for pool in pools if pool.two_way is not None)
            if access.is_organiser
            else (),
        )

    def _anybody(self, tx: Tx, user_id: int) -> Access:
        access = access_of(tx, user_id, self._settings.admins)
        if access.person is None and not access.is_admin:
            raise NotOnRoster()
        return access

    def _rulers(self, tx: Tx, pool: Pool, row: ItemRow) -> list[int]:
        return list(rulers(tx, pool, row, self._settings.admins))

    def _day(self, now: datetime) -> date:
        return day_of(now, self._settings.zone)


def waits_for(tx: Tx, access: Access, pool: Pool, row: ItemRow) -> bool:
    """Whether a claim or a report waits for this organiser."""
    waits = row.state == ItemState.ASKED or (row.state == ItemState.HELD and row.report == ReportState.WAITING)
    own = access.person is not None and access.person.id == row.holder_id
    return waits and not own and runs(tx, access, pool, row)


def _draft_ref(draft: ItemDraft) -> str:
    return f"item_draft:{draft.item_id}:{draft.card}"


def _stop_listening(tx: Tx, user_id: int, item_id: int) -> None:
    under_way = tx.conversations.get(user_id, user_id)
    if under_way is not None and under_way.topic == REPORTING and json.loads(under_way.body)["item"] == item_id:
        tx.conversations.end(user_id, user_id)
