"""Lots that anybody can check: who comes first follows from the seed alone.

A lot is the SHA-256 of ``seed:what``, as 64 hexadecimal digits; the smaller comes first. So the draw can be worked out
again with any tool that computes SHA-256, and nobody can steer it who does not choose the seed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def lot(seed: str, what: str) -> str:
    """The lot of one thing."""
    return hashlib.sha256(f"{seed}:{what}".encode()).hexdigest()


def drawn(seed: str, things: Iterable[T], name: Callable[[T], str]) -> tuple[T, ...]:
    """The things in the order of their lots."""
    return tuple(sorted(things, key=lambda thing: lot(seed, name(thing))))
