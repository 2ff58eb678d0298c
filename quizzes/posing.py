"""A question of a bank as one person gets it in private: options in an order of their own, an answer that is judged.

Practice and exams share this. Options are kept and judged by their place in the bank (from 0); only what is shown, and
what a button carries, goes by the place on the screen, so that nothing on the wire tells which one is right.
"""

import random
import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from quizzes.bank.items import LETTERS, Item, Kind, letters_of
from quizzes.bank.words import truth
from quizzes.banks import TRUE_FALSE
from quizzes.engine.typed import same_answer

_ALONE = frozenset({Kind.SINGLE, Kind.SEVERAL, Kind.TRUE_FALSE, Kind.FILL_IN})
_item: TypeAdapter[Item] = TypeAdapter(Item)
_LETTERS = re.compile(rf"[{LETTERS}]+")

Answer = tuple[int, ...] | str
"""Options by their places in the bank, or the words that were typed."""


class Posed(BaseModel):
    """A question on the screen: options and ``chosen`` in the order shown, ``typed`` what was written.

    ``right`` (as shown) and ``accepted`` are empty until the answer may be known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    kind: Literal["single", "several", "true_false", "fill_in"]
    text: str
    options: tuple[str, ...] = ()
    chosen: tuple[int, ...] = ()
    typed: str = ""
    right: tuple[int, ...] = ()
    accepted: tuple[str, ...] = ()
    explanation: str = ""


def item_of(body: str) -> Item:
    """Read a question as the bank keeps it."""
    return _item.validate_json(body)


def body_of(item: Item) -> str:
    """Write a question as the bank keeps it."""
    return _item.dump_json(item).decode()


def can_be_posed(item: Item) -> bool:
    """Whether somebody can answer it alone and in writing; oral ones need judges, pictures a message of another kind."""
    return item.kind in _ALONE and item.media is None


def options_of(item: Item) -> tuple[str, ...]:
    """The options in the bank's order."""
    return TRUE_FALSE if item.kind is Kind.TRUE_FALSE else item.options


def order_of(item: Item, dice: random.Random) -> tuple[int, ...]:
    """The order in which somebody sees the options: places in the bank. True and false stay where people expect them."""
    order = list(range(len(options_of(item))))
    if item.kind is not Kind.TRUE_FALSE:
        dice.shuffle(order)
    return tuple(order)


def is_right(item: Item, answer: Answer) -> bool:
    """Whether an answer is exactly right."""
    if isinstance(answer, str):
        return item.kind is Kind.FILL_IN and any(same_answer(answer, accepted) for accepted in item.accepted)
    return item.kind is not Kind.FILL_IN and bool(answer) and tuple(sorted(answer)) == item.answers


def pose(item: Item, order: Sequence[int], answer: Answer | None, *, reveal: bool = False) -> Posed:
    """The question as its owner sees it, with what they have answered so far."""
    options = options_of(item)
    chosen = () if answer is None or isinstance(answer, str) else answer
    return Posed(
        kind=item.kind.value,
        text=item.text,
        options=tuple(options[place] for place in order),
        chosen=tuple(sorted(order.index(place) for place in chosen)),
        typed=answer if isinstance(answer, str) else "",
        right=tuple(sorted(order.index(place) for place in item.answers)) if reveal else (),
        accepted=item.accepted if reveal else (),
        explanation=item.explanation if reveal else "",
    )


def chosen_at(order: Sequence[int], places: Sequence[int]) -> tuple[int, ...]:
    """The options (by their places in the bank) behind places on the screen; none that is not there."""
    return tuple(sorted({order[place] for place in places if 0 <= place < len(order)}))


def typed_answer(item: Item, order: Sequence[int], said: str) -> Answer | None:
    """The answer that somebody wrote instead of pressing: letters as shown, 对 or 错, or the words of a fill-in question.

    ``None`` if it is no answer to such a question.
    """
    said = unicodedata.normalize("NFKC", said).strip()
    if item.kind is Kind.FILL_IN:
        return said or None
    if item.kind is Kind.TRUE_FALSE and (true := truth(said)) is not None:
        return (0,) if true else (1,)
    letters = re.sub(r"[\s,、.]", "", said).upper()
    if not _LETTERS.fullmatch(letters):
        return None
    places = sorted({LETTERS.index(letter) for letter in letters})
    if places[-1] >= len(order) or (len(places) > 1 and item.kind is not Kind.SEVERAL):
        return None
    return chosen_at(order, places)


def written(item: Item, answer: Answer | None) -> str:
    """An answer as a table shows it: letters of the bank's order, or the words."""
    if answer is None or isinstance(answer, str):
        return answer or ""
    return letters_of(answer)


def right_answer(item: Item) -> str:
    """The right answer as a table shows it."""
    return " / ".join(item.accepted) if item.kind is Kind.FILL_IN else letters_of(item.answers)
