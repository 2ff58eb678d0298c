"""What an organiser does about items: puts them up, rules on claims and reports, closes and reopens, sees what waits."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from storage import Database, Tx
from storage.claims import ItemRow
from study.access import Access, access_of
from study.calendar import day_of
from study.claim_book import (
    ClaimSettings,
    carry_out,
    found,
    line_of,
    must_run,
    pools_in_force,
    refresh,
    runs,
    tell,
)
from study.claim_errors import ItemUnknown
from study.claim_fields import Fields, flaw_of, read_rows, read_words, settle
from study.claim_moves import Accept, Approve, Close, Command, Decline, Release, Reopen, Return
from study.claim_views import (
    ImportMistake,
    ItemLog,
    ItemOfferAsked,
    ItemReasonAsked,
    ItemsOffered,
    ItemWaiting,
    LogLine,
)
from study.claims import waits_for
from study.errors import Forged, NotAllowed, StudyError
from study.programme.claims import Pool

OFFERING = "item.offer"
REASON = "item.reason"
"""Topics of conversations: an item is being put up (the body names the pool); a reason is being written."""
REASONED = ("decline", "return", "close", "reopen", "release")
_LISTED = 20


class ClaimDesk:
    """An organiser's side of the items."""

    def __init__(self, database: Database, settings: ClaimSettings) -> None:
        self._database, self._settings = database, settings

    async def begin_offer(self, user_id: int, pool_key: str, *, now: datetime) -> None:
        """Ask for the items of a pool; the next message (or file) has them.

        Raises:
            NotAllowed: they organise nothing.
            Forged: there is no such pool.
        """

        def work(tx: Tx) -> None:
            self._organiser(tx, user_id)
            pool = _pool(tx, pool_key)
            tx.conversations.put(user_id, user_id, OFFERING, json.dumps({"pool": pool_key}), now=now)
            tx.outbox.say(user_id, ItemOfferAsked(pool=pool.title.root, needs=pool.needs), now=now)

        await self._database.write(work)

    async def offer(self, user_id: int, update_id: int, said: str, *, body: str = "", now: datetime) -> None:
        """Put an item up from words: into the pool of a conversation, else into the first one; a message twice does it once.

        Raises:
            NotAllowed: they organise nothing.
            ItemIncomplete, ItemFieldUnknown, TooLong: it cannot be.
        """

        def work(tx: Tx) -> None:
            access = self._organiser(tx, user_id)
            pool = _pool(tx, json.loads(body)["pool"]) if body else pools_in_force(tx)[0]
            fields = settle(tx, access, pool, read_words(said), self._day(now))
            item_id = self._add(tx, access, pool, fields, f"update:{update_id}", now)
            if body:
                tx.conversations.end(user_id, user_id)
            if item_id is None:
                return
            row = tx.claims.get(item_id)
            assert row is not None
            refresh(tx, pool, row, access, now=now, today=self._day(now), say=True)

        await self._database.write(work)

    async def take_in(
        self, user_id: int, update_id: int, content: bytes, filename: str, *, body: str, now: datetime
    ) -> None:
        """Put up every good row of a CSV or XLSX file and say which rows were left out and why.

        Raises:
            NotAllowed: they organise nothing.
            FileError: the file cannot be read.
        """
        rows = read_rows(content, filename)

        def work(tx: Tx) -> None:
            access = self._organiser(tx, user_id)
            pool = _pool(tx, json.loads(body)["pool"])
            view = self._take_rows(tx, access, pool, rows, f"update:{update_id}", now)
            tx.conversations.end(user_id, user_id)
            tx.outbox.say(user_id, view, now=now)

        await self._database.write(work)

    async def approve(self, user_id: int, item_id: int, *, now: datetime) -> None:
        """Let a claim stand.

        Raises:
            ItemMoved: it was decided before.
            NotAllowed, ItemOwn.
        """
        await self._rule(user_id, item_id, lambda by: Approve(by), now=now)

    async def accept(self, user_id: int, item_id: int, version: int, *, now: datetime) -> None:
        """Accept the report that was read; with the last milestone the item is closed.

        Raises:
            ItemMoved: it was ruled on, or handed in anew.
            NotAllowed, ItemOwn.
        """
        await self._rule(user_id, item_id, lambda by: Accept(by, version), now=now)

    async def ask_why(self, user_id: int, what: str, item_id: int, version: int, *, now: datetime) -> None:
        """Ask for the reason that a ruling needs; the next message is it.

        Raises:
            NotAllowed: the item is not theirs to rule on.
        """

        def work(tx: Tx) -> None:
            access = self._organiser(tx, user_id)
            pool, row = found(tx, item_id)
            must_run(tx, access, pool, row)
            body = json.dumps({"what": what, "item": item_id, "version": version})
            tx.conversations.put(user_id, user_id, REASON, body, now=now)
            tx.outbox.say(user_id, ItemReasonAsked(what=what, title=row.title), now=now)

        await self._database.write(work)

    async def give_reason(self, user_id: int, body: str, reason: str, *, now: datetime) -> None:
        """Rule with the reason that was written.

        Raises:
            ReasonNeeded, TooLong: the reason does not do.
            ItemMoved, ItemClosed, NotAllowed, ItemOwn.
        """
        asked = json.loads(body)
        item_id, version = int(asked["item"]), int(asked["version"])

        def command(by: int | None) -> Command:
            match asked["what"]:
                case "decline":
                    return Decline(by, reason)
                case "return":
                    return Return(by, version, reason)
                case "close":
                    return Close(by, reason)
                case "reopen":
                    return Reopen(by, reason)
                case "release":
                    return Release(by, reason)
            raise Forged()

        await self._rule(user_id, item_id, command, now=now, ends=True)

    async def waiting(self, user_id: int, *, now: datetime) -> None:
        """List the claims and reports that wait for this organiser, the oldest items first.

        Raises:
            NotAllowed: they organise nothing.
        """

        def work(tx: Tx) -> None:
            access = self._organiser(tx, user_id)
            pools = {pool.key: pool for pool in pools_in_force(tx)}
            rows = [row for row in tx.claims.all() if row.pool in pools and waits_for(tx, access, pools[row.pool], row)]
            lines = tuple(line_of(pools[row.pool], row, self._day(now)) for row in rows[:_LISTED])
            tx.outbox.say(user_id, ItemWaiting(lines=lines, count=len(rows)), now=now)

        await self._database.write(work)

    async def log(self, user_id: int, item_id: int, *, now: datetime) -> None:
        """Show every step of an item to its holder or to whoever rules on it.

        Raises:
            ItemUnknown: it is neither.
        """

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._settings.admins)
            pool, row = found(tx, item_id)
            mine = access.person is not None and access.person.id == row.holder_id
            if not mine and not (access.is_organiser and runs(tx, access, pool, row)):
                raise ItemUnknown()
            lines = []
            for step in tx.claims.steps(item_id):
                body = json.loads(step.body)
                at = body.get("milestone")
                known = at is not None and at < len(pool.milestones)
                lines.append(
                    LogLine(
                        at=step.at,
                        event="Finished" if step.event == "Closed" and body.get("finished") else step.event,
                        name=step.name or "",
                        reason=body.get("reason", ""),
                        milestone=pool.milestones[at].title.root if known else None,
                    )
                )
            tx.outbox.say(user_id, ItemLog(title=row.title, lines=tuple(lines)), now=now)

        await self._database.write(work)

    async def _rule(
        self, user_id: int, item_id: int, command: Callable[[int | None], Command], *, now: datetime, ends: bool = False
    ) -> None:
        def work(tx: Tx) -> None:
            access = self._organiser(tx, user_id)
            pool, row = found(tx, item_id)
            must_run(tx, access, pool, row)
            by = None if access.person is None else access.person.id
            kept, events = carry_out(tx, pool, row, command(by), author=user_id, now=now, zone=self._settings.zone)
            if ends:
                tx.conversations.end(user_id, user_id)
            refresh(tx, pool, kept, access, now=now, today=self._day(now), say=ends)
            event = events[-1]  # the end of an item says that its last milestone was accepted
            holder = row.holder_user if row.holder_user is not None else kept.holder_user
            if holder is not None and holder != user_id:
                tell(tx, pool, kept, event, [holder], now=now, of=row)

        await self._database.write(work)

    def _take_rows(
        self,
        tx: Tx,
        access: Access,
        pool: Pool,
        rows: Sequence[tuple[int, Mapping[str, str]]],
        source: str,
        now: datetime,
    ) -> ItemsOffered:
        taken: list[Fields] = []
        mistakes: list[ImportMistake] = []
        for line, cells in rows:
            try:
                fields = settle(tx, access, pool, cells, self._day(now))
            except StudyError as error:
                flaw, said = flaw_of(error)
                mistakes.append(ImportMistake(line=line, flaw=flaw, said=said))
                continue
            if self._add(tx, access, pool, fields, f"{source}:{line}", now) is not None:
                taken.append(fields)
        return ItemsOffered(
            pool=pool.title.root,
            items=len(taken),
            works=len({fields.work for fields in taken if fields.work}),
            titles=tuple(fields.title for fields in taken[:_LISTED]),
            mistakes=tuple(mistakes[:_LISTED]),
        )

    def _add(self, tx: Tx, access: Access, pool: Pool, fields: Fields, source: str, now: datetime) -> int | None:
        own = None if access.is_admin or access.person is None else access.person.unit_id
        return add_item(tx, pool, fields, source, unit_id=own, by=access.user_id, now=now)

    def _organiser(self, tx: Tx, user_id: int) -> Access:
        access = access_of(tx, user_id, self._settings.admins)
        if not access.is_organiser:
            raise NotAllowed()
        return access

    def _day(self, now: datetime) -> date:
        return day_of(now, self._settings.zone)


def add_item(
    tx: Tx, pool: Pool, fields: Fields, source: str, *, unit_id: int | None, by: int, now: datetime
) -> int | None:
    """Put an item up, and say so in its log; ``None`` if the same source did so before."""
    item_id = tx.claims.add(
        source,
        pool=pool.key,
        work=fields.work,
        title=fields.title,
        measure=fields.measure,
        unit_id=unit_id,
        leader_id=fields.leader_id,
        wanted_unit_id=fields.unit_id,
        wanted_person_id=fields.person_id,
        deadline=fields.deadline,
        created_by=by,
        now=now,
    )
    if item_id is not None:
        tx.claims.log(item_id, "Offered", "{}", author=by, now=now)
    return item_id


def _pool(tx: Tx, key: str) -> Pool:
    found = next((pool for pool in pools_in_force(tx) if pool.key == key), None)
    if found is None:
        raise Forged()
    return found


def held_rows(tx: Tx, access: Access, pools: Mapping[str, Pool]) -> list[ItemRow]:
    """The items that an organiser runs, held or open."""
    return [row for row in tx.claims.all() if row.pool in pools and runs(tx, access, pools[row.pool], row)]
