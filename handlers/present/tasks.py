"""How tasks look to their members and in groups."""

from handlers.callback_data import pack
from handlers.present.pages import pager
from handlers.present.shown import Attachment, Button, Shown, cut, shows
from handlers.present.task_words import due, heading, name_of, page_of, state_of, template_of
from handlers.texts import Texts, escape
from study.task_templates import State
from study.task_views import (
    ConsentAsked,
    DeadlinePassed,
    DraftCard,
    DraftLeft,
    FileView,
    GroupCard,
    HandedInCard,
    MyTask,
    MyTasks,
    Published,
    Reminder,
    Ruled,
    Sheet,
    TaskAttachment,
    TaskHead,
    TaskLink,
)

_PROMPT = 2500
_LINES = 30


def attachment(file: FileView) -> Attachment:
    """A kept photo or file on its way out."""
    return Attachment("photo" if file.piece == "photo" else "document", file_id=file.file_id, name=file.name or None)


@shows(GroupCard)
def group_card(view: GroupCard, t: Texts) -> Shown:
    """The task, how far the group is, and the way to it."""
    template = template_of(view.head)
    counts = t.html("Handed in: {done} of {asked}", done=view.handed_in, asked=view.asked)
    if template.acknowledged:
        counts = f"{t.html('Received: {done} of {asked}', done=view.received, asked=view.asked)}\n{counts}"
    parts = [heading(view.head, t), _prompt(view.head, view.text, t), f"{due(view.head, t)}\n{counts}"]
    buttons = () if view.head.closed else ((Button(t(template.write), url=view.link),),)
    return Shown("\n\n".join(part for part in parts if part), buttons)


@shows(TaskLink)
def task_link(view: TaskLink, t: Texts) -> Shown:
    """One short line, one button."""
    return Shown(
        t.html("Please write your reflection to me in private."), ((Button(t("Write a reflection"), url=view.link),),)
    )


@shows(TaskAttachment)
def task_attachment(view: TaskAttachment, t: Texts) -> Shown:
    """The photo or file of a task, before its text."""
    return Shown("", attachment=attachment(view.file))


@shows(Sheet)
def sheet(view: Sheet, t: Texts) -> Shown:
    """The whole task, where it stands, what can be done."""
    template = template_of(view.head)
    state = state_of(view.head, view.state, t)
    if view.late:
        state = t("{state}, late", state=state)
    lines: list[str] = [due(view.head, t)]
    if view.least > 1:
        lines.append(t.html("At least {least} characters; a photo of handwritten notes will do too.", least=view.least))
    lines.append(t.html("State: {state}", state=state))
    if view.reason and view.state == State.RETURNED:
        lines.append(t.html("Returned because: {reason}", reason=cut(view.reason, 600)))
    row = []
    if template.acknowledged and not view.received:
        row.append(Button(t("Received"), pack("task_got", view.head.id)))
    if view.may_write:
        label = t("Change it") if view.state == State.HANDED_IN else t(template.write)
        row.append(Button(label, pack("task_write", view.head.id)))
    if view.another:
        row.append(Button(t("Write another one"), pack("task_own")))
    parts = [heading(view.head, t), _prompt(view.head, view.text, t), "\n".join(lines)]
    return Shown("\n\n".join(part for part in parts if part), (tuple(row),) if row else ())


def _prompt(head: TaskHead, text: str, t: Texts) -> str:
    if text:
        return escape(cut(text, _PROMPT if head.template != "assignment" else 3000))
    if template_of(head).kind == "reflection":
        return t.html("What have you learned, and what will you do with it? Write in your own words.")
    return ""


