"""How a question looks that one person answers alone: in practice, in an exam."""

from collections.abc import Callable

from handlers.present.options import as_buttons, in_words, letters
from handlers.present.shown import Button
from handlers.texts import N_, Texts, escape
from quizzes.bank.items import LETTERS
from quizzes.posing import Posed

KINDS = {
    "single": N_("one answer"),
    "several": N_("several answers"),
    "true_false": N_("true or false"),
    "fill_in": N_("fill in"),
}


def question(posed: Posed, t: Texts, *, ruled: bool = False) -> str:
    """The question and its options; once it is ruled, what is right and what was chosen wrongly."""
    lines = [f"<b>{escape(posed.text)}</b>"]
    if posed.options:
        lines.append("")
    for place, option in enumerate(in_words(posed.kind, posed.options, t)):
        line = f"{LETTERS[place]}. {escape(option)}"
        if ruled and place in posed.right:
            line = f"<b>{line}</b> ✅"
        elif place in posed.chosen:
            line = f"{line} ❌" if ruled else f"<b>{line}</b>"
        lines.append(line)
    return "\n".join(lines)


def outcome(posed: Posed, t: Texts) -> str:
    """What is right, and why; for a question that is ruled."""
    lines = []
    if posed.kind == "fill_in":
        lines.append(t.html("The answer: {answer}", answer=t(" or ").join(posed.accepted)))
    else:
        lines.append(t.html("The answer: {answer}", answer=letters(posed.right)))
    if posed.explanation:
        lines.append(f"💡 {escape(posed.explanation)}")
    return "\n".join(lines)


def yours(posed: Posed, t: Texts) -> str:
    """What the person has answered."""
    answer = posed.typed or letters(posed.chosen)
    return t.html("Your answer: {answer}", answer=answer) if answer else t.html("You have not answered.")


def option_buttons(posed: Posed, t: Texts, data: Callable[[int], str]) -> tuple[tuple[Button, ...], ...]:
    """A button for each option; ``data`` is for the option's place on the screen."""
    return as_buttons(in_words(posed.kind, posed.options, t), data, posed.chosen)
