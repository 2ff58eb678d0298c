"""Typed answers: when two texts are the same answer.

Tolerant of width (full-width letters and digits), case, script (臺灣 and 台湾), spaces and punctuation. What makes another value stays: the
point of 3.14, the minus of -5, the sign of 50%, the slash of 1/2, the colon of 3:2, the dash of 10-20.
"""

from __future__ import annotations

import unicodedata

from quizzes.engine.han import simplified

_BETWEEN_DIGITS = frozenset("./:")
_MINUS = frozenset("-\u2212\u2013\u2014")
_KEPT = frozenset("%\u2030#")


def same_answer(given: str, accepted: str) -> bool:
    """Whether ``given`` is the answer ``accepted``; an empty text is none."""
    one, other = folded(given), folded(accepted)
    if not other:  # signs alone: "?" is an answer too, and only itself
        one, other = _plain(given), _plain(accepted)
    return bool(one) and one == other


def folded(text: str) -> str:
    """What counts of a text."""
    plain = _plain(text)
    kept = []
    for place, sign in enumerate(plain):
        before = plain[place - 1] if place else ""
        after = plain[place + 1] if place + 1 < len(plain) else ""
        if _counts(sign, before, after):
            kept.append("-" if sign in _MINUS else sign)
    return "".join(kept)


def _plain(text: str) -> str:
    # Case first and width after it: folding can leave characters that the normal form would join.
    text = simplified(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()))
    return "".join(sign for sign in text if not sign.isspace())


def _counts(sign: str, before: str, after: str) -> bool:
    if sign in _KEPT:
        return True
    if sign in _MINUS:
        return after.isdecimal() and (before.isdecimal() or not before.isalnum())
    if sign in _BETWEEN_DIGITS and before.isdecimal() and after.isdecimal():
        return True
    return unicodedata.category(sign)[0] in "LNMS"
