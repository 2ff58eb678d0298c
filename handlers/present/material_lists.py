"""The library, the reports and the plans as organisers see them."""

from handlers.callback_data import pack
from handlers.present.material_cards import body_html, with_body
from handlers.present.materials import question_lines
from handlers.present.pages import pager, short
from handlers.present.shown import Button, Shown, shows
from handlers.texts import N_, Texts, escape
from quizzes.bank.items import Fault, ItemError
from study.calendar import WEEKDAYS
from study.material_views import (
    MaterialAsked,
    MaterialLine,
    MaterialList,
    MaterialPreview,
    MaterialSheet,
    MaterialTroubles,
    PlanCard,
    PlanGroups,
    QuestionRefused,
    ReadOverview,
    ReadReport,
)

_NAMES_ROOM = 1200
_OVERVIEW = 30
WEEKDAY_WORDS = {
    "monday": N_("Mon"),
    "tuesday": N_("Tue"),
    "wednesday": N_("Wed"),
    "thursday": N_("Thu"),
    "friday": N_("Fri"),
    "saturday": N_("Sat"),
    "sunday": N_("Sun"),
}
"""Weekdays by the names that configuration files have for them."""
Row = tuple[Button, ...]


@shows(MaterialList)
def library(view: MaterialList, t: Texts) -> Shown:
    """A button a material."""
    if view.query:
        head = t.html("<b>Materials</b> with “{query}”: {total}", query=view.query, total=view.total)
    else:
        head = t.html("<b>Materials</b>: {total}, in the order in which they are sent", total=view.total)
    lines = [head, *(escape(_line(line, t)) for line in view.lines)]
    if not view.total and not view.query:
        lines.append(
            t.html("The library is empty. Add a material here, or import a table: studyhall import materials.")
        )
    rows: list[Row] = [
        (Button(short(f"{line.number}. {line.title}"), pack("mat", "open", line.material_id)),) for line in view.lines
    ]
    rows += pager(view.page, view.pages, lambda page: pack("mat", "list", page, view.query), t)
    rows.append((Button(t("＋ Add a material"), pack("mat", "add")),))
    return Shown("\n".join(lines), tuple(rows))


def _line(line: MaterialLine, t: Texts) -> str:
    series = f"[{line.series}] " if line.series else ""
    sent = t.plural(" · sent to {n} group", " · sent to {n} groups", line.posted) if line.posted else ""
    return f"{line.number}. {series}{line.title}{sent}"


@shows(MaterialSheet)
def sheet(view: MaterialSheet, t: Texts) -> Shown:
    """The material with its buttons, or a question back before something happens."""
    material_id = view.body.material_id
    foot = [t.html("Number {number} of {total}", number=view.number, total=view.total)]
    if view.tags:
        foot.append(t.html("Tags: {tags}", tags=view.tags.replace(";", t(", "))))
    if view.body.has_question:
        foot.append(t.html("With a question"))
    if view.body.stored or view.body.content.file_id is not None:
        foot.append(t.html("With a picture or file"))
    if view.posted:
        foot.append(escape(t.plural("Sent to {n} group", "Sent to {n} groups", view.posted)))
    text = " · ".join(foot) if view.sure == "" else _asked_back(view, t)
    if view.sure:
        verb, label = ("pushed", N_("Yes, send it now")) if view.sure == "push" else ("gone", N_("Yes, remove it"))
        rows: tuple[Row, ...] = (
            (Button(t(label), pack("mat", verb, material_id)),),
            (Button(t("No, back"), pack("mat", "open", material_id)),),
        )
    else:
        rows = (
            (
                Button(t("↑ Earlier"), pack("mat", "up", material_id)),
                Button(t("↓ Later"), pack("mat", "down", material_id)),
            ),
            (
                Button(t("Send now"), pack("mat", "push", material_id)),
                Button(t("Remove"), pack("mat", "remove", material_id)),
            ),
            (
                Button(t("‹ To the list"), pack("mat", "list", 0, "")),
                Button(t("Preview"), pack("mat", "preview", material_id)),
            ),
        )
    # Without its file: a message that is a list now and a material then can only be edited as a text.
    return Shown(f"{body_html(view.body)}\n\n{text}", rows)


