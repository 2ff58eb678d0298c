"""Which questions of a bank a contest asks: those that were wanted, chance among them, and none twice in a season.

Every place of a contest wants a question of some kind, category or difficulty. Wants overlap (three easy ones, five
about fire safety), so places and questions are matched rather than filled one after another: if the bank can serve all
of them at once, it does. Questions that were asked before are taken only where the bank has no other, the one asked
longest ago first.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping, Sequence

from quizzes.engine.frozen import dataclass

EASIEST, HARDEST = 1, 5
SPOKEN = "oral"
_Common = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question has to be; what is empty is not asked about.

    ``categories``: one of them, or one below it (``公文`` takes ``公文/格式``). ``tags``: at least one of them.
    ``kinds``: one of them; questions that are answered aloud come only where they are named. ``stake``: all stakes of a segment, and the one that the question is for. A question whose difficulty nobody has named fits only where any would do.
    """

    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    easiest: int = EASIEST
    hardest: int = HARDEST
    stake: tuple[tuple[int, ...], int] | None = None

    def fits(self, question: Candidate) -> bool:
        """Whether a question is one of those that are meant."""
        if question.kind not in self.kinds and (self.kinds or question.kind == SPOKEN):
            return False
        if self.stake is not None and stake_of(question, self.stake[0]) != self.stake[1]:
            return False
        any_difficulty = self.easiest <= EASIEST and self.hardest >= HARDEST
        if not any_difficulty and not (question.difficulty and self.easiest <= question.difficulty <= self.hardest):
            return False
        if self.tags and not {tag.casefold() for tag in self.tags} & {tag.casefold() for tag in question.tags}:
            return False
        return not self.categories or any(_lies_in(question.category, wanted) for wanted in self.categories)

    def and_(self, other: Wanted) -> Wanted | None:
        """What both want; None if nothing can be both."""
        easiest, hardest = max(self.easiest, other.easiest), min(self.hardest, other.hardest)
        categories = _both(self.categories, other.categories, _narrower)
        tags = _both(self.tags, other.tags, _same)
        kinds = _both(self.kinds, other.kinds, _same)
        if easiest > hardest or categories is None or tags is None or kinds is None:
            return None
        return Wanted(categories, tags, kinds, easiest, hardest, self.stake or other.stake)


ANY = Wanted()
"""Any question will do."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that could be drawn; ``difficulty`` from 1 to 5."""

    id: int
    kind: str
    category: str = ""
    difficulty: int | None = None
    tags: tuple[str, ...] = ()
    points: int | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """The questions by their ids: one for each place, then the reserve. ``repeats``: how many of the places' were asked before."""

    places: tuple[int, ...]
    reserve: tuple[int, ...]
    repeats: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """The bank cannot serve all places: ``wanted`` is what too few questions fit, ``given`` how many do, of ``needed``."""

    wanted: Wanted
    given: int
    needed: int


