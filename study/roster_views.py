"""What an admin sees of a roster that is taken in by chat."""

from typing import Any, ClassVar

from study.roster import Mistake
from study.roster_plan import RosterPlan, RosterResult
from study.views import View

_NAMES = 30
_MISTAKES = 5_000


class RosterAsked(View):
    """How a roster is written, and that the next file is taken for one."""

    kind: ClassVar[str] = "roster.asked"


class MistakeShown(View):
    """One mistake of a row."""

    kind: ClassVar[str] = "roster.mistake"
    line: int
    code: str
    params: dict[str, Any]


class ChangeShown(View):
    """Somebody whose entry changes, and in which fields."""

    kind: ClassVar[str] = "roster.change"
    name: str
    code: str
    fields: tuple[str, ...]


class RosterPreview(View):
    """A roster with bad rows: what would be taken in, what not and why. ``draft_id`` is what the buttons are for."""

    kind: ClassVar[str] = "roster.preview"
    draft_id: int
    new: int
    changed: tuple[ChangeShown, ...]
    changed_count: int
    unchanged: int
    absent: tuple[str, ...]
    absent_count: int
    bad_rows: int
    mistakes: tuple[MistakeShown, ...]


class RosterTaken(View):
    """A roster was taken in; ``absent`` are some of the names that it does not mention."""

    kind: ClassVar[str] = "roster.taken"
    new: int
    changed: tuple[ChangeShown, ...]
    changed_count: int
    unchanged: int
    absent: tuple[str, ...]
    absent_count: int
    left_out: int


class RosterDropped(View):
    """A roster was not taken in."""

    kind: ClassVar[str] = "roster.dropped"


def mistake_shown(mistake: Mistake) -> MistakeShown:
    """A mistake as it is shown."""
    return MistakeShown(line=mistake.line, code=mistake.code, params=dict(mistake.params))


def preview(plan: RosterPlan, draft_id: int) -> RosterPreview:
    """A plan as it is shown before somebody decides."""
    return RosterPreview(
        draft_id=draft_id,
        new=len(plan.new),
        changed=_changes(plan),
        changed_count=len(plan.changed),
        unchanged=len(plan.unchanged),
        absent=_absent(plan),
        absent_count=len(plan.absent),
        bad_rows=plan.bad_rows,
        mistakes=tuple(mistake_shown(mistake) for mistake in plan.mistakes[:_MISTAKES]),
    )


def taken(plan: RosterPlan, result: RosterResult) -> RosterTaken:
    """A plan as it is shown once it was carried out."""
    return RosterTaken(
        new=result.new,
        changed=_changes(plan),
        changed_count=result.changed,
        unchanged=result.unchanged,
        absent=_absent(plan),
        absent_count=result.absent,
        left_out=result.left_out,
    )


def _changes(plan: RosterPlan) -> tuple[ChangeShown, ...]:
    return tuple(
        ChangeShown(name=one.entry.name, code=one.person.code, fields=one.fields) for one in plan.changed[:_NAMES]
    )


def _absent(plan: RosterPlan) -> tuple[str, ...]:
    return tuple(person.name for person in plan.absent[:_NAMES])
