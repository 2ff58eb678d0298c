"""How giving an assignment looks."""

from handlers.callback_data import pack
from handlers.present.audiences import level_rows, role_rows, ticked
from handlers.present.pages import pager
from handlers.present.shown import Button, Shown, cut, in_rows, shows
from handlers.present.task_words import due, heading, name_of
from handlers.texts import Texts, escape
from study.task_templates import NOTICE
from study.task_views import AssignContent, AssignDeadline, AssignDropped, Assigned, AssignPreview, Replied

_A_ROW = 2


@shows(AssignContent)
def content(view: AssignContent, t: Texts) -> Shown:
    """What is to be done, or what was found?"""
    if view.template == NOTICE.name:
        return Shown(
            t.html(
                "What was found? Send it in one message: the first line is the title, the rest the text. "
                "A photo or file with a caption will do too. /cancel leaves."
            )
        )
    return Shown(
        t.html(
            "What is to be done? Send it in one message: the first line is the title, the rest the text. "
            "A photo or file with a caption will do too. /cancel leaves."
        )
    )


@shows(AssignDeadline)
def deadline(view: AssignDeadline, t: Texts) -> Shown:
    """Until when?"""
    text = t.html(
        "“{title}”: until when? Press a button, or write it like 11-30 18:00, Fri 17:00 or 3 days.", title=view.title
    )
    return Shown(
        text,
        (
            (
                Button(t("Tomorrow 18:00"), pack("assign_due", "tomorrow")),
                Button(t("Friday 18:00"), pack("assign_due", "friday")),
                Button(t("In a week 18:00"), pack("assign_due", "week")),
            ),
        ),
    )


@shows(AssignPreview)
def preview(view: AssignPreview, t: Texts) -> Shown:
    """What will be sent and to how many; units to choose from; send."""
    if view.head.template == NOTICE.name:
        return _notice(view, t)
    who = [t.plural("It goes to {n} person in private.", "It goes to {n} people in private.", view.people)]
    if view.groups:
        who.append(t.plural("{n} group gets a card.", "{n} groups get a card.", view.groups))
    if view.unjoined:
        who.append(t.plural("{n} has not joined yet.", "{n} have not joined yet.", view.unjoined))
    if view.unreached:
        who.append(t.plural("{n} cannot be reached.", "{n} cannot be reached.", view.unreached))
    lines: list[str] = [escape(" ".join(who))]
    if view.file is not None:
        lines.append(t.html("With one photo or file."))
    if any(unit.chosen for unit in view.units):
        lines.append(t.html("Units marked ✓ get it, with those below them."))
    elif len(view.units) > 1:
        lines.append(t.html("All units below get it. Press some to send it only there."))
    lines.append(t.html("Levels and roles without ✓ are no limit; press some to send it only to those."))
    lines.append(t.html("For another deadline, just write it."))
    parts = (
        t.html("Preview, not sent yet"),
        heading(view.head, t),
        escape(view.text),
        due(view.head, t),
        "\n".join(lines),
    )
    return Shown("\n\n".join(part for part in parts if part), _buttons(view, t))


def _notice(view: AssignPreview, t: Texts) -> Shown:
    lines: list[str] = [t.html("Press the units that it is about; each of them has to reply.")]
    if view.people:
        who = t.plural("{n} organiser has to reply.", "{n} organisers have to reply.", view.people)
        if view.groups:
            who += " " + t.plural("{n} group gets a card.", "{n} groups get a card.", view.groups)
        lines.append(escape(who))
    if view.silent:
        lines.append(t.html("⚠️ Nobody could reply for {units}.", units=t(", ").join(view.silent)))
    if view.file is not None:
        lines.append(t.html("With one photo or file."))
    lines.append(t.html("For another deadline, just write it."))
    parts = (
        t.html("Preview, not sent yet"),
        heading(view.head, t),
        escape(view.text),
        due(view.head, t),
        "\n".join(lines),
    )
    units = [ticked(cut(unit.name, 30), unit.chosen, pack("assign_unit", view.key, unit.id)) for unit in view.units]
    rows = [*in_rows(units, _A_ROW), *pager(view.page, view.pages, lambda page: pack("assign_page", view.key, page), t)]
    rows.append((Button(t("Send"), pack("assign_send", view.key)), Button(t("Cancel"), pack("assign_drop", view.key))))
    return Shown("\n\n".join(part for part in parts if part), tuple(rows))


@shows(Replied)
def replied(view: Replied, t: Texts) -> Shown:
    """A unit has replied to a notice or reported what was put right."""
    text = t.html(
        "{unit} has replied to “{title}” ({name}).", unit=view.unit, title=name_of(view.head, t), name=view.name
    )
    if view.late:
        text += " " + t.html("It came late.")
    return Shown(text, ((Button(t("Look through"), pack("review_turn", view.submission, 0)),),))


def _buttons(view: AssignPreview, t: Texts) -> tuple[tuple[Button, ...], ...]:
    units = [ticked(cut(unit.name, 30), unit.chosen, pack("assign_unit", view.key, unit.id)) for unit in view.units]
    rows = list(in_rows(units, _A_ROW)) if len(units) > 1 else []
    rows += pager(view.page, view.pages, lambda page: pack("assign_page", view.key, page), t)
    rows += level_rows(view.levels, view.audience, lambda value: pack("assign_level", view.key, value))
    rows += role_rows(view.audience, t, lambda value: pack("assign_role", view.key, value))
    send = Button(t("Send"), pack("assign_send", view.key))
    return (*rows, (send, Button(t("Cancel"), pack("assign_drop", view.key))))


@shows(Assigned)
def assigned(view: Assigned, t: Texts) -> Shown:
    """It has been sent."""
    who = t.plural("Sent to {n} person.", "Sent to {n} people.", view.people)
    text = f"✅ {heading(view.head, t)}\n{due(view.head, t)}\n{escape(who)}"
    return Shown(text, ((Button(t("Overview"), pack("review", "show", view.head.id)),),))


@shows(AssignDropped)
def dropped(view: AssignDropped, t: Texts) -> Shown:
    """Nothing was sent."""
    return Shown(t.html("Nothing was sent."))


def sent(t: Texts, people: int) -> str:
    """The toast after sending."""
    return t.plural("Sent to {n} person.", "Sent to {n} people.", people)
