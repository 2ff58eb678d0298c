"""Two-way choice (双向选择): people state wishes, the office whom it would take; the outcome is shown and then confirmed."""

import json
import random
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage import Database, Tx
from storage.claims import ItemRow, ItemWish
from study.access import Access, access_of
from study.calendar import day_of
from study.claim_book import ClaimSettings, carry_out, found, is_meant, must_run, pools_in_force, refresh, runs, tell
from study.claim_errors import ItemByChoice, ItemMoved, ItemNotMeant, ItemsFull, ItemTaken, WishesChanged
from study.claim_matching import draw, match, ranking
from study.claim_moves import Assign
from study.claim_rules import ItemState
from study.claim_views import ItemMatchPreview, ItemWishers, MatchLine, WisherLine
from study.errors import Forged, NotAllowed
from study.programme import programme_in_force
from study.programme.claims import Pool, period_of


class ClaimChoice:
    """Wishes, choices and what comes of them. ``dice`` draws the seed of a lot."""

    def __init__(self, database: Database, settings: ClaimSettings, dice: random.Random) -> None:
        self._database, self._settings, self._dice = database, settings, dice

    async def wish(self, user_id: int, item_id: int, *, wanted: bool, now: datetime) -> int:
        """State a wish after those stated before, or take one back; returns its place (0: none any more).

        Raises:
            ItemNotMeant, ItemByChoice, ItemTaken: it cannot be wished for.
            ItemsFull: they have as many wishes as they may state.
        """

        def work(tx: Tx) -> int:
            access = access_of(tx, user_id, self._settings.admins)
            person = access.member()
            pool, row = found(tx, item_id)
            if pool.two_way is None:
                raise ItemByChoice(wanted="claim")
            if not is_meant(tx, programme_in_force(tx), pool, row, person):
                raise ItemNotMeant()
            if row.state != ItemState.OPEN:
                raise ItemTaken(wanted="other", name=row.holder or "", unit=row.holder_unit or "")
            stated = [w.item_id for w in tx.claims.wishes() if w.person_id == person.id and w.pool == pool.key]
            if wanted and item_id not in stated:
                if len(stated) >= pool.two_way.wishes:
                    raise ItemsFull(most=pool.two_way.wishes, wanted="wishes")
                stated.append(item_id)
            elif not wanted and item_id in stated:
                stated.remove(item_id)
                tx.claims.unwish(person.id, item_id)
            for at, one in enumerate(stated, 1):
                tx.claims.wish(person.id, one, at, now=now)
            refresh(tx, pool, row, access, now=now, today=day_of(now, self._settings.zone))
            return stated.index(item_id) + 1 if item_id in stated else 0

        return await self._database.write(work)

    async def wishers(self, user_id: int, item_id: int, *, press: int = 0, now: datetime) -> None:
        """Show who wishes for an item; ``press``: put that person next in the office's choice, or take them out of it.

        The item's leader may choose too.

        Raises:
            NotAllowed: they neither run the item nor lead it.
        """

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._settings.admins)
            pool, row = found(tx, item_id)
            if row.leader_user != user_id:
                must_run(tx, access, pool, row)
            wishes = [wish for wish in tx.claims.wishes() if wish.item_id == item_id]
            chosen = [one.person_id for one in tx.claims.choices() if one.item_id == item_id]
            if press in chosen:
                chosen.remove(press)
                tx.claims.unchoose(item_id, press)
            elif any(wish.person_id == press for wish in wishes):
                chosen.append(press)
            elif press:
                raise Forged()
            for at, person_id in enumerate(chosen, 1):
                tx.claims.choose(item_id, person_id, at, author=user_id, now=now)
            lines = tuple(
                WisherLine(
                    person=wish.person_id,
                    name=wish.name,
                    unit=wish.unit,
                    place=wish.place,
                    chosen=chosen.index(wish.person_id) + 1 if wish.person_id in chosen else 0,
                )
                for wish in sorted(wishes, key=lambda one: (one.place, one.name))
            )
            view, ref = ItemWishers(item=item_id, title=row.title, lines=lines), f"wishers:{item_id}:{user_id}"
            if not press or not tx.outbox.edit(ref, view, now=now):
                tx.outbox.say(user_id, view, now=now, ref=ref)

        await self._database.write(work)

    async def propose(self, user_id: int, pool_key: str, *, now: datetime) -> None:
        """Work out who would get what and show it; nothing is given yet.

        Raises:
            NotAllowed: they organise nothing.
            Forged: there is no such pool of two-way choice.
        """
        seed = self._dice.randrange(1, 10**9)

        def work(tx: Tx) -> None:
            access = self._organiser(tx, user_id)
            pool = _pool(tx, pool_key)
            outcome = self._outcome(tx, access, pool, seed, now)
            body = json.dumps(outcome, ensure_ascii=False)
            match_id = tx.claims.add_match(pool.key, seed, body, by=user_id, now=now)
            view = self._preview(tx, access, pool, match_id, seed, outcome, confirmed=False)
            tx.outbox.say(user_id, view, now=now, ref=f"match:{match_id}")

        await self._database.write(work)

    async def confirm(self, user_id: int, match_id: int, *, now: datetime) -> int:
        """Give the items as proposed; says how many. A second press gives nothing twice.

        Raises:
            WishesChanged: somebody has changed a wish, a choice or an item since; nothing is given.
            ItemMoved: it was confirmed before.
        """

        def work(tx: Tx) -> int:
            access = self._organiser(tx, user_id)
            proposal = tx.claims.match(match_id)
            if proposal is None:
                raise Forged()
            if proposal.made_by != user_id and not access.is_admin:
                raise NotAllowed()
            if proposal.confirmed_at is not None:
                raise ItemMoved()
            pool = _pool(tx, proposal.pool)
            outcome = self._outcome(tx, access, pool, proposal.seed, now)
            if json.dumps(outcome, ensure_ascii=False) != proposal.body:
                raise WishesChanged()
            view = self._preview(tx, access, pool, match_id, proposal.seed, outcome, confirmed=True)
            tx.claims.confirm_match(match_id, by=user_id, now=now)
            for item, person in outcome["given"]:
                _, row = found(tx, item)
                kept, events = carry_out(
                    tx, pool, row, Assign(person), author=user_id, now=now, zone=self._settings.zone
                )
                if kept.holder_user is not None:
                    tell(tx, pool, kept, events[0], [kept.holder_user], now=now)
            tx.outbox.edit(f"match:{match_id}", view, now=now)
            return len(outcome["given"])

        return await self._database.write(work)

    def _outcome(self, tx: Tx, access: Access, pool: Pool, seed: int, now: datetime) -> dict[str, Any]:
        """Everything that decides the outcome, and the outcome, ready to be compared."""
        rows = _open(tx, access, pool)
        wishes = _wishes(tx, rows)
        chosen: dict[int, list[int]] = defaultdict(list)
        for choice in tx.claims.choices():
            chosen[choice.item_id].append(choice.person_id)
        period = period_of(pool.period, day_of(now, self._settings.zone))
        people = {wish.person_id: wish for wish in wishes}
        lot = draw(sorted(people), seed)
        by_person: dict[int, list[int]] = defaultdict(list)
        by_item: dict[int, list[int]] = defaultdict(list)
        for wish in wishes:
            by_person[wish.person_id].append(wish.item_id)
            by_item[wish.item_id].append(wish.person_id)
        room = {person: pool.most - tx.claims.held_count(person, pool.key, period) for person in people}
        preferred = {
            item: ranking(wishers, chosen[item], _wanted(rows[item], wishers, people), lot)
            for item, wishers in by_item.items()
        }
        given = match(by_person, room, preferred)
        return {
            "wishes": sorted((person, items) for person, items in by_person.items()),
            "preferred": sorted((item, list(order)) for item, order in preferred.items()),
            "room": sorted(room.items()),
            "lot": list(lot),
            "open": sorted(rows),
            "given": [list(pair) for pair in sorted(given.items())],
        }

    def _preview(
        self,
        tx: Tx,
        access: Access,
        pool: Pool,
        match_id: int,
        seed: int,
        outcome: Mapping[str, Any],
        *,
        confirmed: bool,
    ) -> ItemMatchPreview:
        rows = _open(tx, access, pool)
        wishes = _wishes(tx, rows)
        people = {wish.person_id: wish for wish in wishes}
        places = {(wish.person_id, wish.item_id): wish.place for wish in wishes}
        chosen = {(one.person_id, one.item_id): one.place for one in tx.claims.choices()}
        given = {int(item): int(person) for item, person in outcome["given"]}
        return ItemMatchPreview(
            match=match_id,
            pool=pool.title.root,
            seed=seed,
            lot=tuple(people[person].name for person in outcome["lot"]),
            lines=tuple(
                MatchLine(
                    title=rows[item].title,
                    name=people[person].name,
                    unit=people[person].unit,
                    place=places[person, item],
                    chosen=chosen.get((person, item), 0),
                )
                for item, person in given.items()
            ),
            left=tuple(row.title for item, row in rows.items() if item not in given),
            without=tuple(
                f"{wish.name}（{wish.unit}）" for person, wish in people.items() if person not in given.values()
            ),
            confirmed=confirmed,
        )

    def _organiser(self, tx: Tx, user_id: int) -> Access:
        access = access_of(tx, user_id, self._settings.admins)
        if not access.is_organiser:
            raise NotAllowed()
        return access


def _pool(tx: Tx, key: str) -> Pool:
    pool = next((one for one in pools_in_force(tx) if one.key == key and one.two_way is not None), None)
    if pool is None:
        raise Forged()
    return pool


def _open(tx: Tx, access: Access, pool: Pool) -> dict[int, ItemRow]:
    """The open items of a pool that the organiser runs."""
    rows = [row for row in tx.claims.all() if row.pool == pool.key and row.state == ItemState.OPEN]
    return {row.id: row for row in rows if runs(tx, access, pool, row)}


def _wishes(tx: Tx, rows: Mapping[int, ItemRow]) -> list[ItemWish]:
    return [wish for wish in tx.claims.wishes() if wish.item_id in rows]


def _wanted(row: ItemRow, wishers: list[int], people: Mapping[int, ItemWish]) -> frozenset[int]:
    """Those among the wishers whom the office had in mind when it put the item up."""
    return frozenset(
        person
        for person in wishers
        if person == row.wanted_person_id
        or (row.wanted_unit_id is not None and people[person].unit_id == row.wanted_unit_id)
    )
