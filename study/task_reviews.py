"""What an organiser does about tasks: sees how far people are, reads, accepts, returns, picks good ones, reminds, closes.

An organiser sees the people of the units that they run, in every task; nobody reviews their own work, admins excepted.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from storage import Database, Rank, Tx
from storage.tasks import SubmissionRow, TaskRow
from study.access import Access, access_of
from study.errors import Forged, NotAllowed, StudyError
from study.submission import Accept, Commend, Consent, Return
from study.task_book import (
    TaskUnknown,
    carry_out,
    file_views,
    head_of,
    refresh_cards,
    take_in_later_joiners,
    tally,
    task_of,
    template_of,
)
from study.task_drafts import stop_listening
from study.task_overview import detail, may_close, remind
from study.task_points import credit_submission
from study.task_publishing import parts_of
from study.task_refusals import AlreadyReviewed
from study.task_templates import State
from study.task_views import (
    ConsentAsked,
    Listed,
    ReasonAsked,
    ReturnDone,
    ReviewSheet,
    Ruled,
    SubmittedFile,
    TaskList,
)
from study.views import View
from study.work_facts import count_waiting

RETURNING = "task.return"
"""The topic of the conversation in which an organiser says why something is returned."""

_LISTED = 20
_LISTED_FOR = timedelta(days=60)


class OwnWork(StudyError):
    """Nobody reviews their own work."""

    code = "own_work"


class NothingToReview(StudyError):
    """Nobody has handed anything in yet."""

    code = "nothing_to_review"


class Reviews:
    """An organiser's side of the tasks, always in private."""

    def __init__(self, database: Database, admins: frozenset[int], zone: ZoneInfo) -> None:
        self._database, self._admins, self._zone = database, admins, zone

    async def list(
        self, user_id: int, *, kind: str | None, template: str | None = None, waiting: bool, now: datetime
    ) -> None:
        """List the tasks in which the organiser's people are asked: of one kind or template, or with something to be read.

        Raises:
            NotAllowed: they run nothing.
        """

        def work(tx: Tx) -> None:
            units = self._units(tx, user_id)
            lines = []
            for task in tx.tasks.recent(now - _LISTED_FOR):
                if kind not in (None, template_of(task).kind) or template not in (None, task.template):
                    continue
                take_in_later_joiners(tx, task, now)
                done = tally(tx.tasks.counts(task.id), units, template_of(task))
                if done.asked and (done.waiting or not waiting):
                    head = head_of(task, now, self._zone)
                    lines.append(Listed(head=head, asked=done.asked, handed_in=done.handed_in, waiting=done.waiting))
            works = count_waiting(tx, user_id, self._admins) if waiting else 0
            tx.outbox.say(user_id, TaskList(tasks=tuple(lines[:_LISTED]), reviews=waiting, works=works), now=now)

        await self._database.write(work)

    async def detail(self, user_id: int, task_id: int, *, now: datetime, on_message: int | None = None) -> None:
        """Show how far the organiser's people are with a task.

        Raises:
            TaskUnknown: there is none, or none of their people is asked.
        """

        def work(tx: Tx) -> None:
            task, access = self._seen(tx, user_id, task_id)
            take_in_later_joiners(tx, task, now)
            view = detail(tx, task, access, now, self._zone)
            if not view.asked and not may_close(tx, access, task):
                raise TaskUnknown()
            _show(tx, user_id, view, f"panel:{user_id}", on_message, now)

        await self._database.write(work)

    async def remind(self, user_id: int, task_id: int, *, now: datetime) -> int:
        """Remind those of the organiser's people who have not handed in, each at most once a day; returns how many.

        Raises:
            TaskUnknown: there is no such task for them.
        """

        def work(tx: Tx) -> int:
            task, access = self._seen(tx, user_id, task_id)
            take_in_later_joiners(tx, task, now)
            return remind(tx, task, access.units(tx), now=now, zone=self._zone)

        return await self._database.write(work)

    async def read(self, user_id: int, task_id: int, *, now: datetime, on_message: int | None = None) -> None:
        """Show the next submission that waits for a review, or the first of all.

        Raises:
            NothingToReview: nobody has handed anything in.
        """

        def work(tx: Tx) -> None:
            task, access = self._seen(tx, user_id, task_id)
            rows = self._handed_in(tx, task, access)
            if not rows:
                raise NothingToReview()
            row = next((row for row in rows if row.state == State.HANDED_IN), rows[0])
            self._show_sheet(tx, user_id, task, rows, row, 0, on_message, now)

        await self._database.write(work)

    async def turn(self, user_id: int, submission_id: int, page: int, *, on_message: int, now: datetime) -> None:
        """Show a page of a submission.

        Raises:
            NotAllowed: the author's unit is not theirs.
            Forged: there is no such submission.
        """

        def work(tx: Tx) -> None:
            task, row, access = self._of(tx, user_id, submission_id)
            rows = self._handed_in(tx, task, access)
            self._show_sheet(tx, user_id, task, rows, row, page, on_message, now)

        await self._database.write(work)

    async def accept(
        self,
        user_id: int,
        reviewer: str,
        submission_id: int,
        version: int,
        *,
        commended: bool,
        on_message: int,
        me: str,
        now: datetime,
    ) -> Literal["accepted", "commended", "asked", "unreachable"]:
        """Accept a submission, or pick it as a good one; then the author is asked for consent, if they can be reached.

        Raises:
            OwnWork, NotAllowed, Forged: not for them.
            AlreadyReviewed, NewerVersion: another reviewer or the author was faster.
        """

        def work(tx: Tx) -> Literal["accepted", "commended", "asked", "unreachable"]:
            task, row, access = self._of(tx, user_id, submission_id)
            self._must_be_others(access, task, row)
            was_waiting = row.state == State.HANDED_IN
            done, _ = carry_out(
                tx, task, row, Commend(version) if commended else Accept(version), author=user_id, now=now
            )
            credit_submission(tx, task, row, done, now=now, zone=self._zone, author_id=user_id)
            tx.tasks.reviewed(row.id, access.person.name if access.person else reviewer, now=now)
            if template_of(task).settled_by_one and task.closes_at is None:
                tx.tasks.close(task.id, by=user_id, now=now)
            head = head_of(task, now, self._zone)
            if row.user_id is not None:
                # Somebody in the middle of a newer draft is not to be refused at every further message.
                stop_listening(tx, row, row.user_id)
            if was_waiting and row.user_id is not None:
                view = Ruled(head=head, state=State.ACCEPTED.value, reason="")
                tx.outbox.say(row.user_id, view, now=now, rank=Rank.PUSH)
            asked = done.consent is Consent.ASKED
            reached = row.user_id is not None and row.left_at is None
            if asked and row.user_id is not None and reached:
                view_ = ConsentAsked(submission=row.id, head=head)
                tx.outbox.say(row.user_id, view_, now=now, rank=Rank.PUSH, ref=f"consent:{row.id}")
            self._show_next(tx, user_id, task, access, row.id, on_message, now)
            refresh_cards(tx, task, me=me, now=now, zone=self._zone, unit_id=row.unit_id)
            if not commended:
                return "accepted"
            return "commended" if not asked else "asked" if reached else "unreachable"

        return await self._database.write(work)

    async def begin_return(self, user_id: int, submission_id: int, version: int, *, now: datetime) -> None:
        """Ask the organiser why a submission is returned.

        Raises:
            OwnWork, NotAllowed, Forged: not for them.
            AlreadyReviewed: another reviewer was first.
        """

        def work(tx: Tx) -> None:
            task, row, access = self._of(tx, user_id, submission_id)
            self._must_be_others(access, task, row)
            again = template_of(task).reopened and row.state == State.ACCEPTED
            if row.state != State.HANDED_IN and not again:
                raise AlreadyReviewed()
            body = json.dumps({"submission": row.id, "version": version})
            tx.conversations.put(user_id, user_id, RETURNING, body, now=now)
            tx.outbox.say(user_id, ReasonAsked(head=head_of(task, now, self._zone), name=row.name), now=now)

        await self._database.write(work)

    async def give_back(self, user_id: int, reviewer: str, body: str, reason: str, *, now: datetime) -> None:
        """Return the submission with the reason that the organiser has now given; the author hears of it.

        Raises:
            ReasonNeeded, TooLong: the reason does not fit.
            AlreadyReviewed, NewerVersion: another reviewer or the author was faster.
        """

        def work(tx: Tx) -> None:
            about = json.loads(body)
            task, row, access = self._of(tx, user_id, int(about["submission"]))
            self._must_be_others(access, task, row)
            done, _ = carry_out(tx, task, row, Return(int(about["version"]), reason), author=user_id, now=now)
            tx.tasks.reviewed(row.id, access.person.name if access.person else reviewer, now=now)
            tx.conversations.end(user_id, user_id)
            head = head_of(task, now, self._zone)
            if row.user_id is not None:
                view = Ruled(head=head, state=State.RETURNED.value, reason=done.reason)
                tx.outbox.say(row.user_id, view, now=now, rank=Rank.PUSH)
            waiting = tally(tx.tasks.counts(task.id), access.units(tx), template_of(task)).waiting
            tx.outbox.say(user_id, ReturnDone(head=head, name=row.name, reason=done.reason, waiting=waiting), now=now)

        await self._database.write(work)

    async def files(self, user_id: int, submission_id: int, *, now: datetime) -> int:
        """Send the organiser the photos and files of a submission; returns how many.

        Raises:
            NotAllowed, Forged: not for them.
        """

        def work(tx: Tx) -> int:
            _, row, _ = self._of(tx, user_id, submission_id)
            for number, file in enumerate(file_views(row.files), 1):
                view = SubmittedFile(name=row.name, file=file, number=number, count=len(row.files))
                tx.outbox.say(user_id, view, now=now)
            return len(row.files)

        return await self._database.write(work)

    async def close(self, user_id: int, task_id: int, *, on_message: int, me: str, now: datetime) -> None:
        """Take no first hand-in any more; what is returned may still be handed in again.

        Raises:
            NotAllowed: the task was given by another unit.
        """

        def work(tx: Tx) -> None:
            task, access = self._seen(tx, user_id, task_id)
            if not may_close(tx, access, task):
                raise NotAllowed()
            if task.closes_at is None:
                tx.tasks.close(task.id, by=user_id, now=now)
            closed = task_of(tx, task.id)
            # "Closed" begins the moment after, so that the card says so already.
            shown_at = now + timedelta(milliseconds=1)
            view = detail(tx, closed, access, shown_at, self._zone)
            _show(tx, user_id, view, f"panel:{user_id}", on_message, now)
            refresh_cards(tx, closed, me=me, now=shown_at, zone=self._zone)

        await self._database.write(work)

    def _units(self, tx: Tx, user_id: int) -> frozenset[int]:
        units = access_of(tx, user_id, self._admins).units(tx)
        if not units:
            raise NotAllowed()
        return units

    def _seen(self, tx: Tx, user_id: int, task_id: int) -> tuple[TaskRow, Access]:
        self._units(tx, user_id)
        return task_of(tx, task_id), access_of(tx, user_id, self._admins)

    def _of(self, tx: Tx, user_id: int, submission_id: int) -> tuple[TaskRow, SubmissionRow, Access]:
        row = tx.tasks.submission(submission_id)
        if row is None or row.version == 0:
            raise Forged()
        access = access_of(tx, user_id, self._admins)
        access.must_run(tx, row.unit_id)
        return task_of(tx, row.task_id), row, access

    def _must_be_others(self, access: Access, task: TaskRow, row: SubmissionRow) -> None:
        if access.is_admin:
            return
        if row.user_id == access.user_id:
            raise OwnWork()
        if template_of(task).from_above and access.person is not None and access.person.unit_id == row.unit_id:
            raise NotAllowed()

    def _handed_in(self, tx: Tx, task: TaskRow, access: Access) -> Sequence[SubmissionRow]:
        units = access.units(tx)
        return [row for row in tx.tasks.submissions(task.id) if row.version > 0 and row.unit_id in units]

    def _show_next(
        self, tx: Tx, user_id: int, task: TaskRow, access: Access, submission_id: int, on_message: int, now: datetime
    ) -> None:
        """After a ruling the same submission is shown as it is now; a button leads to the next that waits."""
        rows = self._handed_in(tx, task, access)
        row = next(row for row in rows if row.id == submission_id)
        self._show_sheet(tx, user_id, task, rows, row, 0, on_message, now)

    def _show_sheet(
        self,
        tx: Tx,
        user_id: int,
        task: TaskRow,
        rows: Sequence[SubmissionRow],
        row: SubmissionRow,
        page: int,
        on_message: int | None,
        now: datetime,
    ) -> None:
        ids = [one.id for one in rows]
        at = ids.index(row.id)
        assert row.handed_in_at is not None
        view = ReviewSheet(
            head=head_of(task, now, self._zone),
            submission=row.id,
            version=row.version,
            name=row.name,
            unit=row.unit,
            text=row.text,
            length=sum(not character.isspace() for character in row.text),
            files=len(row.files),
            page=min(max(page, 0), len(parts_of(row.text)) - 1),
            state=row.state,
            late=row.late,
            at=row.handed_in_at,
            reviewer=row.reviewer or "",
            reason=row.reason,
            commended=row.commended,
            consent=row.consent,
            published=row.published_at is not None,
            number=at + 1,
            count=len(ids),
            previous=ids[at - 1] if at > 0 else None,
            following=ids[at + 1] if at + 1 < len(ids) else None,
            waiting=sum(one.state == State.HANDED_IN for one in rows if one.id != row.id),
        )
        _show(tx, user_id, view, f"panel:{user_id}", on_message, now)


def _show(tx: Tx, user_id: int, view: View, ref: str, on_message: int | None, now: datetime) -> None:
    """Change the message whose button was pressed, if it is the newest of its kind; else send a new one."""
    sent = tx.outbox.message(ref)
    if on_message is None or sent is None or sent.message_id != on_message or not tx.outbox.edit(ref, view, now=now):
        tx.outbox.say(user_id, view, now=now, ref=ref)
