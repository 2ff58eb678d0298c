"""How tasks look to organisers."""

from handlers.callback_data import pack
from handlers.present.pages import pager
from handlers.present.shown import Button, Shown, cut, shows
from handlers.present.task_words import due, heading, name_of, page_of, state_of, template_of
from handlers.present.tasks import attachment
from handlers.texts import Texts, escape
from study.task_templates import State
from study.task_views import (
    Detail,
    HandedInAgain,
    Missing,
    ReasonAsked,
    ReturnDone,
    ReviewSheet,
    SubmittedFile,
    TaskList,
)

_AGAIN_SHOWN = 30
_NAMES = 2800
"""Characters that the lists of names may take."""


@shows(TaskList)
def task_list(view: TaskList, t: Texts) -> Shown:
    """A button a task, with its counts."""
    works = (Button(t("Waiting for my review: {n}", n=view.works), pack("wrev", "list", 0)),)
    if not view.tasks and view.works:
        return Shown(t.html("No submission of a task waits, but works do."), (works,))
    if not view.tasks:
        return Shown(
            t.html("Nothing waits for a review.") if view.reviews else t.html("There are no tasks at present.")
        )
    title = t.html("Waiting for a review") if view.reviews else t.html("Tasks")
    lines, buttons = [f"<b>{title}</b>"], []
    for task in view.tasks:
        counts = t.html(
            "Handed in {done} of {asked}, {waiting} to be read",
            done=task.handed_in,
            asked=task.asked,
            waiting=task.waiting,
        )
        lines.append(f"#{task.head.id} {escape(cut(name_of(task.head, t), 80))}\n{counts} · {due(task.head, t)}")
        where = "read" if view.reviews else "show"
        buttons.append(
            (Button(cut(f"#{task.head.id} {name_of(task.head, t)}", 60), pack("review", where, task.head.id)),)
        )
    if view.works:
        buttons.append(works)
    return Shown("\n\n".join(lines), tuple(buttons))


@shows(Detail)
def detail(view: Detail, t: Texts) -> Shown:
    """The figures, the units, who is missing, what can be done about it."""
    template = template_of(view.head)
    top: str = heading(view.head, t)
    if view.summary:
        passed = t.html("The deadline has passed. Summary:")
        top = f"{passed}\n{top}"
    figures = [t.html("Handed in: {done} of {asked}", done=view.handed_in, asked=view.asked)]
    if template.acknowledged:
        figures.insert(0, t.html("Received: {done} of {asked}", done=view.received, asked=view.asked))
    figures.append(
        t.html(
            "Late {late} · to be read {waiting} · accepted {accepted}",
            late=view.late,
            waiting=view.waiting,
            accepted=view.accepted,
        )
    )
    missing = sum(len(unit.names) for unit in view.units)
    parts = [top, "\n".join([due(view.head, t), *figures]), _units(view.units, t)]
    if not missing and view.asked and not template.by_choice:
        parts.append(t.html("Everybody has handed in."))
    return Shown("\n\n".join(part for part in parts if part), _detail_buttons(view, missing, t))


def _units(units: tuple[Missing, ...], t: Texts) -> str:
    """A line a unit and one for its missing people, as many as there is room for."""
    lines, room, left_out = [], _NAMES, 0
    separator = t(", ")
    for unit in units:
        head = f"{cut(unit.unit, 40)} {unit.handed_in}/{unit.asked}"
        room -= len(head) + 10
        if room <= 0:
            left_out += len(unit.names)
            continue
        names = []
        for name in (cut(one, 40) for one in unit.names):
            room -= len(name) + len(separator)
            if room > 0:
                names.append(name)
        left_out += len(unit.names) - len(names)
        lines.append(f"<b>{escape(head)}</b>")
        if names:
            lines.append(t.html("Missing: {names}", names=separator.join(names)))
    if left_out:
        lines.append(t.html("… and {n} more", n=left_out))
    return "\n".join(lines)


def _detail_buttons(view: Detail, missing: int, t: Texts) -> tuple[tuple[Button, ...], ...]:
    number, first, second = view.head.id, [], []
    if missing and not view.head.closed:
        first.append(Button(t("Remind the missing"), pack("review", "remind", number)))
    if view.handed_in:
        first.append(Button(t("Look through"), pack("review", "read", number)))
    if view.may_close and not view.head.closed:
        second.append(Button(t("Close the task"), pack("review", "close", number)))
    return tuple(tuple(row) for row in (first, second) if row)


@shows(ReviewSheet)
def review(view: ReviewSheet, t: Texts) -> Shown:
    """One submission and what can be ruled about it."""
    text, at, pages = page_of(view.text, view.page)
    top = f"{heading(view.head, t)} · {view.number}/{view.count}"
    who = f"<b>{escape(cut(view.name, 64))}</b> · {escape(cut(view.unit, 64))}"
    state = state_of(view.head, view.state, t)
    figures = [
        t.html("{state}, late", state=state) if view.late else escape(state),
        t.moment(view.at),
        t.html("Characters: {length}", length=view.length),
    ]
    if view.files:
        figures.append(t.html("Photos and files: {n}", n=view.files))
    lines = [" · ".join(figures)]
    if view.reviewer:
        lines.append(t.html("Reviewed by {name}", name=cut(view.reviewer, 64)))
    if view.reason and view.state == State.RETURNED:
        lines.append(t.html("Returned because: {reason}", reason=cut(view.reason, 300)))
    if view.commended:
        lines.append(f"🌟 {_publication(view, t)}")
    parts = (f"{top}\n{who}", escape(text), "\n".join(lines))
    return Shown("\n\n".join(part for part in parts if part), _review_buttons(view, at, pages, t))