@shows(DraftCard)
def draft(view: DraftCard, t: Texts) -> Shown:
    """The draft with its figures, or how to begin."""
    leave = Button(t("Cancel"), pack("task_draft", "leave", view.submission))
    if not view.text and not view.files:
        how = t.html("Send text or photos now, as many messages as you like; I shall show you the draft.")
        if view.least > 1:
            how = f"{how}\n{_figures(view, t)}"
        parts = (heading(view.head, t), _prompt(view.head, view.prompt, t), f"{due(view.head, t)}\n{how}")
        return Shown("\n\n".join(part for part in parts if part), ((leave,),))
    text, at, pages = page_of(view.text, view.page)
    lines = [_figures(view, t), due(view.head, t)]
    if view.head.over and view.first:
        lines.append(t.html("The deadline has passed: it will be marked as late."))
    lines.append(t.html("This is a draft. Send more to add to it, or press a button."))
    parts = (heading(view.head, t), escape(text), "\n".join(lines))
    hand_in = Button(t("Hand in"), pack("task_draft", "hand", view.submission))
    more = Button(t("Write more"), pack("task_draft", "more", view.submission))
    anew = Button(t("Start over"), pack("task_draft", "anew", view.submission))
    return Shown(
        "\n\n".join(part for part in parts if part),
        (*pager(at, pages, lambda page: pack("task_page", view.submission, page), t), (hand_in, more), (anew, leave)),
    )


def _figures(view: DraftCard, t: Texts) -> str:
    length = t.html("Characters: {length}", length=view.length)
    if view.least > 1 and not view.exempt:
        length = t.html("Characters: {length} (at least {least})", length=view.length, least=view.least)
    return f"{length} · {t.html('Photos and files: {n}', n=view.files)}" if view.files else length


@shows(DraftLeft)
def draft_left(view: DraftLeft, t: Texts) -> Shown:
    """Nothing was handed in."""
    text = t.html("Nothing was handed in.") if view.empty else t.html("Nothing was handed in; your draft is kept.")
    label = t(template_of(view.head).write) if view.empty else t("Write more")
    return Shown(f"{heading(view.head, t)}\n\n{text}", ((Button(label, pack("task_write", view.head.id)),),))


@shows(HandedInCard)
def handed_in_card(view: HandedInCard, t: Texts) -> Shown:
    """It has been handed in, and until when it can be changed."""
    lines = [t.html("Handed in at {at}.", at=t.moment(view.at))]
    if view.late:
        lines = [t.html("Handed in at {at}, after the deadline (late).", at=t.moment(view.at))]
    if view.version > 1:
        lines.append(t.html("This is version {n}; it takes the place of the one before.", n=view.version))
    figures = t.html("Characters: {length}", length=view.length)
    lines.append(f"{figures} · {t.html('Photos and files: {n}', n=view.files)}" if view.files else figures)
    buttons: tuple[tuple[Button, ...], ...] = ()
    if not view.head.over:
        lines.append(t.html("You can change it until {at}.", at=t.moment(view.head.due_at)))
        buttons = ((Button(t("Change it"), pack("task_write", view.head.id)),),)
    return Shown(f"✅ {heading(view.head, t)}\n\n" + "\n".join(lines), buttons)


@shows(MyTasks)
def my_tasks(view: MyTasks, t: Texts) -> Shown:
    """A line a task, a button for each that something can be done about."""
    if not view.tasks:
        return Shown(t.html("You have no tasks at present."))
    shown = view.tasks[:_LINES]
    title = t.html("My tasks")
    lines = [f"<b>{title}</b>", *(_line(task, t) for task in shown)]
    if len(view.tasks) > _LINES:
        lines.append(t.html("… and {n} more", n=len(view.tasks) - _LINES))
    buttons = tuple((_button(task, t),) for task in shown if task.may_write)
    return Shown("\n\n".join(lines), buttons)


def _line(task: MyTask, t: Texts) -> str:
    sign = {State.DRAFT: "⬜", State.HANDED_IN: "📨", State.RETURNED: "↩️", State.ACCEPTED: "✅"}[State(task.state)]
    state = state_of(task.head, task.state, t)
    state = t("{state}, late", state=state) if task.late else state
    return f"{sign} {escape(cut(name_of(task.head, t), 80))}\n{escape(state)} · {due(task.head, t)}"


