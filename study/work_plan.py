"""What a kind of work asks for, as the rules see it: fields, and stages in their order. Words and people are elsewhere."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from quizzes.engine.frozen import dataclass


class FieldKind(StrEnum):
    """What a field is filled with."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    UNIT = "unit"
    FILE = "file"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``least``: characters without white space; ``vague``: phrases that say nothing as long as there is no
    figure beside them; ``future``: the date has to be one that is still to come."""

    key: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = True
    least: int = 0
    choices: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    future: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """One rating, the best first; ``at_least``: the mean score (0 to 100) from which it is given."""

    key: str
    at_least: int | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: first the author fills ``fields`` in (if there are any), then ``least`` reviewers decide (if ``reviewed``).

    * ``bands``: the ratings of which the reviewers give one; ``scored``: they give 0 to 100 instead, of which the ``drop``
      highest and lowest are left out;
    * ``only``: the stage is passed over unless these fields have these values.
    """

    key: str
    fields: tuple[str, ...] = ()
    reviewed: bool = False
    least: int = 1
    bands: tuple[Band, ...] = ()
    scored: bool = False
    drop: int = 0
    may_reject: bool = False
    only: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """A kind of work. ``sends_back``: what is handed in with faults goes back by itself, kept as a version; without it
    such a work is not taken. ``baseline`` and ``target`` name the number fields between which progress is measured."""

    fields: tuple[Field, ...]
    stages: tuple[Stage, ...]
    sends_back: bool = False
    baseline: str = ""
    target: str = ""

    def field(self, key: str) -> Field:
        """A field by its key."""
        return next(one for one in self.fields if one.key == key)
