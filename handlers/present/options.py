"""The options of a question: in the reader's words, by their letters, as buttons."""

from collections.abc import Callable, Collection, Sequence

from handlers.present.shown import Button, cut, in_rows
from handlers.texts import N_, Texts
from quizzes.bank.items import LETTERS

TRUE_OR_FALSE = (N_("True"), N_("False"))
"""The options of such a question are kept in English."""
_SHORT = 12
"""Two options of that length fit into a row."""


def letters(places: Collection[int]) -> str:
    """Options by their letters."""
    return "".join(LETTERS[place] for place in places)


def in_words(kind: str, options: tuple[str, ...], t: Texts) -> tuple[str, ...]:
    """The options; those of a true/false question in the reader's language."""
    return tuple(t(option) for option in options) if kind == "true_false" else options


def as_buttons(
    options: Sequence[str], data: Callable[[int], str], chosen: Collection[int] = ()
) -> tuple[tuple[Button, ...], ...]:
    """A button for each option, chosen ones with a tick; ``data`` is for the option's place on the screen."""
    labels = [cut(f"{LETTERS[place]}. {option}") for place, option in enumerate(options)]
    buttons = [Button(f"{label} ✓" if place in chosen else label, data(place)) for place, label in enumerate(labels)]
    return in_rows(buttons, 2 if max(map(len, labels), default=0) <= _SHORT else 1)
