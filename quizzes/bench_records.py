"""Judges, ballots, protests and scores in the export of a contest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.bench import Decision, Matter
from quizzes.engine.phases import Contest


def shown(contest: Contest, points: int) -> int | float:
    """Points as a JSON number: whole, or with the decimals that the contest has."""
    unit = contest.rules.unit
    return points if unit == 1 else round(points / unit, contest.rules.decimals)


def bench_record(contest: Contest, events: Iterable[e.Event]) -> dict[str, Any]:
    """The panel, each ballot, each protest with its end, and each speech with every judge's score."""
    log = tuple(events)
    bench = contest.bench
    teams = {team.id: team.name for team in contest.seats.teams.values()}
    names = {event.judge: event.name for event in log if isinstance(event, eb.JudgeNamed)}
    return {
        "judges": [
            {"name": judge.name, "chief": judge.id == bench.chief_id, "recused": judge.recused}
            for judge in bench.judges
        ],
        "ballots": [
            {
                "judge": names.get(event.judge, "host"),
                "matter": event.matter.value,
                "number": _question(contest, log, event) if event.matter is Matter.RULING else event.number,
                "verdict": event.verdict.value,
            }
            for event in log
            if isinstance(event, eb.BallotCast)
        ],
        "protests": [
            {
                "number": protest.id,
                "question": contest.number_of(protest.index),
                "team": teams[protest.team],
                "reason": protest.reason,
                "verdict": _verdict(protest.state),
                "how": protest.state.how.value if isinstance(protest.state, Decision) else "open",
            }
            for protest in bench.protests
        ],
        "speeches": [
            {
                "team": teams[event.team],
                "score": shown(contest, event.points),
                "scores": [
                    {"judge": names.get(mark.judge, "host"), "score": mark.score / 100, "counts": mark.counts}
                    for mark in event.marks
                ],
            }
            for event in log
            if isinstance(event, eb.TalkScored)
        ],
    }


def _verdict(state: object) -> str | None:
    return state.verdict.value if isinstance(state, Decision) and state.verdict is not None else None


def _question(contest: Contest, log: tuple[e.Event, ...], ballot: eb.BallotCast) -> int:
    """The number of the question whose answer a ballot was on."""
    ended = (event for event in log if isinstance(event, eb.AnswerEnded) and event.nonce == ballot.number)
    found = next(ended, None)
    return 0 if found is None else contest.number_of(found.index)
