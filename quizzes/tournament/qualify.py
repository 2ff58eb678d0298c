"""Who goes on from a round, and who ends where in the final."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from quizzes.engine.frozen import dataclass
from quizzes.tournament.events import Advance, Place, Way
from quizzes.tournament.lots import lot
from quizzes.tournament.plan import Stage
from quizzes.tournament.results import EntrantId, Source, Strength, strengths
from quizzes.tournament.state import Bout, Entrant, Round, Tournament


@dataclass(frozen=True, slots=True)
class _Candidate:
    entrant: Entrant
    bout: int
    place: int
    strength: Strength
    lot: str

    @property
    def order(self) -> tuple[tuple[bool, object, int], str]:
        """Sorts the best first: strength downwards, then the lot."""
        scored, measure, right = self.strength
        return (not scored, -measure, -right), self.lot


def qualify(tournament: Tournament, round_: Round, seed: str) -> tuple[Advance, ...]:
    """Who goes on from a round whose bouts are all decided: by bout and place, then the best losers."""
    stage = tournament.plan.stages[round_.stage]
    bouts = [tournament.bouts[number] for number in round_.bouts]
    ranked = _ranked(tournament, bouts, seed)
    through = _placed(stage, ranked)
    losers = _best_losers(stage, ranked, through)
    lots = _by_lot(through, stage.most) | _by_lot(losers[1], stage.best_losers)
    chosen = through if stage.most is None else _best(through)[: stage.most]
    chosen = sorted(chosen, key=lambda one: (one.bout, one.place))
    room = max(0, stage.most - len(chosen)) if stage.most is not None else len(losers[0])
    advanced = [_advance(tournament, one, lots, Way.PLACE) for one in chosen]
    return (*advanced, *(_advance(tournament, one, lots, Way.BEST_LOSER) for one in losers[0][:room]))


def _ranked(tournament: Tournament, bouts: Iterable[Bout], seed: str) -> dict[int, list[_Candidate]]:
    """Each bout's teams that may go on, best first; equal ranks in the order of their lots."""
    bouts = tuple(bouts)
    strong = strengths(bout.result for bout in bouts if bout.result is not None)
    ranked: dict[int, list[_Candidate]] = {}
    for bout in bouts:
        lines = () if bout.result is None else bout.result.lines
        # Somebody who did not come to play does not go on; a bye or a walk-over has a rank without a score.
        played = bout.result is not None and bout.result.source in (Source.CONTEST, Source.HAND)
        there = [
            line for line in lines if line.entrant not in tournament.withdrawn and not (played and line.score is None)
        ]
        order = sorted(there, key=lambda line: (line.rank, lot(seed, _lot_name(tournament, line.entrant))))
        ranked[bout.number] = [
            _Candidate(
                tournament.entrants[line.entrant],
                bout.number,
                place,
                strong[line.entrant],
                lot(seed, _lot_name(tournament, line.entrant)),
            )
            for place, line in enumerate(order, start=1)
        ]
    return ranked


def _lot_name(tournament: Tournament, entrant: EntrantId) -> str:
    return f"lot {tournament.entrants[entrant].name}"


def _placed(stage: Stage, ranked: Mapping[int, Sequence[_Candidate]]) -> list[_Candidate]:
    """The first of each bout. With one a unit, the best of a unit stays and the next of the bout moves up."""
    barred: set[EntrantId] = set()
    while True:
        through = [
            one
            for candidates in ranked.values()
            for one in [one for one in candidates if one.entrant.id not in barred][: stage.top]
        ]
        units: defaultdict[str, list[_Candidate]] = defaultdict(list)
        for one in through:
            units[one.entrant.unit.casefold()].append(one)
        too_many = (
            [one for unit in units.values() for one in _best(unit, own_bout=True)[1:]] if stage.one_a_unit else []
        )
        if not too_many:
            return through
        barred |= {one.entrant.id for one in too_many}


def _best_losers(
    stage: Stage, ranked: Mapping[int, Sequence[_Candidate]], through: Sequence[_Candidate]
) -> tuple[list[_Candidate], list[_Candidate]]:
    """The best of the rest, and all of the rest in order."""
    ids = {one.entrant.id for one in through}
    units = {one.entrant.unit.casefold() for one in through} if stage.one_a_unit else set()
    rest = _best(one for candidates in ranked.values() for one in candidates if one.entrant.id not in ids)
    found: list[_Candidate] = []
    for one in rest:
        unit = one.entrant.unit.casefold()
        if stage.one_a_unit and unit in units:
            continue
        units.add(unit)
        found.append(one)
    return found[: stage.best_losers], found


def _best(candidates: Iterable[_Candidate], *, own_bout: bool = False) -> list[_Candidate]:
    """The best first; ``own_bout``: among teams of one bout, their places there count."""
    found = sorted(candidates, key=lambda one: one.order)
    if own_bout and len({one.bout for one in found}) == 1:
        found.sort(key=lambda one: one.place)
    return found


def _by_lot(candidates: Sequence[_Candidate], cut: int | None) -> set[EntrantId]:
    """Those among whom a lot decided who is on which side of the cut."""
    ordered = _best(candidates)
    if cut is None or not 0 < cut < len(ordered) or ordered[cut - 1].order[0] != ordered[cut].order[0]:
        return set()
    return {one.entrant.id for one in ordered if one.order[0] == ordered[cut].order[0]}


def _advance(tournament: Tournament, one: _Candidate, lots: set[EntrantId], way: Way) -> Advance:
    result = tournament.bouts[one.bout].result
    source = result.source if result is not None else Source.CONTEST
    way = {Source.BYE: Way.BYE, Source.WALK_OVER: Way.WALK_OVER}.get(source, way)
    return Advance(one.entrant.id, one.bout, one.place, way, by_lot=one.entrant.id in lots)


def final_places(tournament: Tournament, round_: Round) -> tuple[Place, ...]:
    """The places in the final, shared where they are; whoever withdrew has none."""
    result = tournament.bouts[round_.bouts[0]].result
    lines = () if result is None else result.lines
    there = [line for line in lines if line.entrant not in tournament.withdrawn]
    return tuple(
        Place(line.entrant, 1 + sum(other.rank < line.rank for other in there))
        for line in sorted(there, key=lambda line: line.rank)
    )
