"""A roster that is taken in: what is wrong with which line, what changes, what changed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handlers.callback_data import pack
from handlers.present.shown import Attachment, Button, Shown, shows
from handlers.texts import N_, Html, Texts, escape
from study.roster_plan import RosterPlan, RosterResult
from study.roster_views import ChangeShown, RosterAsked, RosterDropped, RosterPreview, RosterTaken

_MISTAKES = {
    "no_name": N_("the name is missing"),
    "no_unit": N_("the unit is missing"),
    "no_code": N_("the code is missing"),
    "duplicate": N_("the code {code} stands in line {lines} too"),
    "too_long": N_("{column} is too long: at most {limit} characters, and it has {length}"),
    "role": N_("there is no role “{role}”"),
    "loop": N_("the unit {unit} lies above itself"),
    "ambiguous": N_("the unit {unit} has several units above it: {parents}; please write the whole path"),
    "deep": N_("the units are more than {limit} deep"),
    "cell": N_("the cell in column {column} holds a formula without a value, or an error"),
}
_COLUMNS = {
    "name": N_("the name"),
    "unit": N_("the unit"),
    "level": N_("the level"),
    "title": N_("the title"),
    "role": N_("the role"),
    "code": N_("the code"),
    "left": N_("back on the roster"),
}
_LINES_SHOWN = 25
_ROOM = 2_800
"""Characters for the mistakes; the rest of a message has room beside them."""


def mistake_lines(plan: RosterPlan, t: Texts) -> list[str]:
    """A line for each mistake, with the line of the file where it stands."""
    return [_mistake(one.line, one.code, one.params, t) for one in plan.mistakes]


def plan_line(plan: RosterPlan, t: Texts) -> str:
    """What taking a roster in would do, in one line."""
    return _counts(len(plan.new), len(plan.changed), len(plan.unchanged), t)


def result_line(result: RosterResult, t: Texts) -> str:
    """What taking a roster in has done, in one line."""
    parts = [t("Imported. {counts}", counts=_counts(result.new, result.changed, result.unchanged, t))]
    if result.left_out:
        parts.append(t.plural("{n} row was left out.", "{n} rows were left out.", result.left_out))
    if result.absent:
        parts.append(_absent(result.absent, t))
    return " ".join(parts)


@shows(RosterAsked)
def asked(view: RosterAsked, t: Texts) -> Shown:
    """How a roster is written."""
    return Shown(
        t.html(
            "Please send me the roster as a CSV or XLSX file. The first row names the columns, in any order:\n\n"
            "<b>name/姓名</b>, <b>unit/单位</b>, <b>code/编号</b>, level/层级, role/职务\n\n"
            "A unit is written with those above it: 示范区/第一支部. "
            "Under role, member, organiser, judge, observer and admin are roles; anything else is kept as the job title. "
            "Nobody is ever removed by an import. /cancel leaves."
        )
    )


@shows(RosterPreview)
def preview(view: RosterPreview, t: Texts) -> Shown:
    """The bad rows first, then what would change, then the question."""
    lines = [_mistake(one.line, one.code, one.params, t) for one in view.mistakes]
    shown = _fitting(lines)
    bad = t.plural("{n} row of this roster cannot be used:", "{n} rows of this roster cannot be used:", view.bad_rows)
    parts = [escape(bad), escape("\n".join(shown))]
    attachment = None
    if len(shown) < len(lines):
        parts.append(escape(t("… and {n} more; the file above lists all of them.", n=len(lines) - len(shown))))
        content = "\r\n".join(lines).encode("utf-8-sig")
        attachment = Attachment("document", content=content, name=t("roster mistakes.txt"))
    good = view.new + view.changed_count + view.unchanged
    if not good:
        return Shown("\n\n".join([*parts, t.html("Not one row can be used; nothing was changed.")]), (), attachment)
    parts.append(escape(_counts(view.new, view.changed_count, view.unchanged, t)))
    if view.changed:
        parts.append(_changes(view.changed[:5], view.changed_count, t))
    row = (
        Button(t("Import the rest ({n})", n=good), pack("roster", "go", view.draft_id)),
        Button(t("Cancel"), pack("roster", "no", view.draft_id)),
    )
    return Shown("\n\n".join(parts), (row,), attachment)


@shows(RosterTaken)
def taken(view: RosterTaken, t: Texts) -> Shown:
    """What was taken in, who changed, and whom the file does not mention."""
    counts = t("Imported. {counts}", counts=_counts(view.new, view.changed_count, view.unchanged, t))
    parts: list[str] = [escape(counts)]
    if view.left_out:
        parts.append(escape(t.plural("{n} row was left out.", "{n} rows were left out.", view.left_out)))
    if view.changed:
        parts.append(_changes(view.changed, view.changed_count, t))
    if view.absent_count:
        names = t(", ").join(view.absent)
        more = view.absent_count - len(view.absent)
        if more:
            names = f"{names} {t('and {n} more', n=more)}"
        parts.append(escape(f"{_absent(view.absent_count, t)}\n{names}"))
    parts.append(t.html("/links gives you the personal links of those who have not joined yet."))
    return Shown("\n\n".join(parts))


@shows(RosterDropped)
def dropped(view: RosterDropped, t: Texts) -> Shown:
    """Nothing was changed."""
    return Shown(t.html("The roster was not imported; nothing was changed."))


def _mistake(line: int, code: str, params: Mapping[str, Any], t: Texts) -> str:
    said: dict[str, object] = dict(params)
    for name in ("lines", "parents"):
        if name in said:
            said[name] = t(", ").join(str(one) for one in params[name])
    if code == "too_long":
        column = params["column"]
        said["column"] = t(_COLUMNS[column])
    return t("Row {line}: {what}", line=line, what=t(_MISTAKES[code], **said))


def _fitting(lines: Sequence[str]) -> list[str]:
    shown: list[str] = []
    room = _ROOM
    for line in lines[:_LINES_SHOWN]:
        room -= len(line) + 1
        if room < 0:
            break
        shown.append(line)
    return shown


def _counts(new: int, changed: int, unchanged: int, t: Texts) -> str:
    return t("New: {new}, changed: {changed}, unchanged: {unchanged}.", new=new, changed=changed, unchanged=unchanged)


def _absent(count: int, t: Texts) -> str:
    return t.plural(
        "{n} person on the roster is not in this file and stays on it.",
        "{n} people on the roster are not in this file and stay on it.",
        count,
    )


def _changes(changes: Iterable[ChangeShown], count: int, t: Texts) -> Html:
    lines: list[str] = []
    for one in changes:
        fields = t(", ").join(t(_COLUMNS[name]) for name in one.fields)
        lines.append(t.html("• {name} ({code}): {fields}", name=one.name, code=one.code, fields=fields))
    if count > len(lines):
        lines.append(t.html("and {n} more", n=count - len(lines)))
    return Html("\n".join([t.html("<b>Changed</b>"), *lines]))
