"""How a broadcast looks: to those who receive it, and to whoever composes it."""

from collections.abc import Sequence

from handlers.callback_data import pack
from handlers.present.audiences import ROLES, Rows, level_rows, role_rows, ticked
from handlers.present.content import attachment_of
from handlers.present.pages import pager
from handlers.present.shown import Button, Shown, shows
from handlers.present.task_words import name_of
from handlers.texts import Texts, bold, escape, italic
from study.audience_choices import Choice
from study.broadcast_result import Counts
from study.broadcast_views import (
    AskForContent,
    AudienceCard,
    BroadcastMessage,
    CancelledCard,
    PreviewCard,
    TaskChoiceCard,
)
from study.content import excerpt

VERBS = ("send", "edit", "text", "preview", "cancel")
"""What the buttons of a draft do with it."""

_LABEL = 24
_NAMES = 10


@shows(BroadcastMessage)
def message(view: BroadcastMessage, t: Texts) -> Shown:
    """Who writes, then the words as they were written; one button if it wants to be acknowledged."""
    parts = [f"<b>{escape(view.heading)}</b>", escape(view.content.text)]
    if view.is_reminder:
        parts.append(italic(t.html("A reminder: please press the button once you have read this.")))
    rows: Rows = ()
    if view.ack_of is not None:
        rows = ((Button(t("Got it"), pack("bca", view.ack_of)),),)
    return Shown("\n\n".join(part for part in parts if part), rows, attachment_of(view.content))


@shows(AskForContent)
def ask(view: AskForContent, t: Texts) -> Shown:
    """What is to be sent?"""
    asked = t.html("What shall I send instead?") if view.again else t.html("What shall I send?")
    how = t.html("Send me a text, or a photo or file with or without a caption. /cancel leaves.")
    return Shown(f"{asked}\n{how}")


@shows(AudienceCard)
def audience(view: AudienceCard, t: Texts) -> Shown:
    """The choices as buttons; what is chosen has a tick."""
    lines = (
        bold(t.html("Whom is it for?")),
        _about(view.about, t),
        t.html("Nothing ticked in a row of choices means no limit."),
        _counted(view.counts, t, private=view.audience.private, groups=view.audience.also_groups),
    )
    return Shown("\n".join(lines), (*_units(view, t), *_others(view, t), *_last(view, t)))


def _data(view: AudienceCard | TaskChoiceCard, choice: Choice, *value: int | str, page: int | None = None) -> str:
    return pack("bcc", choice.value, view.id, view.version, view.page if page is None else page, *value)


def _units(view: AudienceCard, t: Texts) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if view.audience.units:
        rows.append((Button(t("All my units"), _data(view, Choice.EVERYWHERE)),))
    for unit in view.units:
        label = f"{'　' * min(unit.depth, 3)}{excerpt(unit.name, _LABEL)}"
        rows.append((ticked(label, unit.chosen, _data(view, Choice.UNIT, unit.id)),))
    rows += pager(view.page, view.pages, lambda page: _data(view, Choice.PAGE, page=page), t)
    if view.audience.units:
        rows.append((ticked(t("with the units below"), view.audience.with_below, _data(view, Choice.BELOW)),))
    return tuple(rows)


@shows(TaskChoiceCard)
def task_choice(view: TaskChoiceCard, t: Texts) -> Shown:
    """The open tasks as buttons; one of them, or none."""
    lines: list[str] = [bold(t.html("Those who have not handed in for which task?"))]
    if not view.tasks:
        lines.append(t.html("Your people have no task at present that can still be handed in."))
    rows = [
        (ticked(excerpt(name_of(task, t), _LABEL), task.id == view.chosen, _data(view, Choice.TASK, task.id, page=0)),)
        for task in view.tasks
    ]
    none = ticked(t("No limit by task"), view.chosen is None, _data(view, Choice.TASK, 0, page=0))
    return Shown(
        "\n".join(lines),
        (*rows, *pager(view.page, view.pages, lambda page: _data(view, Choice.TASKS, page=page), t), (none,)),
    )


