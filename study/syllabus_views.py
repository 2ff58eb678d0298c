"""What is shown of a syllabus that is taken in: data without words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from study.syllabus import SyllabusReading
from study.views import View

_MISTAKES_KEPT = 200
_SHOWN = 8


class MistakeShown(BaseModel):
    """What is wrong with a row."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    line: int
    code: str
    params: Mapping[str, Any]


class LessonShown(BaseModel):
    """A row that becomes a session, or changes one (``fields`` are those that differ)."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    day: date
    title: str
    fields: tuple[str, ...] = ()


class SyllabusAsked(View):
    """How a syllabus is written."""

    kind: ClassVar[str] = "syllabus.asked"


class SyllabusPreview(View):
    """What is wrong with a file, what would change, and the question."""

    kind: ClassVar[str] = "syllabus.preview"
    draft_id: int
    mistakes: tuple[MistakeShown, ...]
    bad_rows: int
    new: int
    new_shown: tuple[LessonShown, ...]
    changed: int
    changed_shown: tuple[LessonShown, ...]
    unchanged: int


class SyllabusTaken(View):
    """What was taken in."""

    kind: ClassVar[str] = "syllabus.taken"
    new: int
    changed: int
    unchanged: int
    left_out: int


class SyllabusDropped(View):
    """Nothing was changed."""

    kind: ClassVar[str] = "syllabus.dropped"


def preview(
    draft_id: int,
    reading: SyllabusReading,
    *,
    new: Sequence[tuple[date, str]],
    changed: Sequence[tuple[date, str, tuple[str, ...]]],
    unchanged: int,
) -> SyllabusPreview:
    """The preview of a file that was looked through."""
    return SyllabusPreview(
        draft_id=draft_id,
        mistakes=tuple(
            MistakeShown(line=one.line, code=one.code, params=dict(one.params))
            for one in reading.mistakes[:_MISTAKES_KEPT]
        ),
        bad_rows=reading.bad_rows,
        new=len(new),
        new_shown=tuple(LessonShown(day=day, title=title) for day, title in new[:_SHOWN]),
        changed=len(changed),
        changed_shown=tuple(LessonShown(day=d, title=title, fields=fields) for d, title, fields in changed[:_SHOWN]),
        unchanged=unchanged,
    )