def stake_of(question: Candidate, stakes: Sequence[int]) -> int | None:
    """The stake that a question is for: as much as it is worth in the bank, else by how difficult it is; None: no one can say.

    Difficulties are shared out evenly: of three stakes the lowest has 1 and 2, the middle one 3 and 4, the highest 5.
    """
    stakes = sorted(stakes)
    if question.points in stakes:
        return question.points
    if question.difficulty is None:
        return None
    return stakes[(question.difficulty - 1) * len(stakes) // HARDEST]


def draw(
    questions: Sequence[Candidate],
    places: Sequence[Wanted],
    spare: int,
    asked: Mapping[int, int],
    dice: random.Random,
) -> Drawn | Shortage:
    """Draw a question for each place, and up to ``spare`` more that fit some place, for the reserve.

    ``asked`` says when a question was asked last (any number that grows); questions that it does not name are fresh.
    """
    shuffled = dice.sample(questions, len(questions))
    fresh = [question for question in shuffled if question.id not in asked]
    stale = sorted((question for question in shuffled if question.id in asked), key=lambda one: asked[one.id])
    matching = _Matching(places, fresh, stale)
    for place in range(len(places)):
        if not matching.serve(place, fresh_only=True):
            matching.unserved.append(place)
    for place in matching.unserved:
        if not matching.serve(place, fresh_only=False):
            return _shortage(questions, places, places[place])
    taken = {matching.of[place].id for place in range(len(places))}
    wants = set(places)
    rest = [one for one in (*fresh, *stale) if one.id not in taken and any(want.fits(one) for want in wants)]
    drawn = tuple(matching.of[place].id for place in range(len(places)))
    return Drawn(drawn, tuple(one.id for one in rest[:spare]), sum(id_ in asked for id_ in drawn))


class _Matching:
    """Places and questions, each place with at most one question and the other way round (Kuhn's augmenting paths).

    A place that was served stays served and a question that is in use stays in use, so serving all that can be served
    by fresh questions first makes the number of repeats the least there can be.
    """

    def __init__(self, places: Sequence[Wanted], fresh: Sequence[Candidate], stale: Sequence[Candidate]) -> None:
        # More than there are places no want can ever need: whoever has so many is served whatever the others take.
        most = len(places)
        fitting = {want: (_first(fresh, want, most), _first(stale, want, most)) for want in dict.fromkeys(places)}
        self._fitting = [fitting[want] for want in places]
        self._taken: dict[int, int] = {}
        self.of: dict[int, Candidate] = {}
        self.unserved: list[int] = []

    def serve(self, place: int, *, fresh_only: bool) -> bool:
        """Find a question for a place, moving others to other questions if need be."""
        seen: set[int] = set()
        path: list[tuple[int, Candidate]] = []
        return self._look(place, fresh_only, seen, path)

    def _look(self, start: int, fresh_only: bool, seen: set[int], path: list[tuple[int, Candidate]]) -> bool:
        """A search of its own stack: 200 places that push each other on would be too deep for recursion."""
        stack = [(start, iter(self._options(start, fresh_only)))]
        while stack:
            place, options = stack[-1]
            found = next((one for one in options if one.id not in seen), None)
            if found is None:
                stack.pop()
                if path:
                    path.pop()
                continue
            seen.add(found.id)
            path.append((place, found))
            holder = self._taken.get(found.id)
            if holder is None:
                for moved, question in path:
                    self.of[moved] = question
                    self._taken[question.id] = moved
                return True
            stack.append((holder, iter(self._options(holder, fresh_only))))
        return False

    def _options(self, place: int, fresh_only: bool) -> tuple[Candidate, ...]:
        fresh, stale = self._fitting[place]
        return fresh if fresh_only else (*fresh, *stale)


def _first(questions: Sequence[Candidate], want: Wanted, most: int) -> tuple[Candidate, ...]:
    found = []
    for question in questions:
        if want.fits(question):
            found.append(question)
            if len(found) == most:
                break
    return tuple(found)


def _shortage(questions: Collection[Candidate], places: Sequence[Wanted], failed: Wanted) -> Shortage:
    given = sum(failed.fits(question) for question in questions)
    needed = sum(place == failed for place in places)
    if given >= needed:
        # Each want alone could be served, all together cannot: say it of the whole.
        return Shortage(ANY, sum(any(want.fits(one) for want in set(places)) for one in questions), len(places))
    return Shortage(failed, given, needed)


def _lies_in(category: str, wanted: str) -> bool:
    category, wanted = category.casefold(), wanted.casefold()
    return category == wanted or category.startswith(f"{wanted}/")


def _both(ours: tuple[str, ...], theirs: tuple[str, ...], common: _Common) -> tuple[str, ...] | None:
    if not ours or not theirs:
        return ours or theirs
    found = (common(one, other) for one in ours for other in theirs)
    return tuple(dict.fromkeys(word for word in found if word is not None)) or None


def _narrower(one: str, other: str) -> str | None:
    if _lies_in(one, other):
        return one
    return other if _lies_in(other, one) else None


def _same(one: str, other: str) -> str | None:
    return one if one.casefold() == other.casefold() else None