@shows(MaterialPreview)
def preview(view: MaterialPreview, t: Texts) -> Shown:
    """As it will be sent, without its buttons."""
    return with_body(view.body, t.html("Preview"), ())


def _asked_back(view: MaterialSheet, t: Texts) -> str:
    if view.sure == "remove":
        return t.html("<b>Take this material off the list?</b> What was read of it stays on record.")
    groups = _names(view.groups, t, room=400)
    return t.html("<b>Send this material now, besides the schedule?</b> It goes to: {groups}", groups=groups)


def _names(names: tuple[str, ...], t: Texts, *, room: int) -> str:
    shown: list[str] = []
    for name in names:
        room -= len(name) + 2
        if room < 0 and shown:
            break
        shown.append(short(name))
    listed = t(", ").join(shown)
    rest = len(names) - len(shown)
    return t("{names} … and {n} more", names=listed, n=rest) if rest else listed


@shows(ReadOverview)
def overview(view: ReadOverview, t: Texts) -> Shown:
    """A line and a button a group."""
    lines = [t.html("<b>Materials of {day}</b>", day=t.date(view.day))]
    lines += [
        t.html(
            "{group}: {read}/{people} · {title}",
            group=short(one.group),
            read=one.read,
            people=one.people,
            title=short(one.title),
        )
        for one in view.groups[:_OVERVIEW]
    ]
    if len(view.groups) > _OVERVIEW:
        lines.append(
            t.html("… and {n} more; send /material read in a group for its own.", n=len(view.groups) - _OVERVIEW)
        )
    rows = tuple((Button(short(one.group), pack("matrem", "show", one.post_id)),) for one in view.groups[:_OVERVIEW])
    return Shown("\n".join(lines), rows)


@shows(ReadReport)
def report(view: ReadReport, t: Texts) -> Shown:
    """By name who has read it and who has not."""
    lines = [
        t.html("<b>{title}</b> · {group} · {day}", title=view.title, group=view.group, day=t.date(view.day)),
        t.html("Have read it ({n}): {names}", n=len(view.read), names=_names(view.read, t, room=_NAMES_ROOM) or "—"),
        t.html("Have not ({n}): {names}", n=len(view.unread), names=_names(view.unread, t, room=_NAMES_ROOM) or "—"),
    ]
    if view.on_leave:
        lines.append(t.html("On leave ({n}): {names}", n=len(view.on_leave), names=_names(view.on_leave, t, room=600)))
    if view.not_joined:
        lines.append(
            escape(t.plural("{n} person has not joined yet.", "{n} people have not joined yet.", view.not_joined))
        )
    rows = ((Button(t("Remind the unread"), pack("matrem", "remind", view.post_id)),),) if view.unread else ()
    return Shown("\n".join(lines), rows)


@shows(MaterialTroubles)
def troubles(view: MaterialTroubles, t: Texts) -> Shown:
    """What the organisers have to hear."""
    parts = []
    if view.missed:
        days = _names(tuple(f"{t.date(one.day)} {one.group}" for one in view.missed), t, room=_NAMES_ROOM)
        parts.append(
            t.html(
                "I was not running at the hour of the material: {days}. The same material comes the next time.",
                days=days,
            )
        )
    if view.exhausted:
        groups = _names(view.exhausted, t, room=600)
        parts.append(t.html("The list of materials has ended for {groups}. Please add more: /material", groups=groups))
    if view.files:
        titles = _names(view.files, t, room=600)
        parts.append(
            t.html("Telegram refused the picture or file of: {titles}. The text was sent without it.", titles=titles)
        )
    return Shown("\n\n".join(parts))


