"""The bulletin (月通报) on its desk: edited, submitted, approved by another person, posted once.

:mod:`study.bulletin_drafting` makes the drafts, :mod:`study.bulletin_figures` shows where their figures come from.
"""

from datetime import date, datetime

from storage import Database, Rank, Tx
from storage.bulletins import BulletinState
from study import bulletin_draft as drafts
from study.bulletin_book import BulletinBook, BulletinEmpty, BulletinNotDraft, BulletinSettled, before, ref_of
from study.bulletin_views import (
    BulletinAsked,
    BulletinLists,
    BulletinMenu,
    BulletinNews,
    Named,
    PlanLine,
)
from study.calendar import day_of
from study.checkin_register import Actor
from study.errors import Forged, TooLong
from study.periods import period_of
from study.programme.reports import ReportPlan
from study.report_book import ReportSettings, own_unit, reader, scope_for, show

TOPIC = "bulletin"
_NAME_LIMIT = 60
_LISTED = 12


class Bulletins:
    """The bulletins of one programme."""

    def __init__(self, database: Database, settings: ReportSettings) -> None:
        self._database, self._settings, self._book = database, settings, BulletinBook(settings)

    async def menu(self, user_id: int, *, on_message: int | None = None, now: datetime) -> None:
        """What can be drafted, and the newest ones of the units that somebody runs.

        Raises:
            SwitchedOff, NotAllowed.
        """

        def work(tx: Tx) -> None:
            access, programme = reader(tx, user_id, self._settings)
            unit = own_unit(tx, access)
            scope = scope_for(tx, access, unit, self._settings)
            today = day_of(now, self._settings.zone)
            mine = access.units(tx)
            newest = [
                self._book.line(tx, programme, row)
                for row in tx.bulletins.recent(200)
                if access.is_admin or row.unit_id in mine
            ]
            plans = tuple(
                PlanLine(key=plan.key, title=plan.title.root, periods=_offered(plan, today))
                for plan in programme.reports.reports
            )
            view = BulletinMenu(unit_id=unit or 0, unit=scope.name, plans=plans, newest=tuple(newest[:_LISTED]))
            show(tx, user_id, view, on_message, f"bulletin:menu:{user_id}", now)

        await self._database.write(work)

    async def open(self, user_id: int, bulletin_id: int, *, on_message: int | None = None, now: datetime) -> None:
        """Show a bulletin on its desk.

        Raises:
            SwitchedOff, NotAllowed, Forged.
        """
        await self._database.write(lambda tx: self._book.desk(tx, user_id, bulletin_id, on_message, now))

    async def preview(self, user_id: int, bulletin_id: int, *, now: datetime) -> None:
        """Show it as the groups will see it, with its file.

        Raises:
            SwitchedOff, NotAllowed, Forged.
        """

        def work(tx: Tx) -> None:
            row, _, programme = self._book.mine(tx, user_id, bulletin_id)
            self._book.send(tx, user_id, drafts.facts_of(tx, row, programme), preview=True, rank=Rank.REPLY, now=now)

        await self._database.write(work)

    async def ask(self, user_id: int, bulletin_id: int, what: str, at: int, *, now: datetime) -> None:
        """The next message is a chapter's text (``text``), a name for a list (``name``), or why it goes back (``reason``).

        Raises:
            SwitchedOff, NotAllowed, Forged, BulletinNotDraft, BulletinSettled, BulletinOwn.
        """

        def work(tx: Tx) -> None:
            row, access, programme = self._book.mine(tx, user_id, bulletin_id)
            facts = drafts.facts_of(tx, row, programme)
            title: dict[str, str] | None = None
            chapter, text = "", ""
            if what == "reason":
                self._book.ruled_by(tx, row, access, programme)
            elif row.state is not BulletinState.DRAFT:
                raise BulletinNotDraft()
            elif what == "text":
                if not 0 <= at < len(facts.figures.chapters):
                    raise Forged()
                one = facts.figures.chapters[at]
                title, chapter, text = one.title, one.key, facts.texts.get(one.key, "")
            elif 0 <= at < len(facts.lists):
                title = facts.lists[at].title
            else:
                raise Forged()
            tx.conversations.put(user_id, user_id, TOPIC, f"{what}:{bulletin_id}:{at}", now=now)
            view = BulletinAsked.model_validate(
                {"what": what, "bulletin": bulletin_id, "title": title, "chapter": chapter, "text": text}
            )
            tx.outbox.say(user_id, view, now=now)

        await self._database.write(work)

    async def say(self, actor: Actor, body: str, words: str, *, now: datetime) -> None:
        """What was asked for has been written.

        Raises:
            BulletinEmpty, TooLong, and whatever :meth:`ask` raises.
        """
        what, bulletin, at = body.split(":")
        bulletin_id, place, text = int(bulletin), int(at), words.strip()
        if not text:
            raise BulletinEmpty()
        limit = drafts.TEXT_LIMIT if what == "text" else _NAME_LIMIT if what == "name" else 500
        if len(text) > limit:
            raise TooLong(limit=limit, length=len(text))

        def work(tx: Tx) -> None:
            row, access, programme = self._book.mine(tx, actor.user_id, bulletin_id)
            if what == "reason":
                self._book.ruled_by(tx, row, access, programme)
                if not tx.bulletins.give_back(bulletin_id, text):
                    raise BulletinSettled()
                tx.bulletins.note(bulletin_id, "returned", by=actor.user_id, name=actor.name, reason=text, now=now)
                line = self._book.line(tx, programme, row)
                news = BulletinNews(what="returned", line=line, by=actor.name, reason=text)
                if row.submitted_by is not None and row.submitted_by != actor.user_id:
                    tx.outbox.say(row.submitted_by, news, now=now)
            elif row.state is not BulletinState.DRAFT:
                raise BulletinNotDraft()
            elif what == "text":
                chapters = drafts.facts_of(tx, row, programme).figures.chapters
                tx.bulletins.write(bulletin_id, chapters[place].key, text, by=actor.user_id, name=actor.name, now=now)
            else:
                self._book.change(tx, row, place, lambda names: (*names, Named(name=text)))
            tx.conversations.end(actor.user_id, actor.user_id)
            self._book.desk(tx, actor.user_id, bulletin_id, None, now)

        await self._database.write(work)

    async def lists(self, user_id: int, bulletin_id: int, *, on_message: int, now: datetime) -> None:
        """Show the lists of a draft to be edited.

        Raises:
            SwitchedOff, NotAllowed, Forged.
        """

        def work(tx: Tx) -> None:
            row, _, programme = self._book.mine(tx, user_id, bulletin_id)
            view = BulletinLists(facts=drafts.facts_of(tx, row, programme))
            show(tx, user_id, view, on_message, ref_of(user_id, bulletin_id), now)

        await self._database.write(work)

    async def strike(
        self, user_id: int, bulletin_id: int, place: int, name: int, *, on_message: int, now: datetime
    ) -> None:
        """Strike a name from a list.

        Raises:
            SwitchedOff, NotAllowed, Forged, BulletinNotDraft.
        """

        def work(tx: Tx) -> None:
            row, _, programme = self._book.mine(tx, user_id, bulletin_id)
            if row.state is not BulletinState.DRAFT:
                raise BulletinNotDraft()
            self._book.change(tx, row, place, lambda names: tuple(one for n, one in enumerate(names) if n != name))
            changed = tx.bulletins.get(bulletin_id)
            assert changed is not None
            view = BulletinLists(facts=drafts.facts_of(tx, changed, programme))
            show(tx, user_id, view, on_message, ref_of(user_id, bulletin_id), now)

        await self._database.write(work)

    async def submit(self, actor: Actor, bulletin_id: int, *, on_message: int, now: datetime) -> None:
        """Let a draft wait for approval; those who may give it are told.

        Raises:
            SwitchedOff, NotAllowed, Forged, BulletinNotDraft.
        """

        def work(tx: Tx) -> None:
            row, _, programme = self._book.mine(tx, actor.user_id, bulletin_id)
            if not tx.bulletins.submit(bulletin_id, by=actor.user_id, name=actor.name):
                raise BulletinNotDraft()
            tx.bulletins.note(bulletin_id, "submitted", by=actor.user_id, name=actor.name, now=now)
            news = BulletinNews(what="submitted", line=self._book.line(tx, programme, row), by=actor.name)
            for approver in self._book.approvers(tx, row, programme):
                if approver != actor.user_id:
                    tx.outbox.say(approver, news, now=now, rank=Rank.PUSH)
            self._book.desk(tx, actor.user_id, bulletin_id, on_message, now)

        await self._database.write(work)

    async def approve(self, actor: Actor, bulletin_id: int, *, on_message: int, now: datetime) -> int:
        """Approve it and post it to its groups, once; says to how many.

        Raises:
            SwitchedOff, NotAllowed, Forged, BulletinOwn, BulletinSettled.
        """

        def work(tx: Tx) -> int:
            row, access, programme = self._book.mine(tx, actor.user_id, bulletin_id)
            self._book.ruled_by(tx, row, access, programme)
            if not tx.bulletins.post(bulletin_id, by=actor.user_id, name=actor.name, now=now):
                raise BulletinSettled()
            tx.bulletins.note(bulletin_id, "posted", by=actor.user_id, name=actor.name, now=now)
            posted = tx.bulletins.get(bulletin_id)
            assert posted is not None
            facts = drafts.facts_of(tx, posted, programme)
            groups = self._book.groups(tx, posted, programme)
            for chat_id in groups:
                self._book.send(tx, chat_id, facts, preview=False, rank=Rank.BROADCAST, now=now)
            if row.submitted_by is not None and row.submitted_by != actor.user_id:
                line = self._book.line(tx, programme, posted)
                news = BulletinNews(what="posted", line=line, by=actor.name, groups=len(groups))
                tx.outbox.say(row.submitted_by, news, now=now)
            self._book.desk(tx, actor.user_id, bulletin_id, on_message, now)
            return len(groups)

        return await self._database.write(work)


def _offered(plan: ReportPlan, today: date) -> tuple[str, ...]:
    return (before(plan, today).key, period_of(plan.every, today).key)
