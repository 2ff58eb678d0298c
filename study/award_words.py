"""``/award`` as organisers write it: whom, how many, why. Pure."""

import re

from quizzes.engine.frozen import dataclass

_POINTS = re.compile(r"([+\-＋－−]?)(\d{1,6})分?")


@dataclass(frozen=True, slots=True)
class AwardWords:
    """What was written; the reason may still be missing."""

    name: str
    points: int
    reason: str


def read_award(words: str) -> AwardWords | None:
    """The name is what stands before the first number, the reason what stands behind it; ``None``: one is missing.

    A number with a sign goes before one without: in ``第3组 王芳 +2 …`` the points are 2.
    """
    tokens = words.split()
    found = [(at, match) for at, token in enumerate(tokens) if (match := _POINTS.fullmatch(token)) and at > 0]
    signed = [one for one in found if one[1][1]]
    if not found:
        return None
    at, match = (signed or found)[0]
    points = int(match[2])
    return AwardWords(
        " ".join(tokens[:at]), -points if match[1] in ("-", "－", "−") else points, " ".join(tokens[at + 1 :])
    )


def read_number(words: str) -> tuple[int, str] | None:
    """An entry's number (``12``, ``#12``, ``№12``) and what follows it; ``None``: there is no number."""
    first, _, rest = words.strip().partition(" ")
    digits = first.lstrip("#＃№")
    return (int(digits), rest.strip()) if digits.isascii() and digits.isdigit() and len(digits) <= 15 else None
