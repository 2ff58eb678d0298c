"""What organisers do with an idea: shortlist it, adopt it or not, make it known, make an item of it."""

import json
from collections.abc import Sequence
from datetime import datetime

from storage import Database, Rank, Tx
from study.claim_book import ClaimSettings
from study.claim_desk import add_item
from study.claim_fields import LONGEST as LONGEST_FIELD
from study.claim_fields import Fields
from study.errors import NotAllowed, SwitchedOff, TooLong
from study.idea_cards import IdeaCards
from study.idea_rules import ADOPTED, NOT_ADOPTED, must_become
from study.idea_views import IdeaNews, IdeaPosted, IdeaReasonAsked
from study.ledger import Happening, credit
from study.programme import programme_in_force
from study.task_refusals import ReasonNeeded
from study.task_rules import LONGEST_REASON

REASON = "idea.reason"
"""Topic: the reason for not adopting is being written."""


class IdeaRulings:
    """The rulings on the ideas of one programme."""

    def __init__(self, database: Database, settings: ClaimSettings) -> None:
        self._database, self._cards = database, IdeaCards(settings)

    async def rule(self, user_id: int, idea_id: int, state: str, *, reason: str = "", now: datetime) -> None:
        """Shortlist, adopt or not adopt an idea (the last with a reason); the author hears of it.

        Raises:
            IdeaRuled: somebody has done so.
            NotAllowed, IdeaOwn, ReasonNeeded, TooLong.
        """
        said = reason.strip()
        if state == NOT_ADOPTED and not said:
            raise ReasonNeeded()
        if len(said) > LONGEST_REASON:
            raise TooLong(limit=LONGEST_REASON, length=len(said))

        def work(tx: Tx) -> None:
            access = self._cards.anybody(tx, user_id)
            campaign, row = self._cards.found(tx, access, idea_id)
            self._cards.must_rule(tx, access, row)
            must_become(row.state, state)
            tx.ideas.rule(idea_id, state, said, now=now)
            tx.ideas.log(idea_id, state, said, author=user_id, now=now)
            if said:
                tx.conversations.end(user_id, user_id)
            happening = Happening("idea.adopted", {"campaign": campaign.key}) if state == ADOPTED else None
            credit(
                tx, row.person_id, f"idea:{idea_id}:adopted", happening, day=self._cards.day(now), now=now, reason=said
            )
            if row.user_id is not None and row.user_id in tx.places.reachable():
                news = IdeaNews(idea=idea_id, text=row.text, state=state, reason=said)
                tx.outbox.say(row.user_id, news, now=now, rank=Rank.PUSH)
            self._cards.refresh(tx, access, campaign, idea_id, user_id, now, say=bool(said))

        await self._database.write(work)

    async def ask_why(self, user_id: int, idea_id: int, *, now: datetime) -> None:
        """Ask why an idea is not adopted; the next message is the reason.

        Raises:
            NotAllowed, IdeaOwn: they do not rule on it.
        """

        def work(tx: Tx) -> None:
            access = self._cards.anybody(tx, user_id)
            _, row = self._cards.found(tx, access, idea_id)
            self._cards.must_rule(tx, access, row)
            must_become(row.state, NOT_ADOPTED)
            tx.conversations.put(user_id, user_id, REASON, json.dumps({"idea": idea_id}), now=now)
            tx.outbox.say(user_id, IdeaReasonAsked(idea=idea_id), now=now)

        await self._database.write(work)

    async def post(self, user_id: int, idea_id: int, *, now: datetime) -> int:
        """Post an adopted idea to the groups of the author's unit and of those above it, once; says to how many.

        Raises:
            NotAllowed: it is not theirs to post, or not adopted, or its words were removed.
        """

        def work(tx: Tx) -> int:
            access = self._cards.anybody(tx, user_id)
            campaign, row = self._cards.found(tx, access, idea_id)
            self._cards.must_rule(tx, access, row)
            if row.state != ADOPTED or not row.text:
                raise NotAllowed()
            above = _above(tx, row.unit_id)
            groups = [group for group in tx.places.groups() if group.unit_id in above]
            if tx.ideas.was(idea_id, "posted"):
                return 0
            view = IdeaPosted(
                campaign=campaign.title.root,
                idea=idea_id,
                text=row.text,
                name="" if campaign.anonymous else row.name,
                unit=row.unit,
                votes=row.votes,
            )
            for group in groups:
                tx.outbox.say(group.chat_id, view, now=now, rank=Rank.PUSH)
            if groups:
                tx.ideas.log(idea_id, "posted", "", author=user_id, now=now)
            return len(groups)

        return await self._database.write(work)

    async def make_item(self, user_id: int, idea_id: int, *, now: datetime) -> int:
        """Make an adopted idea an item of the campaign's pool, once; returns the item's number.

        Raises:
            NotAllowed: it is not adopted, or not theirs, or its words were removed.
            SwitchedOff: the campaign names no pool.
        """

        def work(tx: Tx) -> int:
            access = self._cards.anybody(tx, user_id)
            campaign, row = self._cards.found(tx, access, idea_id)
            self._cards.must_rule(tx, access, row)
            if row.state != ADOPTED or not row.text:
                raise NotAllowed()
            pool = None if campaign.pool is None else programme_in_force(tx).claims.of(campaign.pool)
            if pool is None:
                raise SwitchedOff()
            if row.item_id is not None:
                return row.item_id
            title = row.text.splitlines()[0][: LONGEST_FIELD["title"]]
            unit_id = None if access.is_admin or access.person is None else access.person.unit_id
            fields = Fields(title=title, measure=row.text if row.text != title else "", work=row.category)
            item_id = add_item(tx, pool, fields, f"idea:{idea_id}", unit_id=unit_id, by=user_id, now=now)
            assert item_id is not None
            tx.ideas.set_item(idea_id, item_id)
            tx.ideas.log(idea_id, "item", str(item_id), author=user_id, now=now)
            self._cards.refresh(tx, access, campaign, idea_id, user_id, now)
            return item_id

        return await self._database.write(work)


def _above(tx: Tx, unit_id: int) -> Sequence[int]:
    """A unit and every unit above it."""
    parents = {unit.id: unit.parent_id for unit in tx.people.units()}
    found: list[int] = []
    walked: int | None = unit_id
    while walked is not None:
        found.append(walked)
        walked = parents.get(walked)
    return found
