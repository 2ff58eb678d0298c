"""Events and rules as plain dicts that JSON can hold, and back.

A stored event is ``{"v": 1, "type": "Buzzed", …fields}``. Times are ISO 8601 in UTC, lengths whole microseconds, so
that nothing is rounded: a replay has to give the same contest to the last digit. Reading is strict: a log that says
more or less than we know is not guessed at. A new field of an event needs a default, which old logs then take.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import Any

from quizzes.engine import events
from quizzes.engine.errors import LogUnreadable
from quizzes.engine.rules import BuzzerSegment, EveryoneSegment, RequiredSegment, RiskSegment, Rules, SpeechSegment

VERSION = 1
_MICROSECOND = timedelta(microseconds=1)
_EVENTS: dict[str, type[Any]] = {kind.__name__: kind for kind in typing.get_args(events.Event)}
_SEGMENTS: dict[str, type[Any]] = {
    "buzzer": BuzzerSegment,
    "everyone": EveryoneSegment,
    "required": RequiredSegment,
    "risk": RiskSegment,
    "speech": SpeechSegment,
}
_SEGMENT_NAMES = {kind: name for name, kind in _SEGMENTS.items()}

Reader = Callable[[Any, str], Any]
"""A stored value and where it stands, to the value."""
# Looking at fields and type hints is slow and they never change: what was found is kept.
_FIELDS: dict[type[Any], tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]] = {}
_READERS: dict[type[Any], Reader] = {}
_UNIONS = (typing.Union, types.UnionType)
_PLAIN = frozenset({int, str, bool, type(None)})
"""JSON's own types; four of five values of a log are of them."""


def event_to_dict(event: events.Event) -> dict[str, Any]:
    """The event as a dict of JSON's own types."""
    return {"v": VERSION, "type": type(event).__name__, **_fields_out(event)}


def event_from_dict(stored: Mapping[str, Any]) -> events.Event:
    """The event that was stored.

    Raises:
        LogUnreadable: a newer version, an unknown type, a missing or unknown field, a value of the wrong kind.
    """
    body = _body(stored)
    name = body.pop("type", None)
    kind = _EVENTS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise LogUnreadable(problem="unknown_type", type=name)
    event: events.Event = _record_reader(kind)(body, str(name))
    return event


def rules_to_dict(rules: Rules) -> dict[str, Any]:
    """The rules as a dict of JSON's own types."""
    return {"v": VERSION, **_fields_out(rules)}


def rules_from_dict(stored: Mapping[str, Any]) -> Rules:
    """The rules that were stored.

    Raises:
        LogUnreadable: as for events.
    """
    rules: Rules = _record_reader(Rules)(_body(stored), "rules")
    return rules


def record_to_dict(record: Any) -> dict[str, Any]:
    """Any frozen dataclass of such fields as a dict of JSON's own types (the logs of tournaments are kept so too)."""
    return _fields_out(record)


def record_from_dict(kind: type[Any], stored: Any, where: str) -> Any:
    """The dataclass that was stored; ``where`` names it in a refusal.

    Raises:
        LogUnreadable: as for events.
    """
    return _record_reader(kind)(stored, where)


def _body(stored: Mapping[str, Any]) -> dict[str, Any]:
    body = dict(stored)
    version = body.pop("v", None)
    if version != VERSION:
        raise LogUnreadable(problem="unknown_version", version=version)
    return body


def _fields_out(record: Any) -> dict[str, Any]:
    kind = type(record)
    found = _FIELDS.get(kind)
    if found is None:
        names = tuple(field.name for field in dataclasses.fields(kind))
        found = _FIELDS[kind] = (names, _values_of(names))
    names, values = found
    return {
        name: value if type(value) in _PLAIN else _out(value) for name, value in zip(names, values(record), strict=True)
    }


