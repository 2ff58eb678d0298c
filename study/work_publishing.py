"""A good work goes to its author's group, long ones in parts."""

from datetime import datetime

from storage import Rank, Tx
from storage.works import WorkRow
from study.submission import Consent
from study.task_publishing import groups_near, parts_of
from study.task_templates import Piece
from study.work_book import kind_of
from study.work_plan import FieldKind
from study.work_states import Work
from study.work_views import Published


def publish(tx: Tx, row: WorkRow, work: Work, *, now: datetime) -> int:
    """Post a work to the groups of its unit, or of the nearest unit above that has one; says to how many.

    ``work.consent`` decides whether the author is named.
    """
    kind, groups = kind_of(row), groups_near(tx, row.unit_id)
    named = work.consent is Consent.NAMED
    values = work.versions[-1].values if work.versions else {}
    words = [values[field.key].text for field in kind.fields if field.kind is FieldKind.TEXT and field.key in values]
    texts = [part for part in parts_of("\n\n".join(words)) if part]
    files = [file for field in kind.fields if field.key in values for file in values[field.key].files]
    pieces = [(text, None) for text in texts] + [("", file) for file in files]
    for chat_id in groups:
        for part, (text, file) in enumerate(pieces, start=1):
            view = Published(
                title=row.title,
                kind_title=kind.title,
                author=row.author if named else "",
                unit=row.unit if named else "",
                text=text,
                part=part,
                parts=len(pieces),
                file_id="" if file is None else file.file_id,
                photo=file is not None and file.piece is Piece.PHOTO,
            )
            tx.outbox.say(chat_id, view, now=now, rank=Rank.PUSH)
    if groups:
        tx.works.published(row.id, now=now)
    return len(groups)
