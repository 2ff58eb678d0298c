"""Names that somebody may have meant."""

import difflib
from collections.abc import Sequence

from quizzes.engine.han import heard
from storage.people import Unit

_CUTOFF = 0.5


def near_units(wanted: str, units: Sequence[Unit], *, limit: int = 5) -> tuple[Unit, ...]:
    """The units whose name or path is most like what was written, the likest first."""
    text = heard(wanted)
    last = text.rpartition("/")[2]

    def likeness(unit: Unit) -> float:
        name, path = heard(unit.name), heard(unit.path)
        inside = 0.7 if last and (last in name or name in last) else 0.0
        return max(inside, _ratio(last, name), _ratio(text, path))

    scored = sorted(((likeness(unit), unit) for unit in units), key=lambda pair: -pair[0])
    return tuple(unit for score, unit in scored[:limit] if score >= _CUTOFF)


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()