@shows(HandedInAgain)
def handed_in_again(view: HandedInAgain, t: Texts) -> Shown:
    """Whose returned work waits for a review again."""
    names = t(", ").join(cut(name, 40) for name in view.names[:_AGAIN_SHOWN])
    if len(view.names) > _AGAIN_SHOWN:
        names = f"{names} {t('… and {n} more', n=len(view.names) - _AGAIN_SHOWN)}"
    text = t.html("Handed in again after it was returned: {names}", names=names)
    return Shown(
        f"{heading(view.head, t)}\n{text}", ((Button(t("Look through"), pack("review", "read", view.head.id)),),)
    )


def _publication(view: ReviewSheet, t: Texts) -> str:
    if view.published:
        return t.html("Excellent, published")
    answers = {
        "asked": t.html("Excellent; the author has not answered yet"),
        "refused": t.html("Excellent; not to be published"),
    }
    return answers.get(view.consent, t.html("Excellent"))


def _review_buttons(view: ReviewSheet, at: int, pages: int, t: Texts) -> tuple[tuple[Button, ...], ...]:
    rows = pager(at, pages, lambda page: pack("review_turn", view.submission, page), t)
    good = Button(t("Excellent"), pack("review_rule", "good", view.submission, view.version))
    publishes = template_of(view.head).published
    if view.state == State.HANDED_IN:
        accept = Button(t("Accept"), pack("review_rule", "accept", view.submission, view.version))
        back = Button(t("Return"), pack("review_rule", "return", view.submission, view.version))
        rows.append((accept, back, good) if publishes else (accept, back))
    elif view.state == State.ACCEPTED and publishes and not view.commended:
        rows.append((good,))
    elif view.state == State.ACCEPTED and template_of(view.head).reopened:
        rows.append((Button(t("Reopen"), pack("review_rule", "return", view.submission, view.version)),))
    if view.files:
        label = t("Photos and files ({n})", n=view.files)
        rows.append((Button(label, pack("review_files", view.submission)),))
    turn = []
    if view.previous is not None:
        turn.append(Button(t("‹ Previous"), pack("review_turn", view.previous, 0)))
    if view.following is not None:
        turn.append(Button(t("Next ›"), pack("review_turn", view.following, 0)))
    if turn:
        rows.append(tuple(turn))
    last = [Button(t("Overview"), pack("review", "show", view.head.id))]
    if view.state != State.HANDED_IN and view.waiting:
        last.insert(0, Button(t("Next to be read ({n})", n=view.waiting), pack("review", "read", view.head.id)))
    rows.append(tuple(last))
    return tuple(rows)


@shows(SubmittedFile)
def submitted_file(view: SubmittedFile, t: Texts) -> Shown:
    """A photo or file with its author's name."""
    return Shown(f"{escape(cut(view.name, 64))} · {view.number}/{view.count}", attachment=attachment(view.file))


@shows(ReasonAsked)
def reason_asked(view: ReasonAsked, t: Texts) -> Shown:
    """The question for the reason."""
    return Shown(
        t.html(
            "Why do you return “{task}” of {name}? Please send the reason; the author will read it. /cancel leaves it as it is.",
            task=name_of(view.head, t),
            name=cut(view.name, 64),
        )
    )


@shows(ReturnDone)
def return_done(view: ReturnDone, t: Texts) -> Shown:
    """It was returned; on to the next."""
    text = t.html("Returned to {name}. Reason: {reason}", name=cut(view.name, 64), reason=view.reason)
    if not view.waiting:
        return Shown(text, ((Button(t("Overview"), pack("review", "show", view.head.id)),),))
    label = t("Next to be read ({n})", n=view.waiting)
    return Shown(text, ((Button(label, pack("review", "read", view.head.id)),),))


def reminded(t: Texts, count: int) -> str:
    """What the organiser sees after reminding."""
    if count == 0:
        return t("Nobody was reminded: those who are missing are on leave, were reminded today, or have not joined.")
    return t.plural("Reminded {n} person.", "Reminded {n} people.", count)


def ruled(t: Texts, outcome: str) -> str:
    """The toast after a ruling."""
    return {
        "accepted": t("Accepted."),
        "commended": t("Accepted as excellent."),
        "asked": t("Picked as excellent; the author is asked for consent."),
        "unreachable": t("Picked as excellent; the author cannot be reached for consent."),
    }[outcome]


def files_sent(t: Texts, count: int) -> str:
    """The toast after sending photos and files."""
    return t.plural("{n} photo or file is on its way.", "{n} photos and files are on their way.", count)
