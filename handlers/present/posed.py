"""How a question looks that one person answers alone: in practice, in an exam."""

from collections.abc import Callable

from handlers.present.shown import Button
from handlers.texts import N_, Texts, escape
from quizzes.posing import Posed

LETTERS = "ABCDEFGH"
KINDS = {
    "single": N_("one answer"),
    "several": N_("several answers"),
    "true_false": N_("true or false"),
    "fill_in": N_("fill in"),
}
_BUTTON_TEXT = 28


def options(posed: Posed, t: Texts) -> tuple[str, ...]:
    """The options in words; those of a true/false question in the reader's language."""
    return tuple(t(option) for option in posed.options) if posed.kind == "true_false" else posed.options


def question(posed: Posed, t: Texts, *, ruled: bool = False) -> str:
    """The question and its options; once it is ruled, what is right and what was chosen wrongly."""
    lines = [f"<b>{escape(posed.text)}</b>"]
    if posed.options:
        lines.append("")
    for place, option in enumerate(options(posed, t)):
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
        lines.append(t.html("The answer: {answer}", answer="".join(LETTERS[place] for place in posed.right)))
    if posed.explanation:
        lines.append(f"💡 {escape(posed.explanation)}")
    return "\n".join(lines)


def yours(posed: Posed, t: Texts) -> str:
    """What the person has answered."""
    answer = posed.typed or "".join(LETTERS[place] for place in posed.chosen)
    return t.html("Your answer: {answer}", answer=answer) if answer else t.html("You have not answered.")


def option_buttons(posed: Posed, t: Texts, data: Callable[[int], str]) -> tuple[tuple[Button, ...], ...]:
    """A button for each option, chosen ones with a tick; ``data`` is for the option's place on the screen."""
    labels = [f"{LETTERS[place]}. {option}" for place, option in enumerate(options(posed, t))]
    cut = [label if len(label) <= _BUTTON_TEXT else f"{label[: _BUTTON_TEXT - 1]}…" for label in labels]
    buttons = [Button(f"{label} ✓" if place in posed.chosen else label, data(place)) for place, label in enumerate(cut)]
    width = 2 if max(map(len, cut), default=0) <= 12 else 1
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))
