"""Golden ideas (金点子): collected in campaigns, voted on, shortlisted, adopted or not; adopted ones become known and real."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from storage import Database, Rank, Tx
from storage.ideas import IdeaRow
from storage.people import Person, Role
from study.access import Access, access_of
from study.calendar import day_of
from study.claim_book import ClaimSettings
from study.claim_desk import add_item
from study.claim_fields import LONGEST as LONGEST_FIELD
from study.claim_fields import Fields
from study.errors import Forged, NotAllowed, NotOnRoster, SwitchedOff, TooLong
from study.idea_errors import IdeaOwn, IdeasClosed, IdeaTooShort, IdeaUnknown, IdeaWaits, VotesUsed
from study.idea_rules import ADOPTED, NOT_ADOPTED, SHORTLISTED, SUBMITTED, alike, must_become
from study.idea_views import IdeaAlike, IdeaCard, IdeaLine, IdeaList, IdeaNews, IdeaPosted, IdeaReasonAsked
from study.ledger import Happening, credit
from study.programme import programme_in_force
from study.programme.ideas import Campaign
from study.task_refusals import ReasonNeeded
from study.task_rules import LONGEST_REASON

CONFIRMING, REASON = "idea.confirm", "idea.reason"
"""Topics: an idea like another waits for its author's decision; the reason for not adopting is being written."""
ORDERS = ("votes", "newest", "mine")
LONGEST, SHORTEST = 1000, 4
_PAGE = 8


class Ideas:
    """The ideas of one programme."""

    def __init__(self, database: Database, settings: ClaimSettings) -> None:
        self._database, self._settings = database, settings

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
                lines = tuple(_line(by_id[number], person, shown, named=False) for number in near)
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
            access = self._anybody(tx, user_id)
            campaign, today = self._newest(tx, access, now), self._day(now)
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
                    _line(row, me, votes, named=_named(tx, access, campaign, row))
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
            access = self._anybody(tx, user_id)
            campaign, row = self._found(tx, access, idea_id)
            tx.outbox.say(user_id, self._card(tx, access, campaign, row), now=now, ref=f"idea:{idea_id}:{user_id}")

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
            campaign, row = self._found(tx, access, idea_id)
            if person.role is Role.OBSERVER:
                raise NotAllowed()
            if not campaign.first <= self._day(now) <= campaign.last:
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
            self._refresh(tx, access, campaign, idea_id, chat_id, now)
            return idea_id not in votes

        return await self._database.write(work)

    async def categorise(self, user_id: int, chat_id: int, idea_id: int, category: int, *, now: datetime) -> None:
        """The author (or an organiser of theirs) says what the idea is about.

        Raises:
            NotAllowed: it is neither.
            Forged: there is no such category.
        """

        def work(tx: Tx) -> None:
            access = self._anybody(tx, user_id)
            campaign, row = self._found(tx, access, idea_id)
            mine = access.person is not None and access.person.id == row.person_id
            if not mine:
                self._must_rule(tx, access, row)
            if not 0 <= category < len(campaign.categories):
                raise Forged()
            tx.ideas.set_category(idea_id, campaign.categories[category])
            self._refresh(tx, access, campaign, idea_id, chat_id, now)

        await self._database.write(work)

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
            access = self._anybody(tx, user_id)
            campaign, row = self._found(tx, access, idea_id)
            self._must_rule(tx, access, row)
            must_become(row.state, state)
            tx.ideas.rule(idea_id, state, said, now=now)
            tx.ideas.log(idea_id, state, said, author=user_id, now=now)
            if said:
                tx.conversations.end(user_id, user_id)
            happening = Happening("idea.adopted", {"campaign": campaign.key}) if state == ADOPTED else None
            credit(tx, row.person_id, f"idea:{idea_id}:adopted", happening, day=self._day(now), now=now, reason=said)
            if row.user_id is not None and row.user_id in tx.places.reachable():
                news = IdeaNews(idea=idea_id, text=row.text, state=state, reason=said)
                tx.outbox.say(row.user_id, news, now=now, rank=Rank.PUSH)
            self._refresh(tx, access, campaign, idea_id, user_id, now, say=bool(said))

        await self._database.write(work)

    async def ask_why(self, user_id: int, idea_id: int, *, now: datetime) -> None:
        """Ask why an idea is not adopted; the next message is the reason.

        Raises:
            NotAllowed, IdeaOwn: they do not rule on it.
        """

        def work(tx: Tx) -> None:
            access = self._anybody(tx, user_id)
            _, row = self._found(tx, access, idea_id)
            self._must_rule(tx, access, row)
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
            access = self._anybody(tx, user_id)
            campaign, row = self._found(tx, access, idea_id)
            self._must_rule(tx, access, row)
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
            access = self._anybody(tx, user_id)
            campaign, row = self._found(tx, access, idea_id)
            self._must_rule(tx, access, row)
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
            self._refresh(tx, access, campaign, idea_id, user_id, now)
            return item_id

        return await self._database.write(work)

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
        credit(tx, person.id, f"idea:{idea_id}", what, day=self._day(now), now=now)
        access = access_of(tx, person.user_id, self._settings.admins)
        row = tx.ideas.get(idea_id)
        assert row is not None
        view = self._card(tx, access, campaign, row, group=chat_id != person.user_id, new=True)
        tx.outbox.say(chat_id, view, now=now, ref=f"idea:{idea_id}:{chat_id}", reply_to=reply_to)

    def _card(
        self, tx: Tx, access: Access, campaign: Campaign, row: IdeaRow, *, group: bool = False, new: bool = False
    ) -> IdeaCard:
        """The idea for one reader; for a group without anything that is only one reader's."""
        me = None if group else access.person
        mine = access.person is not None and access.person.id == row.person_id
        votes = frozenset() if me is None else tx.ideas.votes_of(me.id, campaign.key)
        may: list[str] = []
        if group or (me is not None and not mine):
            may.append("unvote" if row.id in votes else "vote")
        if mine and campaign.categories and row.state == SUBMITTED:
            may.append("category")
        if not group and not mine and access.is_organiser and row.unit_id in access.units(tx):
            may += [] if row.state != SUBMITTED else ["shortlist"]
            may += [] if row.state == ADOPTED else ["adopt"]
            may += ["decline"] if row.state in (SUBMITTED, SHORTLISTED) else []
            if row.state == ADOPTED:
                may += [] if tx.ideas.was(row.id, "posted") else ["post"]
                may += ["item"] if campaign.pool is not None and row.item_id is None else []
        named = not campaign.anonymous if group else _named(tx, access, campaign, row)
        return IdeaCard(
            line=_line(row, me, votes, named=named),
            campaign=campaign.title.root,
            categories=campaign.categories if "category" in may else (),
            reason="" if group else row.reason,
            at=row.made_at,
            may=tuple(may),
            new=new,
        )

    def _refresh(
        self, tx: Tx, access: Access, campaign: Campaign, idea_id: int, chat_id: int, now: datetime, say: bool = False
    ) -> None:
        row = tx.ideas.get(idea_id)
        assert row is not None
        ref = f"idea:{idea_id}:{chat_id}"
        view = self._card(tx, access, campaign, row, group=chat_id != access.user_id)
        if say or (not tx.outbox.edit(ref, view, now=now) and chat_id == access.user_id):
            tx.outbox.say(access.user_id, view, now=now, ref=ref)

    def _anybody(self, tx: Tx, user_id: int) -> Access:
        access = access_of(tx, user_id, self._settings.admins)
        if access.person is None and not access.is_admin:
            raise NotOnRoster()
        return access

    def _must_rule(self, tx: Tx, access: Access, row: IdeaRow) -> None:
        if not access.is_organiser:
            raise NotAllowed()
        access.must_run(tx, row.unit_id)
        if access.person is not None and access.person.id == row.person_id:
            raise IdeaOwn()

    def _found(self, tx: Tx, access: Access, idea_id: int) -> tuple[Campaign, IdeaRow]:
        row = tx.ideas.get(idea_id)
        campaign = None if row is None else programme_in_force(tx).ideas.of(row.campaign)
        if row is None or campaign is None:
            raise IdeaUnknown()
        mine = access.person is not None and access.person.id == row.person_id
        runs = access.is_organiser and row.unit_id in access.units(tx)
        if not mine and not runs and (access.person is None or not _means(tx, campaign, access.person)):
            raise IdeaUnknown()
        return campaign, row

    def _open_to(self, tx: Tx, person: Person, now: datetime) -> Campaign:
        ideas = programme_in_force(tx).ideas
        if not ideas.campaigns:
            raise SwitchedOff()
        found = next((one for one in ideas.on(self._day(now)) if _means(tx, one, person)), None)
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
            if one.first <= self._day(now)
            and (access.is_organiser or (access.person is not None and _means(tx, one, access.person)))
        ]
        if not begun:
            raise IdeasClosed()
        return max(begun, key=lambda one: (one.last >= self._day(now), one.first))

    def _day(self, now: datetime) -> date:
        return day_of(now, self._settings.zone)