def _others(view: AudienceCard, t: Texts) -> Rows:
    task = (
        Button(t("Only those who have not handed in …"), _data(view, Choice.TASKS, page=0))
        if view.task is None
        else ticked(
            t("Not handed in: {task}", task=excerpt(name_of(view.task, t), _LABEL)),
            True,
            _data(view, Choice.TASKS, page=0),
        )
    )
    ways = (
        ticked(t("in private"), view.audience.private, _data(view, Choice.PRIVATE)),
        ticked(t("to the groups"), view.audience.also_groups, _data(view, Choice.GROUPS)),
    )
    ack = (ticked(t("Ask for an acknowledgement"), view.wants_ack, _data(view, Choice.ACK)),)
    levels = level_rows(view.levels, view.audience, lambda value: _data(view, Choice.LEVEL, value))
    roles = role_rows(view.audience, t, lambda value: _data(view, Choice.ROLE, value))
    return (*levels, *roles, (task,), ways, ack)


def _last(view: AudienceCard, t: Texts) -> Rows:
    key = (view.id, view.version)
    return (
        (Button(t("Preview"), pack("bc", "preview", *key)),),
        (
            Button(t("Change the content"), pack("bc", "text", *key)),
            Button(t("Do not send"), pack("bc", "cancel", *key)),
        ),
    )


@shows(PreviewCard)
def preview(view: PreviewCard, t: Texts) -> Shown:
    """To whom it would go, and the question whether to send."""
    counts = view.counts
    goes = (view.private and counts.people > 0) or (view.also_groups and counts.groups > 0)
    lines = [
        bold(t.html("Above is the message as recipients will see it.")),
        _about(view.about, t),
        t.html("For: {whom}", whom=_whom(view, t)),
        _counted(counts, t, private=view.private, groups=view.also_groups),
        t.html("With a button to acknowledge it") if view.wants_ack else t.html("Without a button to acknowledge it"),
    ]
    key = (view.id, view.version)
    send = ((Button(t("Send"), pack("bc", "send", *key)),),) if goes else ()
    if not goes:
        lines.append(t.html("There is nobody who could receive it. Please choose other recipients."))
    others = (Button(t("Change it"), pack("bc", "edit", *key)), Button(t("Do not send"), pack("bc", "cancel", *key)))
    return Shown("\n".join(lines), (*send, others))


@shows(CancelledCard)
def cancelled(view: CancelledCard, t: Texts) -> Shown:
    """Nothing was sent."""
    return Shown("\n".join((t.html("Called off. Nothing was sent."), _about(view.about, t))))


def _whom(view: PreviewCard, t: Texts) -> str:
    parts = [_names(view.units, t) if view.units else t("everybody in your units")]
    if view.units:
        parts.append(t("with the units below") if view.with_below else t("without the units below"))
    if view.levels:
        parts.append(_names(view.levels, t))
    if view.roles:
        parts.append(_names([t(ROLES[role]) for role in view.roles], t))
    if view.task is not None:
        parts.append(t("have not handed in “{task}”", task=name_of(view.task, t)))
    return " · ".join(parts)


def _names(names: Sequence[str], t: Texts) -> str:
    shown = t(", ").join(excerpt(name, _LABEL) for name in names[:_NAMES])
    more = len(names) - _NAMES
    return shown if more <= 0 else t("{names} … and {more} more", names=shown, more=more)


def _about(text: str, t: Texts) -> str:
    return t.html("Content: {about}", about=text or t("a file without words"))


def _counted(counts: Counts, t: Texts, *, private: bool, groups: bool) -> str:
    """How many, and by which ways."""
    lines = []
    if private:
        lines.append(t.html("In private: {n} recipients", n=counts.people))
        lines.append(
            t.html(
                "　reachable {reachable} · never started the bot or blocked it {unreached} · not joined yet {unjoined}",
                reachable=counts.people - counts.unreached,
                unreached=counts.unreached,
                unjoined=counts.unjoined,
            )
        )
    else:
        lines.append(t.html("In private: no"))
    lines.append(t.html("Groups: {n}", n=counts.groups) if groups else t.html("Groups: no"))
    return "\n".join(lines)


def asked_in(body: str) -> tuple[int, int] | None:
    """The group and the message that asked for a preview."""
    return PreviewCard.model_validate_json(body).asked_in


def preview_told(t: Texts, *, shown: bool, link: str) -> str:
    """Said in the group where the command was given."""
    if shown:
        return t("The preview is in your private chat with me. Please confirm there.")
    return t(
        "I cannot write to you in private yet. Please start me first, then send the command again: {link}", link=link
    )


def sending(t: Texts) -> str:
    """The toast of the press that sends."""
    return t("It is on its way.")


def recipients_changed(t: Texts) -> str:
    """The alert of a press that came too late for its preview."""
    return t("The recipients have changed since the preview. Please look at the numbers again, then press Send.")
