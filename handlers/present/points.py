"""Points as people read them: the ledger keeps whole numbers, some contests have decimals."""

import re

from quizzes.errors import ScoreUnclear

_NUMBER = re.compile(r"[+-]?\d{1,6}(?:[.．]\d{1,4})?")


def amount(points: int, decimals: int, *, signed: bool = False) -> str:
    """``9050`` with two decimals is ``90.50``; ``signed`` puts a plus before what is added; nothing is plain 0."""
    sign = "-" if points < 0 else "+" if signed and points else ""
    if not decimals:
        return f"{sign}{abs(points)}"
    whole, part = divmod(abs(points), 10**decimals)
    return f"{sign}{whole}.{part:0{decimals}d}"


def plus(points: int) -> str:
    """Points that are added or taken, with their sign; nothing is plain 0."""
    return f"{points:+d}" if points else "0"


def units(text: str, decimals: int) -> int:
    """What was typed, in units of ``decimals``; full-width digits are digits.

    Raises:
        ScoreUnclear: it is no number, or has more decimals.
    """
    typed = text.strip().removesuffix("分").strip()
    if not _NUMBER.fullmatch(typed):
        raise ScoreUnclear()
    whole, _, part = typed.replace("．", ".").partition(".")
    if len(part.rstrip("0")) > decimals:
        raise ScoreUnclear()
    number = int(whole.lstrip("+-") + part[:decimals].ljust(decimals, "0"))
    return -number if whole.startswith("-") else number
