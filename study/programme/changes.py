"""What is different between two programmes, by part: rules, quotas, series … added, removed or changed."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from quizzes.engine.frozen import dataclass
from study.programme.whole import PARTS, Programme
from study.programme.words import Part, Title


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``key`` is where (``rules: on_time`` for a table with a key, else ``ranks.visible``).

    ``title`` is what the table is called, if it has a title; ``before`` and ``after`` are plain values, if it is one.
    """

    part: str
    kind: Literal["added", "removed", "changed"]
    key: str
    title: Title | None = None
    before: object = None
    after: object = None


def changes(before: Programme, after: Programme) -> tuple[Change, ...]:
    """Everything that is different, in the order of the parts."""
    return tuple(change for part in PARTS for change in _between(part, "", getattr(before, part), getattr(after, part)))


def _between(part: str, where: str, old: Part, new: Part) -> Iterator[Change]:
    for name in type(new).model_fields:
        was, now = getattr(old, name), getattr(new, name)
        place = f"{where}{name}"
        if was == now:
            continue
        tables = _tables(was), _tables(now)
        if tables[0] is not None and tables[1] is not None and (was or now):
            yield from _among(part, place, tables[0], tables[1])
        elif isinstance(was, Part) and isinstance(now, Part) and type(was) is type(now):
            yield from _between(part, f"{place}.", was, now)
        else:
            yield Change(part, "changed", place, before=_plain(was), after=_plain(now))


def _among(part: str, place: str, old: Mapping[str, Part], new: Mapping[str, Part]) -> Iterator[Change]:
    for key, table in old.items():
        if key not in new:
            yield Change(part, "removed", f"{place}: {key}", _title(table))
    for key, table in new.items():
        if key not in old:
            yield Change(part, "added", f"{place}: {key}", _title(table))
        elif table != old[key]:
            yield Change(part, "changed", f"{place}: {key}", _title(table))


def _tables(value: object) -> Mapping[str, Part] | None:
    """Tables by their keys, or ``None`` if it is no list of such."""
    if not isinstance(value, tuple) or not all(isinstance(one, Part) and hasattr(one, "key") for one in value):
        return None
    return {one.key: one for one in value}


def _title(table: Part) -> Title | None:
    title: Any = getattr(table, "title", None)
    return title if isinstance(title, Title) else None


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | Title) else None if value is None else str(value)
