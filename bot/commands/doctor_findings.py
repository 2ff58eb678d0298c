"""What ``studyhall doctor`` looks at, and what it finds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from bot.config import Config
from storage import Tx

Level = Literal["wrong", "hint"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd. ``code`` names its sentence; a ``hint`` may be as it should be, and only somebody there can tell."""

    code: str
    level: Level
    params: Mapping[str, object] = field(default_factory=dict)


def wrong(code: str, /, **params: object) -> Finding:
    """Something that somebody has to do something about."""
    return Finding(code, "wrong", params)


def hint(code: str, /, **params: object) -> Finding:
    """Something worth a look."""
    return Finding(code, "hint", params)


@dataclass(frozen=True, slots=True)
class Subject:
    """A database as it is on disk, and what is known around it.

    Args:
        now: the machine's present.
        as_of: until when the bot had its chance to do what is due: the present while it runs, else its last sign of life.
        is_copy: it is a backup, not the database that the configuration names.
        is_current: it has the schema of this program, so that its tables can be read.
    """

    path: Path
    config: Config
    config_path: Path
    now: datetime
    as_of: datetime
    is_running: bool
    is_copy: bool
    is_current: bool


FileCheck = Callable[[Subject], Iterator[Finding]]
TableCheck = Callable[[Subject, Tx], Iterator[Finding]]
