"""Rounds: they are drawn, and end with who goes on, which leads to the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from quizzes.tournament import events as e
from quizzes.tournament.draw import pair
from quizzes.tournament.evolve import evolve
from quizzes.tournament.qualify import final_places, qualify
from quizzes.tournament.results import Line, Result, Source
from quizzes.tournament.state import Bout, BoutState, Round, Tournament


def draw(
    tournament: Tournament, number: int, stage: int, seed: str, by: int | None, now: datetime, reason: str = ""
) -> tuple[e.Event, ...]:
    """The draw of a round among those who got this far, the bouts that need no playing, and what follows from that."""
    drawn = _drawn(tournament, number, stage, seed, by, now, reason)
    events: list[e.Event] = [drawn]
    tournament = evolve(tournament, drawn)
    for decided in without_play(tournament, number, now):
        events.append(decided)
        tournament = evolve(tournament, decided)
    return *events, *closed(tournament, number, seed, now)


def _drawn(
    tournament: Tournament, number: int, stage: int, seed: str, by: int | None, now: datetime, reason: str
) -> e.Drawn:
    before: dict[int, int] = {}
    entrants = list(tournament.entrants.values())
    if number:
        before = {one.entrant: one.bout for one in tournament.rounds[number - 1].advanced or ()}
        entrants = [tournament.entrants[id_] for id_ in before]
    playing = [one for one in entrants if one.id not in tournament.withdrawn]
    first = 1 + sum(len(round_.bouts) for round_ in tournament.rounds[:number])
    pairings = pair(tournament.plan.stages[stage], playing, first=first, seed=seed, before=before)
    return e.Drawn(now, number, stage, pairings, seed, by, reason)


def without_play(tournament: Tournament, number: int, now: datetime) -> Iterator[e.BoutDecided]:
    """The bouts of a round that have at most one team: a bye if it was drawn so, else a walk-over."""
    for id_ in tournament.rounds[number].bouts:
        bout = tournament.bouts[id_]
        there = tournament.playing(bout)
        if bout.state is BoutState.WAITING and len(there) <= 1:
            yield e.BoutDecided(now, id_, _unplayed(bout, there), tied=False)


def _unplayed(bout: Bout, there: tuple[int, ...]) -> Result:
    source = Source.BYE if len(bout.entrants) == 1 else Source.WALK_OVER
    absent = [entrant for entrant in bout.entrants if entrant not in there]
    lines = [Line(entrant, 1, None) for entrant in there]
    return Result(source, (*lines, *(Line(entrant, len(there) + 1, None) for entrant in absent)))


def is_settled(tournament: Tournament, round_: Round) -> bool:
    """Whether every bout of a round is decided."""
    return all(tournament.bouts[id_].state is BoutState.DECIDED for id_ in round_.bouts)


def closed(tournament: Tournament, number: int, seed: str, now: datetime) -> tuple[e.Event, ...]:
    """What follows once all bouts of a round are decided: who goes on, or the end; nothing if that is known already."""
    round_ = tournament.rounds[number]
    if not is_settled(tournament, round_):
        return ()
    if tournament.is_last(round_):
        places = final_places(tournament, round_)
        return () if places == tournament.places else (e.Finished(now, places),)
    # Lots drawn once stay drawn: a changed result is weighed with the seed of the first time.
    used = round_.lots or seed
    advanced = qualify(tournament, round_, used)
    if advanced == round_.advanced:
        return ()
    ended = e.RoundEnded(now, number, advanced, used)
    return ended, *_next(evolve(tournament, ended), seed, now)


def _next(tournament: Tournament, seed: str, now: datetime) -> tuple[e.Event, ...]:
    """A round of one bout leaves nothing to choose, so it is drawn at once."""
    to_draw = tournament.to_draw
    if to_draw is None:
        return ()
    events = draw(tournament, *to_draw, seed, None, now)
    return events if isinstance(events[0], e.Drawn) and len(events[0].pairings) == 1 else ()
