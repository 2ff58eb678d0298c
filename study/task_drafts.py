"""The card under which a draft grows, and the conversation that feeds it."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from storage import Tx
from storage.tasks import SubmissionRow, TaskRow
from study.submission import Begin, Submission
from study.task_book import carry_out, head_of, template_of
from study.task_views import DraftCard

_DELETABLE = timedelta(hours=47)
"""A bot may delete its own message for 48 hours (Bot API, deleteMessage)."""

WRITING = "task.write"
"""The topic of the conversation in which a draft is written; its body names the submission."""


def begin(tx: Tx, zone: ZoneInfo, task: TaskRow, row: SubmissionRow, user_id: int, now: datetime) -> None:
    """Let the next messages in private be the draft, and show it as it is.

    Raises:
        StudyError: nothing can be written any more.
    """
    done, _ = carry_out(tx, task, row, Begin(), author=user_id, now=now)
    listen(tx, row, user_id, now)
    show_draft(tx, zone, task, row, done, user_id, now)


def listen(tx: Tx, row: SubmissionRow, user_id: int, now: datetime) -> None:
    """Let the next messages in private belong to this draft."""
    tx.conversations.put(user_id, user_id, WRITING, json.dumps({"submission": row.id}), now=now)


def stop_listening(tx: Tx, row: SubmissionRow, user_id: int) -> None:
    """Let them belong to it no longer, unless they belong to something else already."""
    under_way = tx.conversations.get(user_id, user_id)
    if under_way is not None and under_way.topic == WRITING and json.loads(under_way.body)["submission"] == row.id:
        tx.conversations.end(user_id, user_id)


def show_draft(
    tx: Tx,
    zone: ZoneInfo,
    task: TaskRow,
    row: SubmissionRow,
    done: Submission,
    user_id: int,
    now: datetime,
    *,
    album: str | None = None,
) -> None:
    """Show the draft under the newest message: the card before goes, except that an album has one card."""
    view = draft_card(zone, task, row, done, now)
    if album is not None and album == row.album and tx.outbox.edit(draft_ref(row), view, now=now):
        return
    if tx.outbox.message(draft_ref(row)) is None and tx.outbox.edit(draft_ref(row), view, now=now):
        return  # the card before is not there yet, and will show this
    tx.tasks.card(row.id, row.card + 1, album or "")
    tx.outbox.say(user_id, view, now=now, ref=f"draft:{row.id}:{row.card + 1}")
    # Second and with a lower rank: a private chat takes one call a second, and the new card matters more.
    before = tx.outbox.message(draft_ref(row))
    if before is not None and now - before.sent_at < _DELETABLE:
        tx.outbox.delete(draft_ref(row), now=now)


def draft_card(
    zone: ZoneInfo, task: TaskRow, row: SubmissionRow, done: Submission, now: datetime, *, page: int = -1
) -> DraftCard:
    """A draft as it is now, at a page (-1: the last)."""
    exempt = any(file.piece in template_of(task).exempt for file in done.draft.files)
    return DraftCard(
        submission=row.id,
        head=head_of(task, now, zone),
        text=done.draft.text,
        prompt=task.text,
        files=len(done.draft.files),
        length=done.draft.length,
        least=task.least,
        exempt=exempt,
        first=done.version == 0,
        page=page,
    )


def draft_ref(row: SubmissionRow) -> str:
    """The name of the card that shows a draft now."""
    return f"draft:{row.id}:{row.card}"
