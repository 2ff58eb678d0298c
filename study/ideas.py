"""Golden ideas (金点子): collected in campaigns, voted on, shortlisted, adopted or not; adopted ones become known and real."""

import json
from datetime import datetime
from typing import Any

from storage import Database, Tx
from storage.people import Person, Role
from study.access import Access, access_of
from study.claim_book import ClaimSettings
from study.errors import Forged, NotAllowed, SwitchedOff, TooLong
from study.idea_cards import IdeaCards, is_for, is_named, line_of
from study.idea_errors import IdeaOwn, IdeasClosed, IdeaTooShort, VotesUsed
from study.idea_rules import ADOPTED, SUBMITTED, alike
from study.idea_rulings import IdeaRulings
from study.idea_views import IdeaAlike, IdeaList
from study.ledger import Happening, credit
from study.programme import programme_in_force
from study.programme.ideas import Campaign

CONFIRMING = "idea.confirm"
"""Topic: an idea like another waits for its author's decision."""
ORDERS = ("votes", "newest", "mine")
LONGEST, SHORTEST = 1000, 4
_PAGE = 8


class Ideas:
    """The ideas of one programme; ``rulings``: what organisers do with them."""

    def __init__(self, database: Database, settings: ClaimSettings) -> None:
        self._database, self._settings = database, settings
        self._cards = IdeaCards(settings)
        self.rulings = IdeaRulings(database, settings)

    async def submit(
        self,
        user_id: int,
        chat_id: int,
        text: str,
        *,
        source: str,
        reply_to: int | None = None,
        sure: bool = False,
        now: datetime,
    ) -> None:
        """Take an idea; unless the author is ``sure``, those that are like it are shown first.

        Raises:
            NotOnRoster, SwitchedOff, IdeasClosed, IdeaTooShort, TooLong.
        """
        said = text.strip()
        if len(said) < SHORTEST:
            raise IdeaTooShort(least=SHORTEST)
        if len(said) > LONGEST:
            raise TooLong(limit=LONGEST, length=len(said))

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._settings.admins).member()
            campaign = self._open_to(tx, person, now)
            rows = [row for row in tx.ideas.all() if row.campaign == campaign.key]
            near = () if sure else alike(said, [(row.id, row.text) for row in rows])
            if near:
                votes = tx.ideas.votes_of(person.id, campaign.key)
                by_id = {row.id: row for row in rows}
                # In a group nobody's votes are shown to the others.
                shown = votes if chat_id == user_id else frozenset()
                lines = tuple(line_of(by_id[number], person, shown, named=False) for number in near)
                body = json.dumps({"text": said, "source": source}, ensure_ascii=False)
                tx.conversations.put(user_id, chat_id, CONFIRMING, body, now=now)
                tx.outbox.say(chat_id, IdeaAlike(text=said, lines=lines), now=now, reply_to=reply_to)
                return
            self._keep(tx, person, campaign, said, source, chat_id, reply_to, now)

        await self._database.write(work)

    async def submit_anyway(self, user_id: int, chat_id: int, *, now: datetime) -> None:
        """Hand in the idea that was found to be like others.

        Raises:
            Forged: none waits (any more).
        """

        def work(tx: Tx) -> None:
            under_way = tx.conversations.get(user_id, chat_id)
            if under_way is None or under_way.topic != CONFIRMING:
                raise Forged()
            person = access_of(tx, user_id, self._settings.admins).member()
            waits = json.loads(under_way.body)
            tx.conversations.end(user_id, chat_id)
            campaign = self._open_to(tx, person, now)
            self._keep(tx, person, campaign, waits["text"], waits["source"], chat_id, None, now)

        await self._database.write(work)

    async def show(
        self, user_id: int, *, order: str = "votes", page: int = 0, anew: bool = True, now: datetime
    ) -> None:
        """Show the ideas of the newest campaign that has begun: by votes, the newest first, or one's own.

        Raises:
            NotOnRoster, SwitchedOff, IdeasClosed.
        """

        def work(tx: Tx) -> None:
            access = self._cards.anybody(tx, user_id)
            campaign, today = self._newest(tx, access, now), self._cards.day(now)
            rows = [row for row in tx.ideas.all() if row.campaign == campaign.key]
            me = access.person
            shown = [row for row in rows if order != "mine" or (me is not None and row.person_id == me.id)]
            if order == "votes":
                shown.sort(key=lambda row: (-row.votes, row.id))
            votes = frozenset() if me is None else tx.ideas.votes_of(me.id, campaign.key)
            pages = max(1, -(-len(shown) // _PAGE))
            at = min(max(page, 0), pages - 1)
            view = IdeaList(
                campaign=campaign.title.root,
                first=campaign.first,
                last=campaign.last,
                on=campaign.first <= today <= campaign.last,
                order=order,
                lines=tuple(
                    line_of(row, me, votes, named=is_named(tx, access, campaign, row))
                    for row in shown[at * _PAGE : (at + 1) * _PAGE]
                ),
                ideas=len(rows),
                people=len({row.person_id for row in rows}),
                votes=sum(row.votes for row in rows),
                adopted=sum(row.state == ADOPTED for row in rows),
                left=max(0, campaign.votes - len(votes)),
                page=at,
                pages=pages,
            )
            ref = f"ideas:{user_id}"
            if anew or not tx.outbox.edit(ref, view, now=now):
                tx.outbox.say(user_id, view, now=now, ref=ref)

        await self._database.write(work)

    async def open(self, user_id: int, idea_id: int, *, now: datetime) -> None:
        """Show one idea in private.

        Raises:
            IdeaUnknown: there is none, or it is not for them.
        """

        def work(tx: Tx) -> None:
            access = self._cards.anybody(tx, user_id)
            campaign, row = self._cards.found(tx, access, idea_id)
            tx.outbox.say(
                user_id, self._cards.card(tx, access, campaign, row), now=now, ref=f"idea:{idea_id}:{user_id}"
            )

        await self._database.write(work)

    async def vote(self, user_id: int, chat_id: int, idea_id: int, *, now: datetime) -> bool:
        """Vote for an idea, or withdraw the vote; says whether they vote for it now.

        Raises:
            IdeaOwn: it is their own.
            VotesUsed: they have given all their votes.
            IdeasClosed: the campaign is over; NotAllowed: observers do not vote.
        """

        def work(tx: Tx) -> bool:
            access = access_of(tx, user_id, self._settings.admins)
            person = access.member()
            campaign, row = self._cards.found(tx, access, idea_id)
            if person.role is Role.OBSERVER:
                raise NotAllowed()
            if not campaign.first <= self._cards.day(now) <= campaign.last:
                raise IdeasClosed()
            if row.person_id == person.id:
                raise IdeaOwn()
            votes = tx.ideas.votes_of(person.id, campaign.key)
            if idea_id in votes:
                tx.ideas.unvote(idea_id, person.id)
            elif len(votes) >= campaign.votes:
                raise VotesUsed(most=campaign.votes)
            else:
                tx.ideas.vote(idea_id, person.id, now=now)
            self._cards.refresh(tx, access, campaign, idea_id, chat_id, now)
            return idea_id not in votes

        return await self._database.write(work)

    async def categorise(self, user_id: int, chat_id: int, idea_id: int, category: int, *, now: datetime) -> None:
        """The author (or an organiser of theirs) says what the idea is about.

        Raises:
            NotAllowed: it is neither.
            Forged: there is no such category.
        """

        def work(tx: Tx) -> None:
            access = self._cards.anybody(tx, user_id)
            campaign, row = self._cards.found(tx, access, idea_id)
            mine = access.person is not None and access.person.id == row.person_id
            if not mine:
                self._cards.must_rule(tx, access, row)
            if not 0 <= category < len(campaign.categories):
                raise Forged()
            tx.ideas.set_category(idea_id, campaign.categories[category])
            self._cards.refresh(tx, access, campaign, idea_id, chat_id, now)

        await self._database.write(work)

    async def export(self, *, units: frozenset[int] | None = None, language: str = "") -> list[dict[str, Any]]:
        """Every idea as a row; ``units`` limits them to authors of these units.

        Campaigns by their titles in a language, or by their keys.
        """

        def work(tx: Tx) -> list[dict[str, Any]]:
            return [
                {
                    "number": row.id,
                    "campaign": _called(tx, row.campaign, language),
                    "unit": row.unit_path,
                    "name": row.name,
                    "text": row.text,
                    "category": row.category,
                    "votes": row.votes,
                    "idea_state": row.state,
                    "reason": row.reason,
                    "item_id": row.item_id,
                    "submitted_at": row.made_at.isoformat(),
                }
                for row in reversed(tx.ideas.all())
                if units is None or row.unit_id in units
            ]

        return await self._database.read(work)

    def _keep(
        self,
        tx: Tx,
        person: Person,
        campaign: Campaign,
        text: str,
        source: str,
        chat_id: int,
        reply_to: int | None,
        now: datetime,
    ) -> None:
        idea_id = tx.ideas.add(
            source, campaign=campaign.key, person_id=person.id, unit_id=person.unit_id, text=text, now=now
        )
        if idea_id is None or person.user_id is None:
            return
        tx.ideas.log(idea_id, SUBMITTED, "", author=person.user_id, now=now)
        what = Happening("idea.submitted", {"campaign": campaign.key})
        credit(tx, person.id, f"idea:{idea_id}", what, day=self._cards.day(now), now=now)
        access = access_of(tx, person.user_id, self._settings.admins)
        row = tx.ideas.get(idea_id)
        assert row is not None
        view = self._cards.card(tx, access, campaign, row, group=chat_id != person.user_id, new=True)
        tx.outbox.say(chat_id, view, now=now, ref=f"idea:{idea_id}:{chat_id}", reply_to=reply_to)

    def _open_to(self, tx: Tx, person: Person, now: datetime) -> Campaign:
        ideas = programme_in_force(tx).ideas
        if not ideas.campaigns:
            raise SwitchedOff()
        found = next((one for one in ideas.on(self._cards.day(now)) if is_for(tx, one, person)), None)
        if found is None:
            raise IdeasClosed()
        return found

    def _newest(self, tx: Tx, access: Access, now: datetime) -> Campaign:
        campaigns = programme_in_force(tx).ideas.campaigns
        if not campaigns:
            raise SwitchedOff()
        begun = [
            one
            for one in campaigns
            if one.first <= self._cards.day(now)
            and (access.is_organiser or (access.person is not None and is_for(tx, one, access.person)))
        ]
        if not begun:
            raise IdeasClosed()
        return max(begun, key=lambda one: (one.last >= self._cards.day(now), one.first))


def _called(tx: Tx, key: str, language: str) -> str:
    campaign = programme_in_force(tx).ideas.of(key)
    return campaign.title.within(language) if language and campaign is not None else key