def _values_of(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    # Of one name it gives the value and not a tuple.
    return lambda record: tuple(getattr(record, name) for name in names)


def _out(value: Any) -> Any:
    match value:
        case StrEnum():
            return value.value
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case timedelta():
            return value // _MICROSECOND
        case tuple():
            return [item if type(item) in _PLAIN else _out(item) for item in value]
        case _ if type(value) in _SEGMENT_NAMES:
            return {"segment": _SEGMENT_NAMES[type(value)], **_fields_out(value)}
        case _ if dataclasses.is_dataclass(value):
            return _fields_out(value)
        case _:
            return value


def _record_reader(kind: type[Any]) -> Reader:
    reader = _READERS.get(kind)
    if reader is None:
        reader = _READERS[kind] = _make_record_reader(kind)
    return reader


def _make_record_reader(kind: type[Any]) -> Reader:
    hints = typing.get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}
    in_order = tuple((name, _plain(hints[name]), reader) for name, reader in readers.items())
    required = {
        field.name
        for field in dataclasses.fields(kind)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    }

    def read(stored: Any, where: str) -> Any:
        if type(stored) is not dict or len(stored) != len(in_order):
            return read_with_care(stored, where)
        # A line as it is written today has every field: no names are compared, and no places are spelt out.
        try:
            return kind(
                *[
                    value if type(value := stored[name]) is plain else reader(value, "")
                    for name, plain, reader in in_order
                ]
            )
        except (KeyError, LogUnreadable):
            return read_with_care(stored, where)

    def read_with_care(stored: Any, where: str) -> Any:
        if not isinstance(stored, Mapping):
            raise LogUnreadable(problem="not_a_record", field=where)
        if unknown := sorted(set(stored) - set(readers)):
            raise LogUnreadable(problem="unknown_field", field=f"{where}.{unknown[0]}")
        if missing := sorted(required - set(stored)):
            raise LogUnreadable(problem="missing_field", field=f"{where}.{missing[0]}")
        return kind(**{name: readers[name](value, f"{where}.{name}") for name, value in stored.items()})

    return read


def _reader(hint: Any) -> Reader:
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return _tuple_reader(inside)
    if origin in _UNIONS:
        return _union_reader(inside)
    if hint is datetime:
        return _read_time
    if hint is timedelta:
        return _read_length
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _enum_reader(hint)
    if hint in _SEGMENT_NAMES:
        return _read_segment
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        # Looked up when read, so that nothing is built before it is needed.
        return lambda stored, where: _record_reader(hint)(stored, where)
    return _plain_reader(hint)


def _plain(hint: Any) -> Any:
    """The type whose values stand in JSON as they are, if the field is of one (or of one and None)."""
    inside = set(typing.get_args(hint)) - {type(None)} if typing.get_origin(hint) in _UNIONS else {hint}
    return next(iter(inside & _PLAIN), None) if len(inside) == 1 else None


def _tuple_reader(inside: tuple[Any, ...]) -> Reader:
    items = [_reader(hint) for hint in inside if hint is not Ellipsis]
    endless = Ellipsis in inside

    def read(stored: Any, where: str) -> Any:
        if not isinstance(stored, (list, tuple)) or (not endless and len(stored) != len(items)):
            raise LogUnreadable(problem="not_a_list", field=where)
        if endless:
            reader = items[0]
            return tuple([reader(value, where) for value in stored])
        return tuple([reader(value, where) for reader, value in zip(items, stored, strict=True)])

    return read


def _union_reader(inside: tuple[Any, ...]) -> Reader:
    """Either a value or None, or one of the segments."""
    others = [hint for hint in inside if hint is not type(None)]
    reader = _reader(others[0])

    def read(stored: Any, where: str) -> Any:
        if stored is None and type(None) in inside:
            return None
        return reader(stored, where)

    return read


def _enum_reader(kind: type[StrEnum]) -> Reader:
    members = {member.value: member for member in kind}

    def read(stored: Any, where: str) -> Any:
        member = members.get(stored) if type(stored) is str else None
        if member is None:
            raise LogUnreadable(problem="unknown_value", field=where, value=stored)
        return member

    return read


def _plain_reader(kind: type[Any]) -> Reader:
    def read(stored: Any, where: str) -> Any:
        # bool is an int to Python, but a log that has one for the other was not written by us.
        if type(stored) is not kind:
            raise LogUnreadable(problem="wrong_kind", field=where, value=stored)
        return stored

    return read


def _read_segment(stored: Any, where: str) -> Any:
    if not isinstance(stored, Mapping):
        raise LogUnreadable(problem="not_a_record", field=where)
    body = dict(stored)
    name = body.pop("segment", None)
    kind = _SEGMENTS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise LogUnreadable(problem="unknown_value", field=f"{where}.segment", value=name)
    return _record_reader(kind)(body, where)


def _read_time(stored: Any, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(stored)
    except (TypeError, ValueError):
        raise LogUnreadable(problem="not_a_time", field=where, value=stored) from None
    if moment.tzinfo is None:
        raise LogUnreadable(problem="not_a_time", field=where, value=stored)
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def _read_length(stored: Any, where: str) -> timedelta:
    if type(stored) is not int:
        raise LogUnreadable(problem="wrong_kind", field=where, value=stored)
    return timedelta(microseconds=stored)
