"""How alike two ideas are, and what may become of one. Pure."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from quizzes.engine.han import heard
from study.errors import StudyError

ALIKE = 0.5
"""From this likeness on (0 to 1) an idea is shown as one that may be the same."""

SUBMITTED, SHORTLISTED, ADOPTED, NOT_ADOPTED = "submitted", "shortlisted", "adopted", "not_adopted"
_FROM = {
    SHORTLISTED: (SUBMITTED,),
    ADOPTED: (SUBMITTED, SHORTLISTED, NOT_ADOPTED),
    NOT_ADOPTED: (SUBMITTED, SHORTLISTED),
}


class IdeaRuled(StudyError):
    """Somebody has ruled on the idea already; ``wanted`` is what it is."""

    code = "idea_ruled"


def must_become(state: str, wanted: str) -> None:
    """Let an idea become shortlisted, adopted or not adopted.

    Raises:
        IdeaRuled: from its state it cannot.
    """
    if state not in _FROM[wanted]:
        raise IdeaRuled(wanted=state)


def likeness(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same), by shared pairs of neighbouring characters or by common runs, whichever is more.

    Spaces, punctuation and case do not matter; the measure is the same in both directions.
    """
    a, b = sorted((_plain(one), _plain(other)))
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    pairs, others = _pairs(a), _pairs(b)
    shared = 2 * len(pairs & others) / (len(pairs) + len(others)) if pairs and others else 0.0
    return max(shared, SequenceMatcher(None, a, b, autojunk=False).ratio() if len(a) + len(b) < 400 else 0.0)


def alike(text: str, others: Iterable[tuple[int, str]], *, most: int = 3) -> tuple[int, ...]:
    """The numbers of those ideas that are most like a text, the likest first."""
    scored = sorted(((likeness(text, said), number) for number, said in others), key=lambda pair: (-pair[0], pair[1]))
    return tuple(number for score, number in scored[:most] if score >= ALIKE)


def _plain(text: str) -> str:
    return "".join(character for character in heard(text) if character.isalnum())


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))
