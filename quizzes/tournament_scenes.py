"""From the state of a tournament to the views that show it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, cast

from quizzes.tournament import events as e
from quizzes.tournament.bracket import bracket
from quizzes.tournament.results import Result
from quizzes.tournament.state import Bout, BoutState, Tournament
from quizzes.tournament_views import BoutAlert, BoutNews, StageLine, TournamentCard, TournamentNews


def card(tournament_id: int, tournament: Tournament, preset: Mapping[str, str], *, open_here: bool) -> TournamentCard:
    """The tournament as it stands."""
    return TournamentCard(
        tournament_id=tournament_id,
        preset=dict(preset),
        bank=tournament.bank,
        state=state_of(tournament),
        stages=stage_lines(tournament),
        bracket=bracket(tournament),
        to_draw=to_draw(tournament),
        waiting=in_state(tournament, BoutState.WAITING),
        tied=in_state(tournament, BoutState.TIED),
        open_here=open_here,
    )


State = Literal["entering", "running", "finished", "called_off"]


def state_of(tournament: Tournament) -> State:
    """How far it has come, in a word of ``storage.tournaments.TournamentState``."""
    if tournament.called_off is not None:
        return "called_off"
    if tournament.places:
        return "finished"
    return "running" if tournament.rounds else "entering"


def stage_lines(tournament: Tournament) -> tuple[StageLine, ...]:
    """The rules of every stage."""
    stages = tournament.plan.stages
    return tuple(
        StageLine(
            title=dict(stage.titles),
            drawing=stage.drawing.value,
            teams=stage.teams,
            bouts=stage.bouts,
            top=stage.top,
            one_a_unit=stage.one_a_unit,
            best_losers=stage.best_losers,
            most=stage.most,
            repeat=stage.repeat,
            final=number == len(stages) - 1,
            medals=stage.medals,
        )
        for number, stage in enumerate(stages)
    )


def to_draw(tournament: Tournament) -> dict[str, str] | None:
    """The stage that can be drawn now, by language."""
    next_ = tournament.to_draw
    if next_ is None or (next_[0] == 0 and len(tournament.entrants) < 2):
        return None
    return dict(tournament.plan.stages[next_[1]].titles)


def in_state(tournament: Tournament, state: BoutState) -> tuple[int, ...]:
    """The bouts in a state, as far as they can still be played."""
    if tournament.is_over:
        return ()
    return tuple(bout.number for bout in tournament.bouts.values() if bout.state is state)


def news(
    tournament_id: int, before: Tournament, after: Tournament, event: e.Event, *, at: int
) -> TournamentNews | None:
    """What everybody hears of an event; ``after`` is the tournament after all that happened at once."""
    what: str
    round_ = len(after.rounds) - 1
    seed = name = reason = ""
    match event:
        case e.Drawn() if event.by is not None:
            what = "redrawn" if event.reason else "drawn"
            round_, seed, reason = event.round, event.seed, event.reason
        case e.RoundEnded():
            # A round that has ended before keeps the seed of its lots, also while a tie holds it up.
            known = event.round < len(before.rounds) and before.rounds[event.round].lots
            what = "changed" if known else "ended"
            round_ = event.round
            seed = event.seed if any(one.by_lot for one in event.advanced) else ""
        case e.Finished():
            what = "finished_anew" if before.places else "finished"
        case e.Withdrawn():
            what, name, reason, at = "withdrawn", after.entrants[event.entrant].name, event.reason, 0
        case e.CalledOff():
            what, reason, at = "called_off", event.reason, 0
        case _:
            return None
    return TournamentNews(
        tournament_id=tournament_id,
        what=cast(Any, what),
        bracket=bracket(after),
        round=max(round_, 0),
        at=at,
        seed=seed,
        name=name,
        reason=reason,
        to_draw=to_draw(after),
        waiting=in_state(after, BoutState.WAITING),
    )


def bout_news(tournament_id: int, before: Tournament, after: Tournament, event: e.Event) -> BoutNews | None:
    """What a bout's group hears of an event."""
    what: str
    result: Result | None = None
    reason = ""
    match event:
        case e.BoutDecided():
            result, reason = event.result, event.reason
            known = before.bouts[event.bout].result if event.bout in before.bouts else None
            if event.tied:
                what = "tied"
            elif event.by is not None:
                what = "hand"
            else:
                what = "decided" if known is None else "changed"
        case e.ResultFlagged():
            what, result = "flagged", event.result
        case e.BoutAnnulled():
            what, reason = "annulled", event.reason
        case _:
            return None
    bout = event.bout
    round_ = after.rounds[after.bouts[bout].round] if bout in after.bouts else None
    undecided = [after.bouts[id_].state is not BoutState.DECIDED for id_ in round_.bouts] if round_ else []
    return BoutNews(
        tournament_id=tournament_id,
        title=after.title,
        bout=bout,
        what=cast(Any, what),
        left=sum(undecided),
        lines=lines_of(after, result),
        reason=reason,
    )


def lines_of(tournament: Tournament, result: Result | None) -> tuple[tuple[str, int | None], ...]:
    """The teams of a result with their scores, best first."""
    if result is None:
        return ()
    return tuple((tournament.entrants[line.entrant].name, line.score) for line in result.lines)


def alert(tournament_id: int, tournament: Tournament, bout: Bout) -> BoutAlert | None:
    """What the organiser has to decide about a bout."""
    if bout.flagged is not None:
        names = tuple(name for name, _ in lines_of(tournament, bout.flagged))
        return BoutAlert(
            tournament_id=tournament_id, title=tournament.title, bout=bout.number, what="flagged", names=names
        )
    if bout.state is BoutState.TIED and bout.result is not None:
        cut = tournament.stage_of(bout).top
        there = [line for line in bout.result.lines if line.entrant not in tournament.withdrawn]
        rank = there[cut - 1].rank
        names = tuple(tournament.entrants[line.entrant].name for line in there if line.rank == rank)
        return BoutAlert(
            tournament_id=tournament_id, title=tournament.title, bout=bout.number, what="tied", names=names
        )
    return None
