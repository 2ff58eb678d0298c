"""What the big screen shows of judges, protests, speeches, the bench and the drill. Pure.

**How anybody voted is never read here**, only how many have: a ballot is the judge's own until the matter is closed, and
a mark is public with the score that it led to.
"""

from __future__ import annotations

from statistics import median
from typing import Any

from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.bench import Decision, Docket, Matter, Verdict
from quizzes.engine.phases import Contest, DrillOpen, Judging, Lobby
from quizzes.engine.rules import Seating
from quizzes.engine.stage import Scoring
from quizzes.names import player_name

State = dict[str, Any]

_DRILLED_SHOWN = 60
_PROTESTS_SHOWN = 4


def votes(contest: Contest) -> State | None:
    """How many judges have voted, or scored, while they are asked; never what."""
    phase = contest.phase
    match phase:
        case Judging() if not phase.docket.alone:
            return _in(contest, len(phase.docket.ballots), alone=False)
        case Scoring():
            return _in(contest, len(phase.scores), alone=False)
        case _:
            return None


def _in(contest: Contest, count: int, *, alone: bool) -> State:
    sitting = len(contest.bench.sitting(contest.setup.by))
    return {"in": count, "of": 1 if alone else sitting, "alone": alone}


def speaker(contest: Contest) -> tuple[int | None, int | None]:
    """Who is speaking by number, from 1, and of how many."""
    speakers = contest.bench.round_of(contest.course.segment)
    return (None, None) if speakers is None else (speakers.place, len(speakers.order))


def protests(contest: Contest) -> list[State]:
    """The protests that wait for a verdict, the oldest first."""
    return [
        {
            "team": protest.team,
            "number": number_of(contest, protest.index),
            **_in(contest, len(protest.state.ballots), alone=protest.state.alone),
        }
        for protest in contest.bench.protests
        if isinstance(protest.state, Docket)
    ][:_PROTESTS_SHOWN]


def number_of(contest: Contest, index: int) -> int | None:
    """The number, from 1, under which a question was asked."""
    if index == contest.course.index:
        return contest.course.slot + 1
    return next((record.number for record in contest.records if record.index == index), None)


def decided(contest: Contest, event: eb.Decided) -> State | None:
    """What is said of a protest when it is closed; of a ruling, the ruling itself says it."""
    if event.matter is not Matter.PROTEST:
        return None
    protest = next((one for one in contest.bench.protests if one.id == event.number), None)
    if protest is None or not isinstance(protest.state, Decision):
        return None
    what = {Verdict.OVERTURNED: "protest_upheld", Verdict.VOID: "protest_void"}.get(
        event.verdict or Verdict.STANDS, "protest_rejected"
    )
    return {"what": what, "team": protest.team, "number": number_of(contest, protest.index)}


def talk(event: eb.TalkScored) -> State:
    """A speaker's score and the marks that it is made of, in hundredths; those that were dropped are named so."""
    return {
        "team": event.team,
        "points": event.points,
        "marks": [{"score": mark.score, "counts": mark.counts} for mark in event.marks],
    }


def substituted(contest: Contest, event: e.Substituted) -> State:
    """Who plays now in whose place."""
    return {
        "what": "substituted",
        "team": event.team,
        "on": player_name(contest, event.on),
        "off": player_name(contest, event.off),
    }


def drill_going(contest: Contest) -> State | None:
    """The drill under way: how many have pressed."""
    drill = contest.phase.drill if isinstance(contest.phase, Lobby) else None
    if drill is None:
        return None
    return {"open": isinstance(drill, DrillOpen), "pressed": len(drill.presses), "of": len(contest.seats.players)}


def drilled(contest: Contest, event: e.DrillClosed) -> State:
    """Everybody's delay in milliseconds and how far it is from the median of all; the quickest first."""
    seats, alone = contest.seats, contest.rules.seating is Seating.INDIVIDUALS
    delays = [(delay.player, round(delay.after.total_seconds() * 1000)) for delay in event.delays]
    middle = round(median(ms for _, ms in delays)) if delays else 0
    return {
        "median": middle,
        "missing": len(seats.players) - len(delays),
        "lines": [
            {
                "name": seats.players[player].name,
                "team": None if alone else seats.players[player].team,
                "ms": ms,
                "off": ms - middle,
            }
            for player, ms in delays[:_DRILLED_SHOWN]
        ],
    }
