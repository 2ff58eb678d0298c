"""How a contest's questions are laid out, and how many of them are asked.

``Setup.questions`` is one block a segment, then the reserve. A block holds as many questions as its segment asks; one
of risk questions with pools holds as many for each stake, the lowest stake first.
"""

from __future__ import annotations

from quizzes.engine.rules import AnySegment, RequiredSegment, RiskSegment, Rules


def drawn(segment: AnySegment) -> int:
    """How many questions the block of a segment holds."""
    if isinstance(segment, RiskSegment) and segment.pools:
        return segment.questions * len(segment.stakes)
    return segment.questions


def block_of(rules: Rules, number: int) -> range:
    """The positions of a segment's questions in ``Setup.questions``."""
    first = sum(drawn(segment) for segment in rules.segments[:number])
    return range(first, first + drawn(rules.segments[number]))


def needed(rules: Rules) -> int:
    """How many questions a contest needs; whatever it is given beyond that is the reserve."""
    return sum(drawn(segment) for segment in rules.segments)


def pool_of(rules: Rules, number: int, stake: int) -> range:
    """The questions of a segment that this stake is for: those of its pool, or all of them."""
    block, segment = block_of(rules, number), rules.segments[number]
    if not isinstance(segment, RiskSegment) or not segment.pools:
        return block
    place = sorted(segment.stakes).index(stake)
    return block[place * segment.questions : (place + 1) * segment.questions]


def wishes(rules: Rules) -> tuple[tuple[AnySegment, int | None], ...]:
    """What is wanted of each question in its place: for which segment, and for which stake if it makes a difference."""
    wanted: list[tuple[AnySegment, int | None]] = []
    for segment in rules.segments:
        if isinstance(segment, RiskSegment) and segment.pools:
            wanted += [(segment, stake) for stake in sorted(segment.stakes) for _ in range(segment.questions)]
        else:
            wanted += [(segment, None)] * segment.questions
    return tuple(wanted)


def fair_counts(rules: Rules, teams: int) -> tuple[int, ...]:
    """How many questions each segment asks if so many teams take part.

    Where teams take turns every one of them gets as many as the others; what does not divide evenly is not asked.
    """
    return tuple(
        segment.questions - segment.questions % teams
        if isinstance(segment, RequiredSegment | RiskSegment)
        else segment.questions
        for segment in rules.segments
    )


def segment_at(counts: tuple[int, ...], slot: int) -> tuple[int, int]:
    """The number of the segment that asks the question in this place (from 0), and the place within it."""
    for number, count in enumerate(counts):
        if slot < count:
            return number, slot
        slot -= count
    return len(counts), slot
