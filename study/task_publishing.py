"""A good piece goes to its author's group, long ones in parts."""

from datetime import datetime

from storage import Rank, Tx
from storage.tasks import SubmissionRow
from study.submission import Consent, Submission
from study.task_book import file_views
from study.task_views import Published, TaskHead

PART = 3000
"""Characters of one part or page; with its heading it stays below Telegram's 4096, emoji counted twice."""


def parts_of(text: str, most: int = PART) -> tuple[str, ...]:
    """Split a text into parts of at most ``most`` UTF-16 units, at ends of lines where there are any; at least one."""
    parts, rest = [], text.strip()
    while _units(rest) > most:
        cut = len(rest[:most])
        while _units(rest[:cut]) > most:
            cut -= max(1, (_units(rest[:cut]) - most) // 2)
        line = rest.rfind("\n", cut // 2, cut)
        cut = line if line > 0 else cut
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*parts, rest)


def publish(tx: Tx, head: TaskHead, row: SubmissionRow, work: Submission, *, now: datetime) -> int:
    """Post a submission to the groups of the author's unit, or of the nearest unit above that has one; says to how many.

    ``work.consent`` decides whether the author is named.
    """
    groups = groups_near(tx, row.unit_id)
    named = work.consent is Consent.NAMED
    texts = parts_of(work.handed.text)
    files = file_views(work.handed.files)
    views = [(text, None) for text in texts if text] + [("", file) for file in files]
    for chat_id in groups:
        for part, (text, file) in enumerate(views):
            view = Published(
                head=head,
                author=row.name if named else "",
                unit=row.unit if named else "",
                text=text,
                part=part + 1,
                parts=len(views),
                file=file,
            )
            tx.outbox.say(chat_id, view, now=now, rank=Rank.PUSH)
    if groups:
        tx.tasks.published(row.id, now=now)
    return len(groups)


def groups_near(tx: Tx, unit_id: int) -> tuple[int, ...]:
    """The groups of a unit, or of the nearest unit above that has any."""
    at: int | None = unit_id
    while at is not None:
        found = tuple(group.chat_id for group in tx.places.groups_of(at))
        if found:
            return found
        unit = tx.people.unit(at)
        at = None if unit is None else unit.parent_id
    return ()


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
