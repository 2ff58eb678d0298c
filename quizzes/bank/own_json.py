"""Question banks as JSON: our own form, which carries everything that an ``Item`` has."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import orjson

from quizzes.bank.collect import Collector
from quizzes.bank.items import Fault, Flaw, Item, Kind, ParsedBank, tidy
from quizzes.bank.words import tags
from quizzes.files import FileBroken, UnknownFormat, decode

JSON = "json"
_MARK = "studyhall-bank"


def read(data: bytes) -> ParsedBank:
    """Read a bank from JSON; lines are the ordinals of the questions, from 1.

    Raises:
        FileError: not JSON, or not a bank of ours.
    """
    text = decode(data)
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise FileBroken(kind=JSON, line=error.lineno) from error
    if not isinstance(document, dict) or document.get("format") != _MARK or document.get("version") != 1:
        raise UnknownFormat
    items = document.get("items")
    if not isinstance(items, list):
        raise UnknownFormat
    collector = Collector(JSON)
    for number, written in enumerate(items, 1):
        if isinstance(written, dict):
            item, found = _item(written)
            collector.take(number, item, found)
        else:
            collector.refuse(number, "text", Fault.SYNTAX, {"found": str(written)[:40]})
    return collector.bank()


def to_json(items: Sequence[Item]) -> bytes:
    """Write the bank so that ``read`` gives the same items; what an item does not have is left out."""
    return orjson.dumps(
        {"format": _MARK, "version": 1, "items": [_fields(item) for item in items]},
        option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
    )


def _fields(item: Item) -> dict[str, object]:
    fields: dict[str, object] = {"kind": item.kind.value, "text": item.text}
    for name in _OPTIONAL:
        value = getattr(item, name)
        if value not in ((), "", None):
            fields[name] = value
    return fields


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return tidy(value)


def _label(value: object) -> str | None:
    return _string(value) or None


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(map(_string, value))


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _indexes(value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or any(_number(index) < 0 for index in value):
        raise TypeError
    return tuple(sorted(set(value)))


def _tags(value: object) -> tuple[str, ...]:
    return tags("\n".join(_strings(value)))


_OPTIONAL: Mapping[str, Callable[[object], object]] = MappingProxyType(
    {
        "options": _strings,
        "answers": _indexes,
        "accepted": _strings,
        "explanation": _string,
        "points": _number,
        "difficulty": _number,
        "category": _label,
        "tags": _tags,
        "media": _label,
    }
)


def _item(written: Mapping[str, object]) -> tuple[Item, list[Flaw]]:
    found: list[Flaw] = []
    values: dict[str, object] = {}
    for name, value in written.items():
        read_value = _string if name in ("kind", "text") else _OPTIONAL.get(name)
        try:
            if read_value is None:
                raise TypeError
            values[name] = read_value(value)
        except TypeError:
            found.append((name[:40], Fault.SYNTAX, {"found": f"{name}: {value}"[:40]}))
    kind = values.pop("kind", "")
    if kind not in tuple(Kind):
        found.append(("kind", Fault.UNKNOWN_KIND, {"kind": str(kind)[:40]}))
        kind = Kind.SINGLE
    values["kind"] = Kind(str(kind))
    values.setdefault("text", "")
    return Item(**values), found  # type: ignore[arg-type]  # each value was made by the reader of its field