def _button(task: MyTask, t: Texts) -> Button:
    verb = t("Change it") if task.state == State.HANDED_IN else t(template_of(task.head).write)
    return Button(cut(f"{verb} · {name_of(task.head, t)}", 60), pack("task_write", task.head.id))


@shows(Ruled)
def ruled(view: Ruled, t: Texts) -> Shown:
    """The author hears how the review ended."""
    if view.state == State.ACCEPTED:
        accepted = t.html("“{name}” has been accepted.", name=name_of(view.head, t))
        return Shown(f"✅ {accepted}")
    text = t.html(
        "“{name}” has been returned. Reason:\n{reason}\n\nPlease revise it and hand it in again.",
        name=name_of(view.head, t),
        reason=view.reason,
    )
    return Shown(f"↩️ {text}", ((Button(t(template_of(view.head).write), pack("task_write", view.head.id)),),))


@shows(ConsentAsked)
def consent(view: ConsentAsked, t: Texts) -> Shown:
    """The question, or the answer that was given."""
    name = name_of(view.head, t)
    match view.answered:
        case "named" | "anonymous" if view.groups == 0:
            return Shown(t.html("Thank you! There is no group yet in which “{name}” could be published.", name=name))
        case "named":
            return Shown(t.html("Thank you! “{name}” is published in the group with your name.", name=name))
        case "anonymous":
            return Shown(t.html("Thank you! “{name}” is published in the group without your name.", name=name))
        case "refused":
            return Shown(t.html("“{name}” is not published. Nobody in the group hears of it.", name=name))
    text = t.html("“{name}” was picked as an excellent one. May I publish it in the group?", name=name)
    return Shown(
        f"🌟 {text}",
        (
            (
                Button(t("With my name"), pack("task_consent", view.submission, "named")),
                Button(t("Without my name"), pack("task_consent", view.submission, "anonymous")),
            ),
            (Button(t("Do not publish"), pack("task_consent", view.submission, "refused")),),
        ),
    )


@shows(Published)
def published(view: Published, t: Texts) -> Shown:
    """A good piece, part by part."""
    by = t.html("By {name} ({unit})", name=view.author, unit=view.unit) if view.author else t.html("By a colleague")
    head = f"🌟 {heading(view.head, t)}\n{by}" if view.part == 1 else ""
    number = f"({view.part}/{view.parts})" if view.parts > 1 else ""
    text = "\n\n".join(part for part in (head, escape(view.text), number) if part)
    return Shown(text, attachment=None if view.file is None else attachment(view.file))


@shows(Reminder)
def reminder(view: Reminder, t: Texts) -> Shown:
    """What is still owed, and a button for it."""
    name = name_of(view.head, t)
    if view.state == State.RETURNED:
        text = t.html("A reminder: “{name}” was returned and has not been handed in again.", name=name)
    else:
        text = t.html("A reminder: “{name}” has not been handed in yet.", name=name)
    button = Button(t(template_of(view.head).write), pack("task_write", view.head.id))
    return Shown(f"⏰ {text}\n{due(view.head, t)}", ((button,),))


@shows(DeadlinePassed)
def deadline_passed(view: DeadlinePassed, t: Texts) -> Shown:
    """It is late, not too late."""
    text = t.html(
        "The deadline of “{name}” passed on {at}. You can still hand it in; it will be marked as late.",
        name=name_of(view.head, t),
        at=t.moment(view.head.due_at),
    )
    button = Button(t(template_of(view.head).write), pack("task_write", view.head.id))
    return Shown(text, ((button,),))


def received(t: Texts, *, new: bool) -> str:
    """The toast after "received"."""
    return t("Thank you, noted.") if new else t("You have said so already.")


def handed_in(t: Texts, *, late: bool) -> str:
    """The toast after handing in."""
    return t("Handed in (late).") if late else t("Handed in.")


def go_on(t: Texts) -> str:
    """The toast after "write more"."""
    return t("Go on: what you send now is added to the draft.")
