"""A syllabus that is taken in: what is wrong with which line, what changes, what changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.callback_data import pack
from handlers.present.shown import Attachment, Button, Shown, shows
from handlers.texts import N_, Texts, escape
from study.syllabi import SyllabusPlan
from study.syllabus_views import LessonShown, SyllabusAsked, SyllabusDropped, SyllabusPreview, SyllabusTaken

_MISTAKES = {
    "no_date": N_("the date is missing"),
    "bad_date": N_("“{text}” is no date"),
    "no_title": N_("the title is missing"),
    "no_time": N_("the time is missing, and the series has no usual one"),
    "bad_time": N_("“{text}” is no time; write 15:00 or 15:00-16:30"),
    "too_long": N_("{column} is too long: at most {limit} characters, and it has {length}"),
    "unknown_series": N_("there is no series “{name}”"),
    "unknown_topic": N_("there is no topic “{name}”"),
    "unknown_form": N_("there is no form “{name}”"),
    "unknown_audience": N_("“{name}” is neither a unit nor a cohort"),
    "duplicate": N_("line {line} says the same already"),
    "cell": N_("the cell in column {column} holds a formula without a value, or an error"),
}
_FIELDS = {
    "title": N_("what it is called"),
    "starts_at": N_("the beginning"),
    "ends_at": N_("the end"),
    "series": N_("the series"),
    "topic": N_("the topic"),
    "form": N_("the form"),
    "lecturer": N_("the lecturer"),
    "place": N_("the place"),
    "material": N_("the material"),
    "audience": N_("who is to come"),
}
_LINES_SHOWN = 20


def mistake_lines(plan: SyllabusPlan, t: Texts) -> list[str]:
    """A line for each mistake, with the line of the file where it stands."""
    return [_mistake(one.line, one.code, one.params, t) for one in plan.reading.mistakes]


def result_line(plan: SyllabusPlan, t: Texts) -> str:
    """What taking a syllabus in has done, in one line."""
    return _counts(len(plan.new), len(plan.changed), plan.unchanged, t)


@shows(SyllabusAsked)
def asked(view: SyllabusAsked, t: Texts) -> Shown:
    """How a syllabus is written."""
    return Shown(
        t.html(
            "Please send me the plan as a CSV or XLSX file. The first row names the columns, in any order:\n\n"
            "<b>date/日期</b>, <b>title/题目</b>, time/时间, lecturer/主讲人, form/形式, series/系列, topic/专题, place/地点, "
            "audience/对象, material/资料\n\n"
            "Nothing is planned before you have seen what I read. A file that is sent again changes only what is "
            "different in it. /cancel leaves."
        )
    )


@shows(SyllabusPreview)
def preview(view: SyllabusPreview, t: Texts) -> Shown:
    """The bad rows first, then what would change, then the question."""
    parts: list[str] = []
    attachment = None
    lines = [_mistake(one.line, one.code, one.params, t) for one in view.mistakes]
    if lines:
        bad = t.plural("{n} row of this plan cannot be used:", "{n} rows of this plan cannot be used:", view.bad_rows)
        parts += [escape(bad), escape("\n".join(lines[:_LINES_SHOWN]))]
        if len(lines) > _LINES_SHOWN:
            parts.append(escape(t("… and {n} more; the file above lists all of them.", n=len(lines) - _LINES_SHOWN)))
            content = "\r\n".join(lines).encode("utf-8-sig")
            attachment = Attachment("document", content=content, name=t("plan mistakes.txt"))
    good = view.new + view.changed + view.unchanged
    if not good:
        return Shown("\n\n".join([*parts, t.html("Not one row can be used; nothing was changed.")]), (), attachment)
    parts.append(escape(_counts(view.new, view.changed, view.unchanged, t)))
    parts += _lessons(t.html("<b>New sessions</b>"), view.new_shown, view.new, t)
    parts += _lessons(t.html("<b>Changed sessions</b>"), view.changed_shown, view.changed, t)
    label = t("Import the rest ({n})", n=good) if view.bad_rows else t("Import ({n})", n=good)
    row = (Button(label, pack("syll", "go", view.draft_id)), Button(t("Cancel"), pack("syll", "no", view.draft_id)))
    return Shown("\n\n".join(parts), (row,), attachment)


@shows(SyllabusTaken)
def taken(view: SyllabusTaken, t: Texts) -> Shown:
    """What was taken in."""
    parts: list[str] = [escape(_counts(view.new, view.changed, view.unchanged, t))]
    if view.left_out:
        parts.append(escape(t.plural("{n} row was left out.", "{n} rows were left out.", view.left_out)))
    if view.new or view.changed:
        parts.append(t.html("Those concerned are told in one message. /sessions shows the list."))
    return Shown("\n\n".join(parts))


@shows(SyllabusDropped)
def dropped(view: SyllabusDropped, t: Texts) -> Shown:
    """Nothing was changed."""
    return Shown(t.html("The plan was not imported; nothing was changed."))


def _mistake(line: int, code: str, params: Mapping[str, Any], t: Texts) -> str:
    said = dict(params)
    if code == "too_long":
        said["column"] = t(_FIELDS[str(params["column"])])
    return t("Row {line}: {what}", line=line, what=t(_MISTAKES[code], **said))


def _counts(new: int, changed: int, unchanged: int, t: Texts) -> str:
    return t(
        "Sessions: {new} new, {changed} changed, {unchanged} unchanged.", new=new, changed=changed, unchanged=unchanged
    )


def _lessons(head: str, shown: Sequence[LessonShown], total: int, t: Texts) -> list[str]:
    if not total:
        return []
    lines = [head]
    for one in shown:
        if one.fields:
            fields = t(", ").join(t(_FIELDS[name]) for name in one.fields)
            lines.append(t.html("• {day} {title}: {fields}", day=t.day(one.day), title=one.title, fields=fields))
        else:
            lines.append(t.html("• {day} {title}", day=t.day(one.day), title=one.title))
    if total > len(shown):
        lines.append(t.html("and {n} more", n=total - len(shown)))
    return ["\n".join(lines)]
