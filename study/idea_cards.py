"""What an idea looks like to whom, and who may touch it."""

from datetime import date, datetime

from storage import Tx
from storage.ideas import IdeaRow
from storage.people import Person
from study.access import Access, access_of
from study.calendar import day_of
from study.claim_book import ClaimSettings
from study.errors import NotAllowed, NotOnRoster
from study.idea_errors import IdeaOwn, IdeaUnknown
from study.idea_rules import ADOPTED, SHORTLISTED, SUBMITTED
from study.idea_views import IdeaCard, IdeaLine
from study.programme import programme_in_force
from study.programme.ideas import Campaign


class IdeaCards:
    """The ideas of one programme as their readers see them."""

    def __init__(self, settings: ClaimSettings) -> None:
        self._settings = settings

    def card(
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
        named = not campaign.anonymous if group else is_named(tx, access, campaign, row)
        return IdeaCard(
            line=line_of(row, me, votes, named=named),
            campaign=campaign.title.root,
            categories=campaign.categories if "category" in may else (),
            reason="" if group else row.reason,
            at=row.made_at,
            may=tuple(may),
            new=new,
        )

    def refresh(
        self, tx: Tx, access: Access, campaign: Campaign, idea_id: int, chat_id: int, now: datetime, say: bool = False
    ) -> None:
        """Show an idea anew where it stands; where that is nowhere in private, or if it is to be said, in a new message."""
        row = tx.ideas.get(idea_id)
        assert row is not None
        ref = f"idea:{idea_id}:{chat_id}"
        view = self.card(tx, access, campaign, row, group=chat_id != access.user_id)
        if say or (not tx.outbox.edit(ref, view, now=now) and chat_id == access.user_id):
            tx.outbox.say(access.user_id, view, now=now, ref=ref)

    def anybody(self, tx: Tx, user_id: int) -> Access:
        """What somebody may do.

        Raises:
            NotOnRoster: they are nobody here.
        """
        access = access_of(tx, user_id, self._settings.admins)
        if access.person is None and not access.is_admin:
            raise NotOnRoster()
        return access

    def must_rule(self, tx: Tx, access: Access, row: IdeaRow) -> None:
        """Let pass only who may rule on an idea.

        Raises:
            NotAllowed, IdeaOwn.
        """
        if not access.is_organiser:
            raise NotAllowed()
        access.must_run(tx, row.unit_id)
        if access.person is not None and access.person.id == row.person_id:
            raise IdeaOwn()

    def found(self, tx: Tx, access: Access, idea_id: int) -> tuple[Campaign, IdeaRow]:
        """An idea that the reader may see, with its campaign.

        Raises:
            IdeaUnknown.
        """
        row = tx.ideas.get(idea_id)
        campaign = None if row is None else programme_in_force(tx).ideas.of(row.campaign)
        if row is None or campaign is None:
            raise IdeaUnknown()
        mine = access.person is not None and access.person.id == row.person_id
        runs = access.is_organiser and row.unit_id in access.units(tx)
        if not mine and not runs and (access.person is None or not is_for(tx, campaign, access.person)):
            raise IdeaUnknown()
        return campaign, row

    def day(self, now: datetime) -> date:
        """The programme's day."""
        return day_of(now, self._settings.zone)


def is_for(tx: Tx, campaign: Campaign, person: Person) -> bool:
    """Whether a campaign is for somebody."""
    unit = tx.people.unit(person.unit_id)
    cohorts = {cohort.key: cohort.who for cohort in programme_in_force(tx).header.cohorts}
    return unit is not None and campaign.who.means(person, unit.path, cohorts)


def is_named(tx: Tx, access: Access, campaign: Campaign, row: IdeaRow) -> bool:
    """Whether the reader sees the author's name: always their own and, as an organiser, that of their people."""
    mine = access.person is not None and access.person.id == row.person_id
    return mine or not campaign.anonymous or (access.is_organiser and row.unit_id in access.units(tx))


def line_of(row: IdeaRow, me: Person | None, votes: frozenset[int], *, named: bool) -> IdeaLine:
    """An idea in a list, for one reader."""
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
