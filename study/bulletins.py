"""The bulletin (月通报): drafted from the figures, edited and approved by people, posted once.

A draft's figures are frozen with the rows behind them at the moment of its snapshot; counting them anew is a step of its own.
What is posted is never changed: a correction is a new version, which says so.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from storage import Database, Rank, Tx
from storage.bulletins import Bulletin, BulletinHead, BulletinState
from storage.people import Role
from study import bulletin_draft as drafts
from study.access import Access, access_of
from study.bulletin_views import (
    BulletinAsked,
    BulletinDesk,
    BulletinFacts,
    BulletinFigures,
    BulletinFile,
    BulletinLine,
    BulletinLists,
    BulletinMenu,
    BulletinNews,
    BulletinReady,
    BulletinSheet,
    Lists,
    Named,
    PlanLine,
)
from study.calendar import day_of, moment
from study.checkin_register import Actor
from study.due import Due
from study.errors import Expired, Forged, NotAllowed, StudyError, TooLong
from study.periods import Period, period_of
from study.programme import Programme, programme_in_force
from study.programme.reports import ReportPlan
from study.report_book import ReportSettings, own_unit, period_called, reader, scope_for, show, top_unit
from study.report_figures import Scope, period_before, report_of, scope_of
from study.report_views import ReportRows
from study.reports import A_PAGE, chapter_of
from study.views import View

Change = Callable[[tuple[Named, ...]], tuple[Named, ...]]

TOPIC = "bulletin"
ALARM = "bulletin.draft"
_NAME_LIMIT = 60
_LISTED = 12


class BulletinOwn(StudyError):
    """Whoever submitted it does not approve it."""

    code = "bulletin_own"


class BulletinNotDraft(StudyError):
    """It waits for approval, or it is posted: it cannot be edited."""

    code = "bulletin_not_draft"


class BulletinSettled(StudyError):
    """Somebody has approved or returned it already."""

    code = "bulletin_settled"


class BulletinEmpty(StudyError):
    """What was sent has no words."""

    code = "bulletin_empty"


class Bulletins:
    """The bulletins of one programme."""

    def __init__(self, database: Database, settings: ReportSettings) -> None:
        self._database, self._settings = database, settings

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
                self._line(tx, programme, row)
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

    async def draft(
        self, user_id: int, report: str, period: str, unit_id: int, *, on_message: int | None = None, now: datetime
    ) -> None:
        """Open the newest version for a period; it is drafted if there is none.

        Raises:
            SwitchedOff, NotAllowed, Forged, PeriodUnknown.
        """
        unit = unit_id or None

        def allowed(tx: Tx) -> bool:
            access, programme = reader(tx, user_id, self._settings)
            scope_for(tx, access, unit, self._settings)
            if programme.reports.plan(report) is None:
                raise Forged()
            return tx.bulletins.newest(report, period, unit) is None

        _, span = period_called(period)
        if await self._database.read(allowed):
            await self._draft(report, span, unit, 1, now=now)

        def work(tx: Tx) -> None:
            row = tx.bulletins.newest(report, period, unit)
            if row is None:
                raise Forged()
            self._desk(tx, user_id, row.id, on_message, now)

        await self._database.write(work)

    async def _draft(
        self, report: str, period: Period, unit: int | None, version: int, *, old: int | None = None, now: datetime
    ) -> int | None:
        """Count on a reader's connection, then keep it; the second of two at once keeps nothing."""

        def count(tx: Tx) -> drafts.Snapshot | None:
            programme = programme_in_force(tx)
            plan = programme.reports.plan(report)
            scope = scope_of(tx, unit, self._settings.name)
            if plan is None or (unit is not None and scope.unit_id is None):
                return None
            return drafts.snapshot(tx, programme, plan, scope, period.first, zone=self._settings.zone, now=now)

        found = await self._database.read(count)
        if found is None:
            return None

        def keep(tx: Tx) -> int | None:
            made = tx.bulletins.add(
                report,
                period.key,
                unit,
                version,
                figures=found.report.model_dump_json(),
                lists=found.lists.model_dump_json(),
                taken_at=now,
                newest_entry=found.report.newest_entry,
            )
            if made is not None:
                for source, lines in found.rows.items():
                    tx.bulletins.keep_rows(made, source, lines)
                if old is not None:
                    tx.bulletins.copy_texts(old, made)
                tx.bulletins.note(made, "drafted", by=None, name="", now=now)
            return made

        return await self._database.write(keep)

    async def open(self, user_id: int, bulletin_id: int, *, on_message: int | None = None, now: datetime) -> None:
        """Show a bulletin on its desk.

        Raises:
            SwitchedOff, NotAllowed, Forged.
        """
        await self._database.write(lambda tx: self._desk(tx, user_id, bulletin_id, on_message, now))

    async def preview(self, user_id: int, bulletin_id: int, *, now: datetime) -> None:
        """Show it as the groups will see it, with its file.

        Raises:
            SwitchedOff, NotAllowed, Forged.
        """

        def work(tx: Tx) -> None:
            row, _, programme = self._mine(tx, user_id, bulletin_id)
            self._send(tx, user_id, drafts.facts_of(tx, row, programme), preview=True, rank=Rank.REPLY, now=now)

        await self._database.write(work)

    async def recount(self, user_id: int, bulletin_id: int, *, on_message: int, now: datetime) -> None:
        """Take new figures into a draft; what people wrote stays, the lists are made anew.

        Raises:
            SwitchedOff, NotAllowed, Forged, BulletinNotDraft.
        """

        def count(tx: Tx) -> drafts.Snapshot:
            row, _, programme = self._mine(tx, user_id, bulletin_id)
            plan = programme.reports.plan(row.report)
            if plan is None:
                raise Forged()
            scope = scope_of(tx, row.unit_id, self._settings.name)
            first = period_called(row.period)[1].first
            return drafts.snapshot(tx, programme, plan, scope, first, zone=self._settings.zone, now=now)

        found = await self._database.read(count)

        def keep(tx: Tx) -> None:
            if not tx.bulletins.recount(
                bulletin_id,
                figures=found.report.model_dump_json(),
                lists=found.lists.model_dump_json(),
                taken_at=now,
                newest_entry=found.report.newest_entry,
            ):
                raise BulletinNotDraft()
            for source, lines in found.rows.items():
                tx.bulletins.keep_rows(bulletin_id, source, lines)
            tx.bulletins.note(bulletin_id, "recounted", by=user_id, name="", now=now)
            self._desk(tx, user_id, bulletin_id, on_message, now)

        await self._database.write(keep)

    async def ask(self, user_id: int, bulletin_id: int, what: str, at: int, *, now: datetime) -> None:
        """The next message is a chapter's text (``text``), a name for a list (``name``), or why it goes back (``reason``).

        Raises:
            SwitchedOff, NotAllowed, Forged, BulletinNotDraft, BulletinSettled, BulletinOwn.
        """

        def work(tx: Tx) -> None:
            row, access, programme = self._mine(tx, user_id, bulletin_id)
            facts = drafts.facts_of(tx, row, programme)
            title: dict[str, str] | None = None
            chapter, text = "", ""
            if what == "reason":
                self._ruled_by(tx, row, access, programme)
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
            row, access, programme = self._mine(tx, actor.user_id, bulletin_id)
            if what == "reason":
                self._ruled_by(tx, row, access, programme)
                if not tx.bulletins.give_back(bulletin_id, text):
                    raise BulletinSettled()
                tx.bulletins.note(bulletin_id, "returned", by=actor.user_id, name=actor.name, reason=text, now=now)
                line = self._line(tx, programme, row)
                news = BulletinNews(what="returned", line=line, by=actor.name, reason=text)
                if row.submitted_by is not None and row.submitted_by != actor.user_id:
                    tx.outbox.say(row.submitted_by, news, now=now)
            elif row.state is not BulletinState.DRAFT:
                raise BulletinNotDraft()
            elif what == "text":
                chapters = drafts.facts_of(tx, row, programme).figures.chapters
                tx.bulletins.write(bulletin_id, chapters[place].key, text, by=actor.user_id, name=actor.name, now=now)
            else:
                self._change(tx, row, place, lambda names: (*names, Named(name=text)))
            tx.conversations.end(actor.user_id, actor.user_id)
            self._desk(tx, actor.user_id, bulletin_id, None, now)

        await self._database.write(work)

    async def lists(self, user_id: int, bulletin_id: int, *, on_message: int, now: datetime) -> None:
        """Show the lists of a draft to be edited.

        Raises:
            SwitchedOff, NotAllowed, Forged.
        """

        def work(tx: Tx) -> None:
            row, _, programme = self._mine(tx, user_id, bulletin_id)
            view = BulletinLists(facts=drafts.facts_of(tx, row, programme))
            show(tx, user_id, view, on_message, _ref(user_id, bulletin_id), now)

        await self._database.write(work)

    async def strike(
        self, user_id: int, bulletin_id: int, place: int, name: int, *, on_message: int, now: datetime
    ) -> None:
        """Strike a name from a list.

        Raises:
            SwitchedOff, NotAllowed, Forged, BulletinNotDraft.
        """

        def work(tx: Tx) -> None:
            row, _, programme = self._mine(tx, user_id, bulletin_id)
            if row.state is not BulletinState.DRAFT:
                raise BulletinNotDraft()
            self._change(tx, row, place, lambda names: tuple(one for n, one in enumerate(names) if n != name))
            changed = tx.bulletins.get(bulletin_id)
            assert changed is not None
            view = BulletinLists(facts=drafts.facts_of(tx, changed, programme))
            show(tx, user_id, view, on_message, _ref(user_id, bulletin_id), now)

        await self._database.write(work)

    async def submit(self, actor: Actor, bulletin_id: int, *, on_message: int, now: datetime) -> None:
        """Let a draft wait for approval; those who may give it are told.

        Raises:
            SwitchedOff, NotAllowed, Forged, BulletinNotDraft.
        """

        def work(tx: Tx) -> None:
            row, _, programme = self._mine(tx, actor.user_id, bulletin_id)
            if not tx.bulletins.submit(bulletin_id, by=actor.user_id, name=actor.name):
                raise BulletinNotDraft()
            tx.bulletins.note(bulletin_id, "submitted", by=actor.user_id, name=actor.name, now=now)
            news = BulletinNews(what="submitted", line=self._line(tx, programme, row), by=actor.name)
            for approver in self._approvers(tx, row, programme):
                if approver != actor.user_id:
                    tx.outbox.say(approver, news, now=now, rank=Rank.PUSH)
            self._desk(tx, actor.user_id, bulletin_id, on_message, now)

        await self._database.write(work)

    async def approve(self, actor: Actor, bulletin_id: int, *, on_message: int, now: datetime) -> int:
        """Approve it and post it to its groups, once; says to how many.

        Raises:
            SwitchedOff, NotAllowed, Forged, BulletinOwn, BulletinSettled.
        """

        def work(tx: Tx) -> int:
            row, access, programme = self._mine(tx, actor.user_id, bulletin_id)
            self._ruled_by(tx, row, access, programme)
            if not tx.bulletins.post(bulletin_id, by=actor.user_id, name=actor.name, now=now):
                raise BulletinSettled()
            tx.bulletins.note(bulletin_id, "posted", by=actor.user_id, name=actor.name, now=now)
            posted = tx.bulletins.get(bulletin_id)
            assert posted is not None
            facts = drafts.facts_of(tx, posted, programme)
            groups = self._groups(tx, posted, programme)
            for chat_id in groups:
                self._send(tx, chat_id, facts, preview=False, rank=Rank.BROADCAST, now=now)
            if row.submitted_by is not None and row.submitted_by != actor.user_id:
                line = self._line(tx, programme, posted)
                news = BulletinNews(what="posted", line=line, by=actor.name, groups=len(groups))
                tx.outbox.say(row.submitted_by, news, now=now)
            self._desk(tx, actor.user_id, bulletin_id, on_message, now)
            return len(groups)

        return await self._database.write(work)

    async def correct(self, user_id: int, bulletin_id: int, *, on_message: int, now: datetime) -> None:
        """Begin a new version of one that is posted, with its texts and new figures.

        Raises:
            SwitchedOff, NotAllowed, Forged, Expired: a newer version is there already.
        """

        def allowed(tx: Tx) -> Bulletin:
            row, _, _ = self._mine(tx, user_id, bulletin_id)
            newest = tx.bulletins.newest(row.report, row.period, row.unit_id)
            if row.state is not BulletinState.POSTED or newest is None or newest.id != row.id:
                raise Expired()
            return row

        row = await self._database.read(allowed)
        period = period_called(row.period)[1]
        made = await self._draft(row.report, period, row.unit_id, row.version + 1, old=row.id, now=now)
        if made is None:
            raise Expired()
        await self.open(user_id, made, on_message=on_message, now=now)

    async def figures(
        self, user_id: int, bulletin_id: int, page: int, *, on_message: int | None, now: datetime
    ) -> None:
        """The figures of a bulletin with the rows behind each; those that have changed since the snapshot are marked.

        Raises:
            SwitchedOff, NotAllowed, Forged.
        """

        def count(tx: Tx) -> BulletinFigures:
            row, _, programme = self._mine(tx, user_id, bulletin_id)
            facts = drafts.facts_of(tx, row, programme)
            return BulletinFigures(facts=facts, page=page, now=self._since(tx, programme, facts, now))

        view = await self._database.read(count)
        ref = _ref(user_id, bulletin_id)
        await self._database.write(lambda tx: show(tx, user_id, view, on_message, ref, now))

    async def rows(
        self, user_id: int, bulletin_id: int, figure: int, page: int, *, on_message: int, now: datetime
    ) -> None:
        """The rows behind a figure as of the snapshot.

        Raises:
            SwitchedOff, NotAllowed, Forged.
        """

        def count(tx: Tx) -> ReportRows:
            row, _, programme = self._mine(tx, user_id, bulletin_id)
            facts = drafts.facts_of(tx, row, programme)
            if not 0 <= figure < len(facts.figures.figures):
                raise Forged()
            wanted = facts.figures.figures[figure]
            found = drafts.frozen_rows(tx, row, wanted, self._settings.zone)
            pages = max(-(-len(found) // A_PAGE), 1)
            at = min(max(page, 0), pages - 1)
            value = self._since(tx, programme, facts, now)[figure]
            return ReportRows(
                figure=wanted,
                rows=tuple(found[at * A_PAGE : (at + 1) * A_PAGE]),
                page=at,
                pages=pages,
                address=f"bull_rows:{bulletin_id}:{figure}",
                back=f"bull:figures:{bulletin_id}:{chapter_of(facts.figures, figure)}",
                taken_at=row.taken_at,
                changed=value != wanted.value,
                now=value,
            )

        view = await self._database.read(count)
        ref = _ref(user_id, bulletin_id)
        await self._database.write(lambda tx: show(tx, user_id, view, on_message, ref, now))

    async def facts(self, bulletin_id: int) -> BulletinFacts:
        """A bulletin for the file that is made of it when it is sent.

        Raises:
            Forged: there is none.
        """

        def work(tx: Tx) -> BulletinFacts:
            row = tx.bulletins.get(bulletin_id)
            if row is None:
                raise Forged()
            return drafts.facts_of(tx, row, programme_in_force(tx))

        return await self._database.read(work)

    async def plan(self, since: datetime, now: datetime) -> None:
        """Set the alarms of the drafts that make themselves; what was due before ``since`` is left to people."""

        def work(tx: Tx) -> None:
            today = day_of(now, self._settings.zone)
            for plan in programme_in_force(tx).reports.reports:
                for period in (period_of(plan.every, today), _before(plan, today)):
                    due = self._drafted_at(plan, period)
                    if plan.draft_day and due > since:
                        tx.alarms.set(ALARM, f"{plan.key}:{period.key}", due)

        await self._database.write(work)

    async def draft_by_itself(self, due: Due) -> None:
        """Draft the bulletins of a period for every unit that has one, and tell those who run it."""
        report, _, key = due.key.partition(":")
        _, period = period_called(key)

        def units(tx: Tx) -> list[int | None]:
            plan = programme_in_force(tx).reports.plan(report)
            if plan is None:
                return []
            if plan.depth is None:
                return [top_unit(tx)]
            return [unit.id for unit in tx.people.units() if unit.path.count("/") + 1 == plan.depth]

        made = []
        for unit in await self._database.read(units):
            bulletin = await self._draft(report, period, unit, 1, now=due.now)
            if bulletin is not None:
                made.append(bulletin)

        def tell(tx: Tx) -> None:
            programme = programme_in_force(tx)
            for bulletin in made:
                row = tx.bulletins.get(bulletin)
                assert row is not None
                view = BulletinReady(line=self._line(tx, programme, row))
                for reader_id in self._runners(tx, row):
                    tx.outbox.say(reader_id, view, now=due.now, rank=Rank.PUSH)

        await self._database.write(tell)

    def _drafted_at(self, plan: ReportPlan, period: Period) -> datetime:
        after = period.last + timedelta(days=1)
        return moment(date(after.year, after.month, max(plan.draft_day, 1)), plan.at, self._settings.zone)

    def _mine(self, tx: Tx, user_id: int, bulletin_id: int) -> tuple[Bulletin, Access, Programme]:
        access, programme = reader(tx, user_id, self._settings)
        row = tx.bulletins.get(bulletin_id)
        if row is None:
            raise Forged()
        access.must_run(tx, row.unit_id)
        return row, access, programme

    def _ruled_by(self, tx: Tx, row: Bulletin, access: Access, programme: Programme) -> None:
        """Let only those pass who may approve, and not whoever submitted it (unless it is an admin)."""
        if not self._may_approve(tx, row, access, programme):
            raise NotAllowed()
        if row.state is not BulletinState.SUBMITTED:
            raise BulletinSettled()
        if row.submitted_by == access.user_id and not access.is_admin:
            raise BulletinOwn()

    def _may_approve(self, tx: Tx, row: Bulletin, access: Access, programme: Programme) -> bool:
        if access.is_admin:
            return True
        plan = programme.reports.plan(row.report)
        if plan is None or access.person is None or row.unit_id not in access.units(tx):
            return False
        return plan.approvers is None or access.person.id in {one.id for one in programme.meant(tx, plan.approvers)}

    def _approvers(self, tx: Tx, row: Bulletin, programme: Programme) -> list[int]:
        return [
            user_id
            for user_id in self._runners(tx, row)
            if self._may_approve(tx, row, access_of(tx, user_id, self._settings.admins), programme)
        ]

    def _runners(self, tx: Tx, row: Bulletin) -> list[int]:
        """Those who run the bulletin's unit and have joined: organisers of it and above, and admins."""
        above: set[int | None] = set()
        parents = {unit.id: unit.parent_id for unit in tx.people.units()}
        walked = row.unit_id
        while walked is not None:
            above.add(walked)
            walked = parents[walked]
        found = {
            person.user_id
            for person in tx.people.everybody()
            if person.user_id is not None
            and (person.role is Role.ADMIN or (person.role is Role.ORGANISER and person.unit_id in above))
        }
        return sorted((found | self._settings.admins) & tx.places.reachable())

    def _groups(self, tx: Tx, row: Bulletin, programme: Programme) -> list[int]:
        plan = programme.reports.plan(row.report)
        if plan is None or plan.post_to == "none":
            return []
        scope: Scope = scope_of(tx, row.unit_id)
        groups = [group for group in tx.places.groups() if group.unit_id is not None]
        if plan.post_to == "below" or scope.unit_id is None:
            return [one.chat_id for one in groups if scope.units is None or one.unit_id in scope.units]
        return [one.chat_id for one in groups if one.unit_id == scope.unit_id]

    def _send(self, tx: Tx, chat_id: int, facts: BulletinFacts, *, preview: bool, rank: Rank, now: datetime) -> None:
        parts = drafts.sheets(facts)
        for number, chapters in enumerate(parts):
            view = BulletinSheet(
                facts=facts,
                sheet=number,
                sheets=len(parts),
                chapters=chapters,
                last=number == len(parts) - 1,
                preview=preview,
            )
            tx.outbox.say(chat_id, view, now=now, rank=rank)
        file = BulletinFile(
            bulletin=facts.id,
            title=facts.title,
            period=facts.figures.period,
            unit=facts.figures.unit,
            version=facts.version,
            reader=chat_id,
        )
        tx.outbox.say(chat_id, file, now=now, rank=rank)

    def _change(self, tx: Tx, row: Bulletin, place: int, change: Change) -> None:
        lists = list(Lists.model_validate_json(row.lists).lists)
        if not 0 <= place < len(lists):
            raise Forged()
        lists[place] = lists[place].model_copy(update={"names": change(lists[place].names)})
        if not tx.bulletins.set_lists(row.id, Lists(lists=tuple(lists)).model_dump_json()):
            raise BulletinNotDraft()

    def _desk(self, tx: Tx, user_id: int, bulletin_id: int, on_message: int | None, now: datetime) -> None:
        row, access, programme = self._mine(tx, user_id, bulletin_id)
        may = self._may_approve(tx, row, access, programme) and (access.is_admin or row.submitted_by != access.user_id)
        view: View = BulletinDesk(facts=drafts.facts_of(tx, row, programme), may_approve=may)
        show(tx, user_id, view, on_message, _ref(user_id, bulletin_id), now)

    def _line(self, tx: Tx, programme: Programme, row: BulletinHead) -> BulletinLine:
        plan = programme.reports.plan(row.report)
        return BulletinLine(
            id=row.id,
            title={"en": row.report} if plan is None else plan.title.root,
            period=row.period,
            unit=scope_of(tx, row.unit_id, self._settings.name).name,
            version=row.version,
            state=row.state.value,
        )

    def _since(self, tx: Tx, programme: Programme, facts: BulletinFacts, now: datetime) -> tuple[int | None, ...]:
        """What each figure has become since the snapshot."""
        report = facts.figures
        chapters = [
            (chapter.key, None, tuple(dict.fromkeys(figure.key for figure in chapter.figures)))
            for chapter in report.chapters
            if chapter.figures
        ]
        if not chapters:
            return ()
        scope = scope_of(tx, report.unit_id, self._settings.name)
        fresh = report_of(
            tx, programme, scope, report.every, report.first, zone=self._settings.zone, now=now, chapters=chapters
        )
        found = {(figure.key, figure.part): figure.value for figure in fresh.figures}
        return tuple(found.get((figure.key, figure.part), 0) for figure in report.figures)


def _ref(user_id: int, bulletin_id: int) -> str:
    return f"bulletin:{bulletin_id}:{user_id}"


def _before(plan: ReportPlan, today: date) -> Period:
    return period_before(plan.every, period_of(plan.every, today))


def _offered(plan: ReportPlan, today: date) -> tuple[str, ...]:
    return (_before(plan, today).key, period_of(plan.every, today).key)
