"""Read the parameters of a call as the Bot API's description types them, and refuse what does not fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

from sandbox.errors import ApiError, bad_request
from sandbox.spec import Fields, Spec

_WHOLE_NUMBER = re.compile(r"[+-]?\d{1,19}")
_ARRAY = "Array of "
_OR = " or "
_TRUE = frozenset({"true", "yes", "y", "t", "1"})
_FALSE = frozenset({"false", "no", "n", "f", "0", ""})
_MAY_BE_EMPTY = frozenset({"url"})  # setWebhook takes an empty address for "none"
# What Telegram says in its own words when one of these is missing.
_MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
}


class Mismatch(Exception):
    """A value is not of the type that the description asks for."""

    def __init__(self, text: str, depth: int) -> None:
        super().__init__(text)
        self.depth = depth


def read(spec: Spec, method: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of one call, each in its own type.

    Form values are text; numbers, flags and JSON objects are read from it as the Bot API does. An empty text counts
    as not given.

    Raises:
        ApiError: 400 for an unknown or missing parameter or one of another type.
    """
    fields = spec.methods[method]
    for name in raw:
        if name not in fields:
            raise bad_request(f'unknown parameter "{name}" of {method}')
    given = {name: value for name, value in raw.items() if value is not None and (value != "" or name in _MAY_BE_EMPTY)}
    for field in fields.values():
        if field.required and field.name not in given:
            raise missing(field.name)
    return {name: _typed(spec, name, fields[name].types, value) for name, value in given.items()}


def missing(name: str) -> ApiError:
    """The refusal of a call that lacks a parameter."""
    return bad_request(_MISSING.get(name, f'parameter "{name}" is required'))


def check(spec: Spec, types: tuple[str, ...], value: Any) -> Any:
    """``value`` read as one of ``types``.

    Raises:
        Mismatch: it fits none of them.
    """
    return _fit(spec, types, value, 0)


def _typed(spec: Spec, name: str, types: tuple[str, ...], value: Any) -> Any:
    try:
        return _fit(spec, types, value, 0)
    except Mismatch as mismatch:
        raise bad_request(f"can't parse {name}: {mismatch}") from None


def _fit(spec: Spec, types: tuple[str, ...], value: Any, depth: int) -> Any:
    deepest: Mismatch | None = None
    for kind in _candidates(spec, types, value, depth):
        try:
            return _as(spec, kind, value, depth)
        except Mismatch as mismatch:
            # The type that fitted furthest is the one that was meant.
            if deepest is None or mismatch.depth > deepest.depth:
                deepest = mismatch
    assert deepest is not None
    raise deepest


def _as(spec: Spec, kind: str, value: Any, depth: int) -> Any:
    match kind:
        case "String" | "InputFile":
            return _text(value, depth)
        case "Integer":
            return _integer(value, depth)
        case "Float":
            return _number(value, depth)
        case "Boolean" | "True":
            return _flag(value, depth)
    if kind.startswith(_ARRAY):
        inner = tuple(kind.removeprefix(_ARRAY).split(_OR))
        items = _json(value, list, "an array", depth)
        return [_fit(spec, inner, item, depth + 1) for item in items]
    if kind in spec.unions:
        return _fit(spec, spec.unions[kind], _json(value, dict, "an object", depth), depth)
    return _object(kind, spec.objects.get(kind, {}), _json(value, dict, "an object", depth), spec, depth)


def _candidates(spec: Spec, types: tuple[str, ...], value: Any, depth: int) -> tuple[str, ...]:
    """The types that ``value`` may be meant as.

    Arrays of several types are one array of any of them. Objects that say their ``type`` are told apart by it: the
    description does not list the words, but each is the end of its type's name (``photo``, ``InputMediaPhoto``).
    """
    arrays = [kind.removeprefix(_ARRAY) for kind in types if kind.startswith(_ARRAY)]
    if len(arrays) > 1:
        return (*(kind for kind in types if not kind.startswith(_ARRAY)), _ARRAY + _OR.join(arrays))
    if len(types) == 1 or not isinstance(value, dict) or not isinstance(said := value.get("type"), str):
        return types
    end = said.replace("_", "").lower()
    typed = [kind for kind in types if "type" in spec.objects.get(kind, {})]
    named = [kind for kind in typed if kind.lower().endswith(end)]
    if typed and not named:
        raise Mismatch(f'unknown type "{said}"', depth)
    return (min(named, key=len),) if named else types


def _object(kind: str, fields: Fields, value: dict[str, Any], spec: Spec, depth: int) -> dict[str, Any]:
    for name in value:
        if name not in fields:
            raise Mismatch(f'unknown field "{name}" of {kind}', depth + 1)
    for field in fields.values():
        if field.required and value.get(field.name) is None:
            raise Mismatch(f'field "{field.name}" of {kind} is missing', depth + 2)
    return {name: _fit(spec, fields[name].types, item, depth + 3) for name, item in value.items() if item is not None}


def _json(value: Any, wanted: type, words: str, depth: int) -> Any:
    if isinstance(value, str):
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError:
            raise Mismatch("it is not JSON", depth) from None
    if not isinstance(value, wanted):
        raise Mismatch(f"expected {words}", depth)
    return value


def _text(value: Any, depth: int) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and depth == 0:
        return str(value)
    raise Mismatch("expected a string", depth)


def _integer(value: Any, depth: int) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value):
        return int(value)
    raise Mismatch("expected an integer", depth)


def _number(value: Any, depth: int) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            raise Mismatch("expected a number", depth) from None
    raise Mismatch("expected a number", depth)


def _flag(value: Any, depth: int) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise Mismatch("expected true or false", depth)
