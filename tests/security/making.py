"""A value of any type of ours with one text wherever a text goes: to see what becomes of the text."""

import collections.abc
import dataclasses
import types
import typing
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Any

from pydantic import BaseModel

from study.programme.words import Title

_PLAIN: dict[Any, Any] = {
    bool: True,
    int: 3,
    float: 1.5,
    datetime: datetime(2026, 11, 23, 8, tzinfo=UTC),
    date: date(2026, 11, 23),
    time: time(8),
    timedelta: timedelta(seconds=3),
    type(None): None,
}


class Unmakeable(Exception):
    """A type that nobody can make a value of without knowing what it means."""


def made(of: Any, text: str) -> Any:
    """A value of the type ``of``.

    Raises:
        Unmakeable: the type says too little.
    """
    origin, within = typing.get_origin(of), typing.get_args(of)
    if of is str:
        return text
    if of in _PLAIN:
        return _PLAIN[of]
    if of is Title:
        return Title({"en": text, "zh-CN": text})
    if origin is typing.Annotated:
        return made(within[0], text)
    if origin is typing.Literal:
        return within[0]
    if origin in (typing.Union, types.UnionType):
        return made(next(one for one in within if one is not type(None)), text)
    if origin is tuple:
        several = within[:1] if within[-1:] == (Ellipsis,) else within
        return tuple(made(one, text) for one in several)
    if isinstance(origin, type) and issubclass(origin, collections.abc.Mapping):
        return {made(within[0], text): made(within[1], text)}
    if isinstance(origin, type) and issubclass(origin, collections.abc.Collection):
        return [made(within[0], text)]
    if isinstance(of, type) and issubclass(of, Enum):
        return next(iter(of))
    if isinstance(of, type) and issubclass(of, BaseModel):
        return of(**{name: made(field.annotation, text) for name, field in of.model_fields.items()})
    if dataclasses.is_dataclass(of) and isinstance(of, type):
        kinds = typing.get_type_hints(of)
        return of(**{field.name: made(kinds[field.name], text) for field in dataclasses.fields(of)})
    raise Unmakeable(of)
