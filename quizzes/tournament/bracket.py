"""The bracket: a tournament as rounds, bouts and teams, for a text, a picture and a screen. Pure, and without a secret."""

from __future__ import annotations

from quizzes.engine.frozen import dataclass
from quizzes.tournament.events import Advance, Way
from quizzes.tournament.results import EntrantId, Source
from quizzes.tournament.state import Bout, BoutState, Round, Tournament


@dataclass(frozen=True, slots=True)
class Slot:
    """A team in a bout. ``rank`` and ``score`` are None until the bout is decided (the score also without a game)."""

    name: str
    unit: str
    rank: int | None = None
    score: int | None = None
    way: Way | None = None
    """By what right it goes on; None: it does not, or nobody knows yet."""
    by_lot: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class BoutBox:
    """A bout: its teams in the order of the draw, once it is decided the best first."""

    number: int
    state: BoutState
    slots: tuple[Slot, ...]
    source: Source | None = None
    contest: str | None = None
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class RoundColumn:
    """A round. ``titles``: (language, words) of its stage; ``turn``: which time a repeated stage is played, from 1."""

    number: int
    titles: tuple[tuple[str, str], ...]
    turn: int
    turns: bool
    seed: str
    bouts: tuple[BoutBox, ...]
    over: bool
    final: bool


@dataclass(frozen=True, slots=True)
class Podium:
    """A place in the end."""

    place: int
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Bracket:
    """The whole. ``entrants``: everybody, (team, unit), those who withdrew too; ``to_come``: stages not yet drawn."""

    title: str
    entrants: tuple[tuple[str, str], ...]
    rounds: tuple[RoundColumn, ...]
    to_come: tuple[tuple[tuple[str, str], ...], ...]
    podium: tuple[Podium, ...]
    called_off: bool


def bracket(tournament: Tournament) -> Bracket:
    """The bracket as it stands."""
    current = tournament.current
    drawn = -1 if current is None else current.stage
    return Bracket(
        title=tournament.title,
        entrants=tuple((one.name, one.unit) for one in tournament.entrants.values()),
        rounds=tuple(_column(tournament, round_) for round_ in tournament.rounds),
        to_come=tuple(stage.titles for stage in tournament.plan.stages[drawn + 1 :]),
        podium=tuple(
            Podium(place.place, tournament.entrants[place.entrant].name, tournament.entrants[place.entrant].unit)
            for place in tournament.places
        ),
        called_off=tournament.called_off is not None,
    )


def _column(tournament: Tournament, round_: Round) -> RoundColumn:
    stage = tournament.plan.stages[round_.stage]
    advanced = {one.entrant: one for one in round_.advanced or ()}
    same = [other.number for other in tournament.rounds if other.stage == round_.stage]
    return RoundColumn(
        number=round_.number,
        titles=stage.titles,
        turn=same.index(round_.number) + 1,
        turns=stage.repeat,
        seed=round_.seed,
        bouts=tuple(_box(tournament, tournament.bouts[id_], advanced) for id_ in round_.bouts),
        over=round_.advanced is not None or (tournament.is_last(round_) and bool(tournament.places)),
        final=tournament.is_last(round_),
    )


def _box(tournament: Tournament, bout: Bout, advanced: dict[EntrantId, Advance]) -> BoutBox:
    result = bout.result
    order = bout.entrants if result is None else tuple(line.entrant for line in result.lines)
    slots = []
    for id_ in order:
        entrant, line, on = tournament.entrants[id_], result and result.line(id_), advanced.get(id_)
        slots.append(
            Slot(
                name=entrant.name,
                unit=entrant.unit,
                rank=line.rank if line else None,
                score=line.score if line else None,
                way=on.way if on else None,
                by_lot=bool(on and on.by_lot) or bool(result and result.seed),
                withdrawn=id_ in tournament.withdrawn,
            )
        )
    return BoutBox(
        number=bout.number,
        state=bout.state,
        slots=tuple(slots),
        source=result.source if result else None,
        contest=bout.contest,
        flagged=bout.flagged is not None,
    )
