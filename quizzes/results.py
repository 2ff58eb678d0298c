"""The results of a contest as rows: the ranking of teams and players, the questions, the presses. Pure.

Correctness is told apart from the score, which speed may weigh: ``accuracy`` is the part of their answers that was right,
``mean_ms`` how long they took on average for one that they gave.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from quizzes.account import AskedQuestion, Given, answer_of
from quizzes.bench_records import shown
from quizzes.engine.frozen import dataclass
from quizzes.engine.phases import Contest
from quizzes.engine.scoring import Standings, standings

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Results:
    """Four tables. Every row of one has the same keys."""

    teams: tuple[Row, ...]
    players: tuple[Row, ...]
    questions: tuple[Row, ...]
    presses: tuple[Row, ...]


def results(contest: Contest, asked: Sequence[AskedQuestion], zone: tzinfo) -> Results:
    """All four, times in ``zone``."""
    now = standings(contest.rules, contest.seats, contest.awards)
    return Results(*_ranking(contest, asked, now), _questions(contest, asked, zone), _presses(asked, zone))


def _ranking(
    contest: Contest, asked: Sequence[AskedQuestion], now: Standings
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    given = [answer for question in asked for answer in question.answers]
    names = {team.id: team.name for team in contest.seats.teams.values()}
    teams = tuple(
        {
            "rank": line.rank,
            "name": line.name,
            "score": shown(contest, line.score),
            "right": line.right,
            "wrong": line.wrong,
            **_figures(line.right, line.wrong, (one for one in given if one.team == line.name)),
            "members": [contest.seats.players[member].name for member in contest.seats.teams[line.team].members],
        }
        for line in now.teams
    )
    players = tuple(
        {
            "rank": line.rank,
            "name": line.name,
            "team": names[line.team],
            "score": shown(contest, line.score),
            "right": line.right,
            "wrong": line.wrong,
            **_figures(line.right, line.wrong, (one for one in given if one.player == line.player)),
            "user_id": line.player,
        }
        for line in now.players
    )
    return teams, players


def _figures(right: int, wrong: int, given: Iterable[Given]) -> Row:
    took = [one.took_ms for one in given if one.is_answer]
    return {
        "accuracy": round(right / (right + wrong), 4) if right + wrong else None,
        "mean_ms": round(sum(took) / len(took)) if took else None,
    }


def _questions(contest: Contest, asked: Sequence[AskedQuestion], zone: tzinfo) -> tuple[Row, ...]:
    return tuple(
        {
            "index": one.number,
            "segment": one.segment + 1,
            "segment_kind": segment_kind(contest, one.segment),
            "team": one.team,
            "stake": one.stake,
            "kind": one.question.kind.value,
            "question": one.question.text,
            "answer": answer_of(one.question),
            "state": one.state,
            "asked": one.asked,
            "asked_at": one.asked_at.astimezone(zone).isoformat(timespec="seconds"),
            "presses": sum(press.kind != "answer" for press in one.presses),
            "buzzed_by": one.buzz.name if one.buzz is not None else None,
            "buzz_ms": one.buzz.after_ms if one.buzz is not None else None,
            "answered": one.answered,
            "right": one.right,
            "right_share": None if one.right_share is None else round(one.right_share, 4),
            "won_by": one.winner.team if one.winner is not None else None,
            "ruling": None if not one.answers else "right" if one.winner is not None else "wrong",
        }
        for one in asked
    )


def segment_kind(contest: Contest, number: int) -> str:
    """What a segment is called in a preset (``buzzer``, ``everyone``, ``required``, ``risk``), or ``tie_break``."""
    if number == len(contest.rules.segments):
        return "tie_break"
    return type(contest.rules.segment(number)).__name__.removesuffix("Segment").lower()


def _presses(asked: Sequence[AskedQuestion], zone: tzinfo) -> tuple[Row, ...]:
    return tuple(
        {
            "index": one.number,
            "player": press.name,
            "team": press.team,
            "kind": press.kind,
            "chosen": press.chosen,
            "after_ms": press.after_ms,
            "received_at": press.received_at.astimezone(zone).isoformat(timespec="milliseconds"),
            "update_id": press.update_id,
        }
        for one in asked
        for press in one.presses
    )
