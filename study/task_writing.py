"""A member writes: messages become a draft, the draft is handed in."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from storage import Database, Rank, Tx
from study.submission import Attached, Begin, HandIn, Rewrite, Submission, Write
from study.task_again import gather
from study.task_book import carry_out, head_of, own, refresh_cards, submission_of, template_of
from study.task_drafts import draft_card, draft_ref, listen, show_draft, stop_listening
from study.task_points import credit_submission
from study.task_views import DraftLeft, HandedInCard, Replied


class Writing:
    """Drafts and handing in. ``me`` is the bot's user name, for links."""

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._database, self._zone = database, zone

    async def write(
        self, user_id: int, body: str, *, text: str, file: Attached | None, album: str | None, now: datetime
    ) -> None:
        """Add a message to the draft that is being written; ``album`` is Telegram's id of the album it is a part of.

        Raises:
            StudyError: it does not fit, or the task was closed or the work accepted in the meantime.
        """

        def work(tx: Tx) -> None:
            task, row = own(tx, user_id, int(json.loads(body)["submission"]))
            command = Write(text, () if file is None else (file,))
            done, _ = carry_out(tx, task, row, command, author=user_id, now=now)
            show_draft(tx, self._zone, task, row, done, user_id, now, album=album)

        await self._database.write(work)

    async def go_on(self, user_id: int, submission_id: int, *, now: datetime) -> None:
        """The next messages are added to the draft again.

        Raises:
            StudyError: it is not theirs, or nothing can be written any more.
        """

        def work(tx: Tx) -> None:
            task, row = own(tx, user_id, submission_id)
            carry_out(tx, task, row, Begin(), author=user_id, now=now)
            listen(tx, row, user_id, now)

        await self._database.write(work)

    async def rewrite(self, user_id: int, submission_id: int, *, now: datetime) -> None:
        """Throw the draft away and begin anew; what was handed in stays.

        Raises:
            StudyError: it is not theirs, or nothing can be written any more.
        """

        def work(tx: Tx) -> None:
            task, row = own(tx, user_id, submission_id)
            done, _ = carry_out(tx, task, row, Rewrite(), author=user_id, now=now)
            listen(tx, row, user_id, now)
            tx.outbox.edit(draft_ref(row), draft_card(self._zone, task, row, done, now), now=now)

        await self._database.write(work)

    async def leave(self, user_id: int, submission_id: int, *, now: datetime) -> None:
        """Stop writing without handing in; the draft is kept.

        Raises:
            Forged: it is not theirs.
        """

        def work(tx: Tx) -> None:
            task, row = own(tx, user_id, submission_id)
            stop_listening(tx, row, user_id)
            empty = submission_of(row).draft.is_empty
            view = DraftLeft(submission=row.id, head=head_of(task, now, self._zone), empty=empty)
            tx.outbox.edit(draft_ref(row), view, now=now)

        await self._database.write(work)

    async def turn(self, user_id: int, submission_id: int, page: int, *, now: datetime) -> None:
        """Show another page of the draft.

        Raises:
            Forged: it is not theirs.
        """

        def work(tx: Tx) -> None:
            task, row = own(tx, user_id, submission_id)
            tx.outbox.edit(
                draft_ref(row), draft_card(self._zone, task, row, submission_of(row), now, page=page), now=now
            )

        await self._database.write(work)

    async def hand_in(self, user_id: int, submission_id: int, *, me: str, now: datetime) -> Submission:
        """Hand the draft in.

        Raises:
            StudyError: it is empty or too short, too late, or not theirs.
        """

        def work(tx: Tx) -> Submission:
            task, row = own(tx, user_id, submission_id)
            done, _ = carry_out(tx, task, row, HandIn(), author=user_id, now=now)
            credit_submission(tx, task, row, done, now=now, zone=self._zone)
            stop_listening(tx, row, user_id)
            view = HandedInCard(
                submission=row.id,
                head=head_of(task, now, self._zone),
                at=now,
                late=done.late,
                version=done.version,
                length=done.handed.length,
                files=len(done.handed.files),
            )
            if not tx.outbox.edit(draft_ref(row), view, now=now):
                tx.outbox.say(user_id, view, now=now)
            gather(tx, task, row.id, now)
            if template_of(task).settled_by_one and task.created_by is not None and task.created_by != user_id:
                view_ = Replied(head=view.head, submission=row.id, name=row.name, unit=row.unit, late=done.late)
                tx.outbox.say(task.created_by, view_, now=now, rank=Rank.PUSH)
            refresh_cards(tx, task, me=me, now=now, zone=self._zone, unit_id=row.unit_id)
            return done

        return await self._database.write(work)
