"""What every use case of bulletins shares: who may see and approve one, where it is posted, how it is shown."""

from collections.abc import Callable
from datetime import date, datetime

from storage import Rank, Tx
from storage.bulletins import Bulletin, BulletinHead, BulletinState
from storage.people import Role
from study import bulletin_draft as drafts
from study.access import Access, access_of
from study.bulletin_views import (
    BulletinDesk,
    BulletinFacts,
    BulletinFile,
    BulletinLine,
    BulletinSheet,
    Lists,
    Named,
)
from study.errors import Forged, NotAllowed, StudyError
from study.periods import Period, period_of
from study.programme import Programme
from study.programme.reports import ReportPlan
from study.report_book import ReportSettings, reader, show
from study.report_figures import Scope, period_before, scope_of
from study.views import View

Change = Callable[[tuple[Named, ...]], tuple[Named, ...]]


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


class BulletinBook:
    """The bulletins of one programme, as their rooms look at them."""

    def __init__(self, settings: ReportSettings) -> None:
        self._settings = settings

    def mine(self, tx: Tx, user_id: int, bulletin_id: int) -> tuple[Bulletin, Access, Programme]:
        """A bulletin that somebody runs, with their rights and the programme in force.

        Raises:
            SwitchedOff, NotAllowed, Forged.
        """
        access, programme = reader(tx, user_id, self._settings)
        row = tx.bulletins.get(bulletin_id)
        if row is None:
            raise Forged()
        access.must_run(tx, row.unit_id)
        return row, access, programme

    def ruled_by(self, tx: Tx, row: Bulletin, access: Access, programme: Programme) -> None:
        """Let only those pass who may approve, and not whoever submitted it (unless it is an admin)."""
        if not self.may_approve(tx, row, access, programme):
            raise NotAllowed()
        if row.state is not BulletinState.SUBMITTED:
            raise BulletinSettled()
        if row.submitted_by == access.user_id and not access.is_admin:
            raise BulletinOwn()

    def may_approve(self, tx: Tx, row: Bulletin, access: Access, programme: Programme) -> bool:
        """Whether somebody may approve a bulletin, whoever submitted it."""
        if access.is_admin:
            return True
        plan = programme.reports.plan(row.report)
        if plan is None or access.person is None or row.unit_id not in access.units(tx):
            return False
        return plan.approvers is None or access.person.id in {one.id for one in programme.meant(tx, plan.approvers)}

    def approvers(self, tx: Tx, row: Bulletin, programme: Programme) -> list[int]:
        """Those of the runners who may approve it."""
        return [
            user_id
            for user_id in self.runners(tx, row)
            if self.may_approve(tx, row, access_of(tx, user_id, self._settings.admins), programme)
        ]

    def runners(self, tx: Tx, row: Bulletin) -> list[int]:
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

    def groups(self, tx: Tx, row: Bulletin, programme: Programme) -> list[int]:
        """The groups to which it is posted."""
        plan = programme.reports.plan(row.report)
        if plan is None or plan.post_to == "none":
            return []
        scope: Scope = scope_of(tx, row.unit_id)
        groups = [group for group in tx.places.groups() if group.unit_id is not None]
        if plan.post_to == "below" or scope.unit_id is None:
            return [one.chat_id for one in groups if scope.units is None or one.unit_id in scope.units]
        return [one.chat_id for one in groups if one.unit_id == scope.unit_id]

    def send(self, tx: Tx, chat_id: int, facts: BulletinFacts, *, preview: bool, rank: Rank, now: datetime) -> None:
        """Send it as it is posted: its sheets, then its file."""
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

    def change(self, tx: Tx, row: Bulletin, place: int, change: Change) -> None:
        """Change one of a draft's lists.

        Raises:
            Forged, BulletinNotDraft.
        """
        lists = list(Lists.model_validate_json(row.lists).lists)
        if not 0 <= place < len(lists):
            raise Forged()
        lists[place] = lists[place].model_copy(update={"names": change(lists[place].names)})
        if not tx.bulletins.set_lists(row.id, Lists(lists=tuple(lists)).model_dump_json()):
            raise BulletinNotDraft()

    def desk(self, tx: Tx, user_id: int, bulletin_id: int, on_message: int | None, now: datetime) -> None:
        """Show a bulletin on somebody's desk.

        Raises:
            SwitchedOff, NotAllowed, Forged.
        """
        row, access, programme = self.mine(tx, user_id, bulletin_id)
        may = self.may_approve(tx, row, access, programme) and (access.is_admin or row.submitted_by != access.user_id)
        view: View = BulletinDesk(facts=drafts.facts_of(tx, row, programme), may_approve=may)
        show(tx, user_id, view, on_message, ref_of(user_id, bulletin_id), now)

    def line(self, tx: Tx, programme: Programme, row: BulletinHead) -> BulletinLine:
        """A bulletin as a line of a list."""
        plan = programme.reports.plan(row.report)
        return BulletinLine(
            id=row.id,
            title={"en": row.report} if plan is None else plan.title.root,
            period=row.period,
            unit=scope_of(tx, row.unit_id, self._settings.name).name,
            version=row.version,
            state=row.state.value,
        )


def ref_of(user_id: int, bulletin_id: int) -> str:
    """The message in which somebody sees a bulletin."""
    return f"bulletin:{bulletin_id}:{user_id}"


def before(plan: ReportPlan, today: date) -> Period:
    """The last whole period of a kind of bulletin."""
    return period_before(plan.every, period_of(plan.every, today))
