"""What the big screen shows of a contest: a projection of its events, as plain data. Pure.

``begin`` and ``Board.after`` fold the events, ``project`` makes the state of them. It is a dict of sections, so that an
update carries only those that changed. What must always hold: **no state tells anything of an answer before its
ruling, nor of a question before it was confirmed shown**. So answers and explanations are read in one place only, when a
ruling closes a question, and a question's text only while its phase says that players see it.

Phases that this module does not know (somebody adds a segment kind) are shown by their name, with whoever is up and
with the time at which the contest wants to be woken; nothing else of them is read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from quizzes import screen_bench as bench
from quizzes.banks import STORED
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.evolve import evolve
from quizzes.engine.frozen import dataclass
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
    Lobby,
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
from quizzes.screen_time import segment_now, timer

State = dict[str, Any]

_NAMES_SHOWN = 12
_TEAMS_SHOWN = 300
_PLAYERS_SHOWN = 10
_FASTEST_SHOWN = 3
_SHOWN = (Reading, Buzzing, Settling, Called, Starting, Answering, Collecting, Judging)
"""The phases in which players see the question; one that is added shows none until it is named here."""


@dataclass(frozen=True, slots=True)
class Board:
    """A contest and what the screen remembers of it beyond its state.

    ``outcome``: the ruling that is on show, until the next question is; ``notice``: the last thing that everybody has to
    know (a false start, a question that goes to the others, points by hand); ``scores``: the table, made anew only when
    something was scored; ``talk``: the score of the last speaker, until somebody else is up; ``drill``: the result of the
    last drill, until something else happens in the lobby.
    """

    contest: Contest
    outcome: State | None = None
    notice: State | None = None
    scores: tuple[State, ...] = ()
    talk: State | None = None
    drill: State | None = None

    def after(self, event: e.Event) -> Board:
        """The board after one more event."""
        before = self.contest
        contest = evolve(before, event)
        board = replace(self, contest=contest)
        match event:
            case e.Ruled() if event.closes:
                board = replace(board, outcome=_outcome(before, event), notice=None)
            case e.Ruled():
                board = replace(board, notice=_said("rebound", team=event.team, points=event.points))
            case e.QuestionAsked():
                board = replace(board, notice=_notice_when_asked(board, event), talk=None)
            case e.QuestionOpened():
                board = replace(board, outcome=None)
            case e.Fined():
                said = _said(
                    "false_start", team=event.team, player=player_name(contest, event.player), points=event.points
                )
                board = replace(board, notice=said)
            case e.RoundLost():
                board = replace(board, outcome=None, notice=_said("lost", reason=event.reason.value))
            case e.Recovered() if event.voided is not None:
                board = replace(board, outcome=None, notice=_said("lost", reason="restart"))
            case e.PausedBy() if event.voided is not None:
                board = replace(board, outcome=None, notice=None)
            case e.QuestionVoided() | e.QuestionReplaced():
                board = _taken_back(board, before, event)
            case e.Overruled():
                board = _overruled(board, event)
            case e.ScoreCorrected():
                board = replace(
                    board, notice=_said("corrected", team=event.team, points=event.points, why=event.reason)
                )
            case e.StakeAsked() | eb.SpeakerCalled():
                board = replace(board, outcome=None, notice=None, talk=None)
            case e.Drawn() if event.lots:
                board = replace(board, notice=_said("drawn", teams=list(event.order)))
            case eb.SpeakersDrawn() if event.drawn:
                board = replace(board, notice=_said("drawn", teams=list(event.order)))
            case e.Staked():
                what = "passed" if event.stake is None else "staked"
                board = replace(board, notice=_said(what, team=event.team, points=event.stake))
            case eb.HandedToChief():
                board = replace(board, notice=_said("chief"))
            case eb.Protested():
                board = replace(board, notice=_said("protested", team=event.team))
            case eb.Extended():
                board = replace(board, notice=_said("extended", points=event.seconds, why=event.reason))
            case eb.TalkScored():
                said = _said("scored", team=event.team, points=event.points)
                board = replace(board, notice=said, talk=bench.talk(event))
            case eb.Decided() if (said_of := bench.decided(contest, event)) is not None:
                board = replace(board, notice=said_of)
            case e.Substituted() if not isinstance(contest.phase, Lobby):
                board = replace(board, notice=bench.substituted(before, event))
            case e.DrillClosed():
                board = replace(board, drill=bench.drilled(contest, event))
            case eb.SpeakerSkipped():
                board = replace(board, notice=_said("skipped", team=event.team, why=event.reason))
            case _:
                pass
        if board.drill is not None and not isinstance(event, e.DrillClosed):
            board = replace(board, drill=None)
        if contest.awards is not before.awards or contest.seats is not before.seats:
            board = replace(board, scores=_scores(contest))
        return board


def begin(events: Iterable[e.Event]) -> Board | None:
    """The board of a log; ``None`` for an empty one."""
    board: Board | None = None
    for event in events:
        board = Board(evolve(None, event)) if board is None else board.after(event)
    return board


def project(board: Board, title: Mapping[str, str], group: str) -> State:
    """The whole state, section by section; times are whole milliseconds since 1970, teams are named by their ids."""
    contest = board.contest
    return {
        "contest": {
            "id": contest.setup.id,
            "title": dict(title),
            "group": group,
            "bank": contest.setup.bank,
            "base": contest.rules.base,
            "individuals": contest.rules.seating is Seating.INDIVIDUALS,
            "of": contest.planned,
            "decimals": contest.rules.decimals,
        },
        "teams": _teams(contest),
        "phase": phase_of(contest),
        "timer": timer(contest),
        "question": _question(contest),
        "progress": _progress(contest),
        "votes": bench.votes(contest),
        "protests": bench.protests(contest),
        "talk": board.talk,
        "drill": board.drill if board.drill is not None else bench.drill_going(contest),
        "outcome": board.outcome,
        "notice": board.notice,
        "scores": list(board.scores),
        "players": _players(contest),
    }


def segment_kind(segment: object) -> str:
    """What kind of segment this is, by the name of its settings: ``BuzzerSegment`` is ``buzzer``."""
    return _snake(type(segment).__name__.removesuffix("Segment"))


def phase_name(phase: object) -> str:
    """The name of a phase on the screen."""
    return _snake(type(phase).__name__)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _said(what: str, **more: object) -> State:
    return {"what": what, **more}


def _teams(contest: Contest) -> list[State]:
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


def _question(contest: Contest) -> State | None:
    if not _is_shown(contest):
        return None
    return _asked(contest, contest.course.index)


def _asked(contest: Contest, index: int) -> State:
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


def pictures(board: Board) -> frozenset[int]:
    """The stored pictures that the hall may see now: of the question that is shown, and of the one just ruled."""
    asked = [_question(board.contest), board.outcome and board.outcome["question"]]
    media = [one["media"] for one in asked if one]
    return frozenset(one["id"] for one in media if one and one["kind"] == "photo" and one["id"] is not None)


def _media(media: str) -> State | None:
    """What comes with a question: its kind, and the number of the stored file (none: it lies elsewhere on the web)."""
    if not media:
        return None
    kind, _, where = media.partition(":")
    stored = where.removeprefix(STORED)
    return {"kind": kind, "id": int(stored) if where != stored and stored.isdecimal() else None}


def _progress(contest: Contest) -> State | None:
    """How many have answered, where everyone does; never what."""
    answers = getattr(contest.phase, "answers", None)
    if answers is None or not _is_shown(contest):
        return None
    asked = sum(len(team.members) for team in contest.seats.teams.values() if contest.may_play(team.id))
    return {"answered": len(answers), "of": asked}


def _outcome(contest: Contest, event: e.Ruled) -> State:
    """A closed question: from here on its answer is public."""
    question = contest.setup.questions[event.index]
    last = event.rulings[-1] if event.rulings else None
    everyone = event.reason is e.RulingReason.EVERYONE
    right = sorted((one for one in event.rulings if one.right), key=lambda one: one.after)
    tally = [0] * len(question.options)
    points: defaultdict[int, int] = defaultdict(int)
    for one in event.rulings:
        for option in one.options:
            tally[option] += 1
    for award in event.awards:
        points[award.team] += award.points
    return {
        "question": _asked(contest, event.index),
        "index": event.index,
        "answer": list(event.answer),
        "accepted": list(question.accepted),
        "said": last.text if last is not None and not everyone else "",
        "explanation": question.explanation,
        "reason": event.reason.value,
        "right": event.right,
        "team": event.team,
        "player": player_name(contest, event.player),
        "chosen": list(last.options) if last is not None and not everyone else [],
        "points": event.points,
        "answered": len(event.rulings) if everyone else None,
        "correct": len(right) if everyone else None,
        "tally": tally if everyone else None,
        "fastest": [
            {
                "name": player_name(contest, one.player) or "",
                "team": one.team,
                "ms": one.after // timedelta(milliseconds=1),
            }
            for one in (right[:_FASTEST_SHOWN] if everyone else ())
        ],
        "gains": [{"team": team, "points": gained} for team, gained in points.items()],
        "state": "ruled",
    }


def _notice_when_asked(board: Board, event: e.QuestionAsked) -> State | None:
    match event.reason:
        case e.AskReason.NEXT:
            return _said("sudden_death") if event.contenders is not None else None
        case e.AskReason.AGAIN:
            before = board.notice or {}
            return _said("again", reason=before.get("reason", ""))
        case e.AskReason.REPLACED:
            return _said("replaced")
        case _:
            return board.notice


def _taken_back(board: Board, before: Contest, event: e.QuestionVoided | e.QuestionReplaced) -> Board:
    """A question does not count (any more); if its ruling is on show, that says so."""
    what = "voided" if isinstance(event, e.QuestionVoided) else "replaced"
    outcome = board.outcome
    if outcome is not None and outcome["index"] == event.index:
        outcome = {**outcome, "state": "void", "gains": []}
    notice = _said(what, number=bench.number_of(before, event.index), why=event.reason)
    return replace(board, outcome=outcome, notice=_unless_protested(board, notice))


def _unless_protested(board: Board, notice: State) -> State:
    """What follows from a protest is said as the decision on the protest, which names the team and the question."""
    said = board.notice
    if said is None or said["what"] not in ("protest_upheld", "protest_void"):
        return notice
    return said if said["number"] == notice.get("number", said["number"]) else notice


def _overruled(board: Board, event: e.Overruled) -> Board:
    outcome = board.outcome
    if outcome is not None and outcome["index"] == event.index:
        points: defaultdict[int, int] = defaultdict(int)
        for award in event.awards:
            points[award.team] += award.points
        gains = [{"team": team, "points": gained} for team, gained in points.items()]
        outcome = {**outcome, "right": event.right, "points": points.get(outcome["team"], 0), "gains": gains}
        outcome["state"] = "overruled"
    number = bench.number_of(board.contest, event.index)
    notice = _said("overruled", number=number, right=event.right, why=event.reason)
    return replace(board, outcome=outcome, notice=_unless_protested(board, notice))


def _scores(contest: Contest) -> tuple[State, ...]:
    """The table, best first."""
    table = standings(contest.rules, contest.seats, contest.awards)
    return tuple(
        {"id": line.team, "score": line.score, "rank": line.rank, "right": line.right, "wrong": line.wrong}
        for line in table.teams[:_TEAMS_SHOWN]
    )


def _players(contest: Contest) -> list[State] | None:
    """The best players, once it is over, where they are not the teams themselves."""
    if not isinstance(contest.phase, Finished) or contest.rules.seating is Seating.INDIVIDUALS:
        return None
    table = standings(contest.rules, contest.seats, contest.awards)
    return [
        {"name": line.name, "team": line.team, "score": line.score, "rank": line.rank, "right": line.right}
        for line in table.players[:_PLAYERS_SHOWN]
        if line.right
    ]
