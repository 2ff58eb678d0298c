"""What a preset's segment says about the questions that it draws: ``draw`` for all of them, ``mix`` for shares.

```toml
draw = { categories = ["公文"], tags = ["必考"], kinds = ["single"], difficulty = [1, 3] }
mix = [ { questions = 3, difficulty = [1, 2] }, { questions = 7, difficulty = [3, 5] } ]
```
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quizzes.bank.items import Kind
from quizzes.draws import ANY, EASIEST, HARDEST, Wanted
from quizzes.engine.frozen import dataclass

Wrong = Callable[[str, str, object], None]
"""Called with the key, the problem and the value of each mistake (see ``presets.Mistake``)."""
_KEYS = frozenset({"categories", "tags", "kinds", "difficulty"})
_KINDS = frozenset(kind.value for kind in Kind)


@dataclass(frozen=True, slots=True)
class SegmentDraw:
    """Which questions a segment draws. ``mix``: so many of this, so many of that; empty: all alike."""

    wanted: Wanted = ANY
    mix: tuple[tuple[int, Wanted], ...] = ()

    def places(self, count: int) -> tuple[Wanted, ...]:
        """What each of ``count`` questions has to be, in their order; the mix keeps its proportions."""
        if not self.mix:
            return (self.wanted,) * count
        whole = sum(share for share, _ in self.mix)
        shares = [count * share // whole for share, _ in self.mix]
        # What is left over by rounding goes to whoever lost most by it.
        lost = sorted(range(len(shares)), key=lambda at: count * self.mix[at][0] % whole, reverse=True)
        for at in lost[: count - sum(shares)]:
            shares[at] += 1
        return tuple(want for number, (_, want) in zip(shares, self.mix, strict=True) for _ in range(number))


def read_draw(table: dict[str, object], questions: int | None, prefix: str, wrong: Wrong) -> SegmentDraw:
    """Take ``draw`` and ``mix`` out of a segment's table.

    ``questions``: how many the segment asks, which the shares of the mix have to add up to; None: not to be checked.
    """
    drawn = table.pop("draw", {})
    wanted = _wanted(drawn, f"{prefix}draw", _KEYS, wrong)
    lines = table.pop("mix", [])
    if not isinstance(lines, list):
        wrong(f"{prefix}mix", "wrong_type", lines)
        return SegmentDraw(wanted)
    mix = []
    for place, line in enumerate(lines):
        key = f"{prefix}mix[{place}]"
        share = _wanted(line, key, _KEYS | {"questions"}, wrong)
        number = line.get("questions") if isinstance(line, dict) else None
        if type(number) is not int or number < 1:
            wrong(f"{key}.questions", "missing" if number is None else "wrong_type", number)
            continue
        both = wanted.and_(share)
        if both is None:
            wrong(key, "unplayable", "draw")
            continue
        mix.append((number, both))
    if mix and questions is not None and sum(number for number, _ in mix) != questions:
        wrong(f"{prefix}mix", "unplayable", f"{sum(number for number, _ in mix)} ≠ {questions}")
    return SegmentDraw(wanted, tuple(mix))


def _wanted(table: object, key: str, known: frozenset[str], wrong: Wrong) -> Wanted:
    if not isinstance(table, Mapping):
        wrong(key, "wrong_type", table)
        return ANY
    for name in table:
        if name not in known:
            wrong(f"{key}.{name}", "unknown", table[name])
    kinds = _words(table, "kinds", key, wrong)
    for kind in kinds:
        if kind not in _KINDS:
            wrong(f"{key}.kinds", "not_one_of", kind)
    easiest, hardest = _levels(table, key, wrong)
    return Wanted(_words(table, "categories", key, wrong), _words(table, "tags", key, wrong), kinds, easiest, hardest)


def _words(table: Mapping[str, object], name: str, key: str, wrong: Wrong) -> tuple[str, ...]:
    words = table.get(name, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        wrong(f"{key}.{name}", "wrong_type", words)
        return ()
    return tuple(word.strip() for word in words)


def _levels(table: Mapping[str, object], key: str, wrong: Wrong) -> tuple[int, int]:
    written = table.get("difficulty", [EASIEST, HARDEST])
    levels = written if isinstance(written, list) else [written]
    if not 1 <= len(levels) <= 2 or not all(type(level) is int and EASIEST <= level <= HARDEST for level in levels):
        wrong(f"{key}.difficulty", "wrong_type", written)
        return EASIEST, HARDEST
    return min(levels), max(levels)
