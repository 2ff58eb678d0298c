"""The sections of the big screen's state that a contest gives by itself, whatever happened before. Pure.

A question's text is read only while its phase says that players see it, and the right answer is not read here at all.
"""

from __future__ import annotations

import re
from typing import Any

from quizzes import screen_bench as bench
from quizzes.banks import STORED
from quizzes.engine.phases import (
    Aborted,
    Answering,
    Asking,
    Buzzing,
    Called,
    Collecting,
    Contest,
    Finished,
    Interval,
    Judging,
    Offering,
    Paused,
    Reading,
    Settling,
    Staking,
    Starting,
)
from quizzes.engine.rounds import to_settle
from quizzes.engine.rules import AnySegment, RiskSegment, Seating
from quizzes.engine.scoring import standings, value_right, value_wrong
from quizzes.engine.stage import STAGE_PHASES
from quizzes.names import player_name
from quizzes.screen_time import segment_now

State = dict[str, Any]
"""Plain data, for JSON."""

_NAMES_SHOWN = 12
_TEAMS_SHOWN = 300
_PLAYERS_SHOWN = 10
_SHOWN = (Reading, Buzzing, Settling, Called, Starting, Answering, Collecting, Judging)
"""The phases in which players see the question; one that is added shows none until it is named here."""


def segment_kind(segment: object) -> str:
    """What kind of segment this is, by the name of its settings: ``BuzzerSegment`` is ``buzzer``."""
    return _snake(type(segment).__name__.removesuffix("Segment"))


def phase_name(phase: object) -> str:
    """The name of a phase on the screen."""
    return _snake(type(phase).__name__)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def teams_of(contest: Contest) -> list[State]:
    """Every team, in the order in which they were made; members by name as long as people gather."""
    gathering = contest.gathers
    players = contest.seats.players
    shown = []
    for team in list(contest.seats.teams.values())[:_TEAMS_SHOWN]:
        line: State = {"id": team.id, "name": team.name, "size": len(team.members)}
        if gathering:
            line["ready"] = team.ready
            line["captain"] = player_name(contest, team.captain)
            line["members"] = [players[id_].name for id_ in team.members[:_NAMES_SHOWN] if id_ in players]
        shown.append(line)
    return shown


def phase_of(contest: Contest) -> State:
    """The phase by its name, with who is up and what comes next."""
    phase = contest.phase
    shown: State = {"name": phase_name(phase)}
    match phase:
        case Interval():
            shown["again"] = phase.again
            slot = contest.course.slot
            number = slot + 1 if phase.again else slot + 2
            goes_on = phase.again or number <= contest.planned or bool(to_settle(contest))
            shown["next"] = number if goes_on else None
            if shown["next"] is not None:
                shown["segment"] = segment_kind(_segment_of(contest, number - 1))
        case Asking():
            shown["rebound"] = phase.rebound
            shown["next"] = contest.course.slot + 1
            shown["segment"] = segment_kind(segment_now(contest))
            shown.update(_who_is_up(contest))
        case Paused():
            shown["reason"] = phase.reason if phase.by is not None else ""
            shown["by_itself"] = phase.by is None
        case Aborted():
            shown["reason"] = phase.reason
        case _:
            shown.update(_who_is_up(contest))
            if isinstance(phase, Staking) and isinstance(segment := segment_now(contest), RiskSegment):
                shown["stakes"] = list(segment.stakes)
            if isinstance(phase, STAGE_PHASES):
                shown["speaker"], shown["of"] = bench.speaker(contest)
    return shown


def _segment_of(contest: Contest, slot: int) -> AnySegment | None:
    """The segment of the question in this place (from 0)."""
    for number, count in enumerate(contest.course.counts):
        if slot < count:
            return contest.rules.segments[number]
        slot -= count
    return segment_now(contest)


def _who_is_up(contest: Contest) -> State:
    """The team that has the word, and the player if it is one person's."""
    phase = contest.phase
    turn = getattr(phase, "turn", phase)
    team = getattr(turn, "team", None)
    player = getattr(turn, "player", None)
    if isinstance(phase, Offering | Staking | Asking | Reading):
        team = contest.course.team
    return {
        "team": team if isinstance(team, int) and team in contest.seats.teams else None,
        "player": player_name(contest, player) if isinstance(player, int) else None,
    }


def _is_shown(contest: Contest) -> bool:
    """Whether players see the question: its message was confirmed, and nobody has called the round off since."""
    phase = contest.phase
    return isinstance(phase, _SHOWN) or (isinstance(phase, Asking) and phase.rebound)


def question_of(contest: Contest) -> State | None:
    """The question under way; none before players see it."""
    if not _is_shown(contest):
        return None
    return asked(contest, contest.course.index)


def asked(contest: Contest, index: int) -> State:
    """A question as everybody sees it."""
    question, course, segment = contest.setup.questions[index], contest.course, contest.segment
    made_up = bool(course.rulings)
    only = None
    if course.excluded or course.contenders is not None:
        only = sorted(contest.eligible)
    return {
        "number": course.slot + 1,
        "of": contest.planned,
        "segment": segment_kind(segment),
        "kind": question.kind.value,
        "text": question.text,
        "media": _media(question.media),
        "options": list(question.options),
        "right": value_right(segment, question, course.stake, made_up=made_up),
        "wrong": value_wrong(segment, question, course.stake, made_up=made_up),
        "stake": course.stake,
        "sudden_death": course.segment == len(contest.rules.segments),
        "only": only,
    }


def _media(media: str) -> State | None:
    """What comes with a question: its kind, and the number of the stored file (none: it lies elsewhere on the web)."""
    if not media:
        return None
    kind, _, where = media.partition(":")
    stored = where.removeprefix(STORED)
    return {"kind": kind, "id": int(stored) if where != stored and stored.isdecimal() else None}


def progress_of(contest: Contest) -> State | None:
    """How many have answered, where everyone does; never what."""
    answers = getattr(contest.phase, "answers", None)
    if answers is None or not _is_shown(contest):
        return None
    of = sum(len(team.members) for team in contest.seats.teams.values() if contest.may_play(team.id))
    return {"answered": len(answers), "of": of}


def scores_of(contest: Contest) -> tuple[State, ...]:
    """The table, best first."""
    table = standings(contest.rules, contest.seats, contest.awards)
    return tuple(
        {"id": line.team, "score": line.score, "rank": line.rank, "right": line.right, "wrong": line.wrong}
        for line in table.teams[:_TEAMS_SHOWN]
    )


def players_of(contest: Contest) -> list[State] | None:
    """The best players, once it is over, where they are not the teams themselves."""
    if not isinstance(contest.phase, Finished) or contest.rules.seating is Seating.INDIVIDUALS:
        return None
    table = standings(contest.rules, contest.seats, contest.awards)
    return [
        {"name": line.name, "team": line.team, "score": line.score, "rank": line.rank, "right": line.right}
        for line in table.players[:_PLAYERS_SHOWN]
        if line.right
    ]