@shows(PlanGroups)
def plan_groups(view: PlanGroups, t: Texts) -> Shown:
    """Which group?"""
    rows = tuple((Button(short(title), pack("matplan", chat_id, "show")),) for chat_id, title in view.groups)
    return Shown(t.html("The schedule of which group?"), rows)


@shows(PlanCard)
def plan(view: PlanCard, t: Texts) -> Shown:
    """The schedule in words, and a button for everything that can be changed."""
    lines = [
        t.html("<b>Daily material · {group}</b>", group=view.group),
        t.html("It is sent {days} at {at}.", days=_days(view, t), at=f"{view.at:%H:%M}")
        if view.is_on and view.days
        else t.html("It is switched off."),
        t.html("Series: {series}", series=view.series or t("all")),
        escape(t.plural("{n} material is left in the list.", "{n} materials are left in the list.", view.left)),
    ]
    return Shown("\n".join(lines), tuple(_plan_rows(view, t)))


def _days(view: PlanCard, t: Texts) -> str:
    if view.days == "workdays":
        return t("on workdays")
    if view.days == "every day":
        return t("every day")
    return t(", ").join(t(WEEKDAY_WORDS[day]) for day in view.days)


def _plan_rows(view: PlanCard, t: Texts) -> list[Row]:
    def button(label: str, *fields: int | str, on: bool = False) -> Button:
        return Button(f"✓ {label}" if on else label, pack("matplan", view.chat_id, *fields))

    rows: list[Row] = [
        (button(t("Switch off"), "off") if view.is_on else button(t("Switch on"), "on"),),
        (
            button(t("Workdays"), "days", "workdays", on=view.days == "workdays"),
            button(t("Every day"), "days", "daily", on=view.days == "every day"),
        ),
    ]
    chosen = () if isinstance(view.days, str) else view.days
    days = [button(t(WEEKDAY_WORDS[day]), "day", day, on=day in chosen) for day in WEEKDAYS]
    rows += [tuple(days[:4]), tuple(days[4:])]
    hours = ((N_("−1 h"), -60), (N_("−10 min"), -10), (N_("+10 min"), 10), (N_("+1 h"), 60))
    rows.append(tuple(button(t(label), "at", minutes) for label, minutes in hours))
    if view.all_series:
        rows.append((button(t("All series"), "series", 0, on=not view.series),))
        rows += [(button(short(name), "series", first, on=name == view.series),) for first, name in view.all_series]
    return rows


@shows(MaterialAsked)
def asked(view: MaterialAsked, t: Texts) -> Shown:
    """What to send next."""
    if view.step == "content":
        return Shown(
            t.html(
                "Please send me the material: a text, or a photo or file with a caption. The first line is its title, "
                "a line that is a web address becomes its link. /cancel leaves."
            )
        )
    rows: list[Row] = []
    if view.step == "series":
        text = t.html("“{title}”: to which series does it belong? Choose one or write its name.", title=view.title)
        rows = [(Button(short(name), pack("matadd", "series", first)),) for first, name in view.series]
    elif view.step == "tags":
        text = t.html("Which tags? Write them with commas between.")
    else:
        text = t.html(
            "A question to go with it? Write it like this:\n\n"
            "Which way is the sun at noon? A. South B. North ANSWER: A Explanation: in the northern hemisphere."
        )
    rows.append((Button(t("Skip"), pack("matadd", "skip", view.step)),))
    return Shown(text, tuple(rows))


@shows(QuestionRefused)
def question_refused(view: QuestionRefused, t: Texts) -> Shown:
    """What is wrong with the question, and that it may be sent again."""
    errors = [ItemError(fault.line, fault.field, Fault(fault.code), fault.params) for fault in view.faults]
    text = t.html("I cannot take this question. Please send it again, or skip it.")
    lines = escape("\n".join(question_lines(errors, t)))
    return Shown(f"{text}\n{lines}", ((Button(t("Skip"), pack("matadd", "skip", "question")),),))
