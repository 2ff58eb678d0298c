"""How practice looks: one message, card after card."""

from collections.abc import Mapping

from handlers.callback_data import pack
from handlers.present.pages import short
from handlers.present.posed import KINDS, option_buttons, outcome, question, yours
from handlers.present.shown import Button, Shown, shows
from handlers.texts import N_, Texts, bold, escape, italic
from quizzes.practice.views import PracticeCard, PracticeMenu, PracticeOver, PracticeRuling, Progress

ERRORS: Mapping[str, str] = {
    "practice.gone": N_("This card is no longer open. /practice goes on."),
    "practice.exam": N_("You are taking an exam; practice is closed until you hand in. /exam shows your paper."),
    "practice.nothing_marked": N_("Mark at least one option first."),
    "practice.no_answer": N_("That is no answer to the question. Please use the buttons; /practice shows it again."),
    "practice.not_under_way": N_("You are not practising at the moment. /practice begins."),
}


def _counts(progress: Progress, t: Texts) -> str:
    return t.html(
        "Today: new {new}/{new_cap}, reviews {reviews}/{reviews_cap}",
        new=progress.new,
        new_cap=progress.new_cap,
        reviews=progress.reviews,
        reviews_cap=progress.reviews_cap,
    )


@shows(PracticeMenu)
def menu(view: PracticeMenu, t: Texts) -> Shown:
    """The banks, and what is due whatever the bank."""
    due = t.plural("{n} question is due for review.", "{n} questions are due for review.", view.due)
    lines: list[str] = [bold(t.html("Practice"))]
    lines.append(escape(due) if view.due else t.html("Nothing is due for review."))
    rows = []
    if view.banks:
        lines.append(t.html("From which bank should new questions come?"))
        rows = [
            (
                Button(
                    t("{bank} ({n})", bank=short(bank.name), n=bank.items),
                    pack("prac", "bank", view.round, bank.id),
                ),
            )
            for bank in view.banks
        ]
    if view.due:
        rows.append((Button(t("Only reviews"), pack("prac", "bank", view.round, 0)),))
    return Shown("\n".join(lines), tuple(rows))


@shows(PracticeCard)
def card(view: PracticeCard, t: Texts) -> Shown:
    """A question, its options as buttons."""
    why = t("New question") if view.is_new else t("Review")
    head = f"<b>{escape(why)}</b> · {t.html(KINDS[view.posed.kind])} · {escape(view.bank)}"
    parts = [head, question(view.posed, t)]
    if view.posed.kind == "fill_in":
        parts.append(italic(t.html("Write your answer and send it.")))
    elif view.posed.kind == "several":
        parts.append(italic(t.html("Mark all that is right, then hand in.")))
    parts.append(_counts(view.progress, t))
    what = "mark" if view.posed.kind == "several" else "pick"
    rows = list(option_buttons(view.posed, t, lambda place: pack("prac", what, view.round, place)))
    if view.posed.kind == "several":
        rows.append((Button(t("Hand in"), pack("prac", "hand", view.round)),))
    rows.append((Button(t("End practice"), pack("prac", "stop", view.round)),))
    return Shown("\n\n".join(parts), tuple(rows))


@shows(PracticeRuling)
def ruling(view: PracticeRuling, t: Texts) -> Shown:
    """Right or wrong, why, and when it comes again."""
    verdict = t.html("✅ Right") if view.is_right else t.html("❌ Wrong")
    again = t.html("It comes again: {at}", at=t.moment(view.due_at))
    parts = [
        bold(verdict),
        question(view.posed, t, ruled=True),
        f"{yours(view.posed, t)}\n{outcome(view.posed, t)}",
        f"{again}\n{_counts(view.progress, t)}",
    ]
    rows: list[tuple[Button, ...]] = [(Button(t("Next question"), pack("prac", "next", view.round)),)]
    if view.is_right:
        rows.append(
            (
                Button(t("It was hard"), pack("prac", "hard", view.round)),
                Button(t("I guessed"), pack("prac", "forgot", view.round)),
            )
        )
    rows.append((Button(t("End practice"), pack("prac", "stop", view.round)),))
    return Shown("\n\n".join(parts), tuple(rows))


@shows(PracticeOver)
def over(view: PracticeOver, t: Texts) -> Shown:
    """What was done today, and when there is more."""
    progress = view.progress
    answers = progress.new + progress.reviews
    head = t.html("Practice ended.") if view.reason == "stopped" else t.html("That is all for now.")
    lines: list[str] = [bold(head)]
    if answers:
        done = t.plural("{n} question today", "{n} questions today", answers)
        lines.append(t.html("{done}, {right} of them right.", done=done, right=progress.right))
        lines.append(_counts(progress, t))
    if view.reason == "done":
        if view.waiting:
            lines.append(
                t.html("Today's reviews are used up; {n} more wait until tomorrow.", n=view.waiting)
                if progress.reviews >= progress.reviews_cap
                else t.html("{n} more are due.", n=view.waiting)
            )
        else:
            lines.append(t.html("Nothing is due for review."))
        if view.bank_left:
            lines.append(t.html("Today's new questions are used up; the bank goes on tomorrow."))
        elif view.bank:
            lines.append(t.html("There are no new questions left in “{bank}”.", bank=view.bank))
    elif view.waiting:
        lines.append(t.html("{n} more are due.", n=view.waiting))
    if view.next_at is not None and not view.waiting:
        lines.append(t.html("The next review: {at}", at=t.moment(view.next_at)))
    rows = []
    if view.reason == "stopped":
        rows.append((Button(t("Practise on"), pack("prac", "more", view.round)),))
    if view.other_banks:
        rows.append((Button(t("Another bank"), pack("prac", "menu", view.round)),))
    return Shown("\n".join(lines), tuple(rows))


def ruled(t: Texts, *, right: bool) -> str:
    """The toast after an answer."""
    return t("Right.") if right else t("Wrong.")
