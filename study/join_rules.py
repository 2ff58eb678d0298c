"""Rules of joining: codes in links, codes that are given out, names that people give themselves."""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta

MISSES = 5
MISSES_WITHIN = timedelta(minutes=10)
"""So many wrong codes are heard within this time; then the account has to wait."""

MISSES_OF_ALL = 100
"""So many wrong codes of all accounts together within the same time; then no code is heard until fewer fall into it.

Codes are what the office has numbered its people with, and accounts can be had by the hundred: without this limit each
would have its own five guesses. Asking for admission stays open meanwhile.
"""

NAME_LIMIT = 60
_ENCODED = "c_"
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}")
_RESERVED = re.compile(r"[a-z]{1,20}_")
"""What other links begin with, such as ``task_``."""


def payload_of(code: str) -> str:
    """What stands for a code in a link: the code itself, or its bytes if a link cannot carry its characters.

    A payload has at most 64 characters of ``A-Za-z0-9_-`` (https://core.telegram.org/bots/features#deep-linking).
    """
    if _PLAIN.fullmatch(code) and not _RESERVED.match(code):
        return code
    return _ENCODED + base64.urlsafe_b64encode(code.encode()).decode().rstrip("=")


def code_of(payload: str) -> str:
    """The code that a link, or a person who types it, means."""
    text = unicodedata.normalize("NFKC", payload).strip()
    if text.startswith(_ENCODED):
        body = text.removeprefix(_ENCODED)
        try:
            padded = body + "=" * (-len(body) % 4)
            return base64.b64decode(padded, altchars=b"-_", validate=True).decode() or text
        except (binascii.Error, ValueError):
            return text
    return text


def next_code(codes: Iterable[str]) -> str:
    """A code for somebody who came without one: ``T0001``, ``T0002`` …, the one after the last that was given."""
    numbers = [int(match[1]) for code in codes if (match := re.fullmatch(r"[Tt](\d{4,9})", code))]
    return f"T{max(numbers, default=0) + 1:04d}"


def tidy_name(text: str) -> str:
    """A name on one line, without characters that cannot be seen."""
    visible = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    return " ".join(visible.split())


def same_name(one: str, other: str) -> bool:
    """Whether two names are written alike: width, case and spaces between Chinese characters do not matter."""
    return _name_key(one) == _name_key(other)


def _name_key(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