def _called(tx: Tx, key: str, language: str) -> str:
    campaign = programme_in_force(tx).ideas.of(key)
    return campaign.title.within(language) if language and campaign is not None else key


def _means(tx: Tx, campaign: Campaign, person: Person) -> bool:
    unit = tx.people.unit(person.unit_id)
    cohorts = {cohort.key: cohort.who for cohort in programme_in_force(tx).header.cohorts}
    return unit is not None and campaign.who.means(person, unit.path, cohorts)


def _named(tx: Tx, access: Access, campaign: Campaign, row: IdeaRow) -> bool:
    """Whether the reader sees the author's name: always their own and, as an organiser, that of their people."""
    mine = access.person is not None and access.person.id == row.person_id
    return mine or not campaign.anonymous or (access.is_organiser and row.unit_id in access.units(tx))


def _line(row: IdeaRow, me: Person | None, votes: frozenset[int], *, named: bool) -> IdeaLine:
    return IdeaLine(
        id=row.id,
        text=row.text,
        name=row.name if named else "",
        unit=row.unit if named else "",
        category=row.category,
        votes=row.votes,
        state=row.state,
        mine=me is not None and me.id == row.person_id,
        voted=row.id in votes,
    )


def _above(tx: Tx, unit_id: int) -> Sequence[int]:
    """A unit and every unit above it."""
    parents = {unit.id: unit.parent_id for unit in tx.people.units()}
    found: list[int] = []
    walked: int | None = unit_id
    while walked is not None:
        found.append(walked)
        walked = parents.get(walked)
    return found


__all__ = ["ADOPTED", "CONFIRMING", "NOT_ADOPTED", "ORDERS", "REASON", "SHORTLISTED", "IdeaWaits", "Ideas"]
