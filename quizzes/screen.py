"""What the big screen shows of a contest: a projection of its events, as plain data. Pure.

``begin`` and ``Board.after`` fold the events, ``project`` makes the state of them. It is a dict of sections, so that an
update carries only those that changed. What must always hold: **no state tells anything of an answer before its
ruling, nor of a question before it was confirmed shown**. So answers and explanations are read in one place only, when a
ruling closes a question, and a question's text only while its phase says that players see it.

Phases that this module does not know (somebody adds a segment kind) are shown by their name, with whoever is up and
with the time at which the contest wants to be woken; nothing else of them is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from quizzes import screen_bench as bench
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.evolve import evolve
from quizzes.engine.frozen import dataclass
from quizzes.engine.phases import (
    Contest,
    Lobby,
)
from quizzes.engine.rules import Seating
from quizzes.names import player_name
from quizzes.screen_sections import State, asked, phase_of, players_of, progress_of, question_of, scores_of, teams_of
from quizzes.screen_time import timer

_FASTEST_SHOWN = 3


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
            board = replace(board, scores=scores_of(contest))
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
        "teams": teams_of(contest),
        "phase": phase_of(contest),
        "timer": timer(contest),
        "question": question_of(contest),
        "progress": progress_of(contest),
        "votes": bench.votes(contest),
        "protests": bench.protests(contest),
        "talk": board.talk,
        "drill": board.drill if board.drill is not None else bench.drill_going(contest),
        "outcome": board.outcome,
        "notice": board.notice,
        "scores": list(board.scores),
        "players": players_of(contest),
    }


def _said(what: str, **more: object) -> State:
    return {"what": what, **more}


def pictures(board: Board) -> frozenset[int]:
    """The stored pictures that the hall may see now: of the question that is shown, and of the one just ruled."""
    asked = [question_of(board.contest), board.outcome and board.outcome["question"]]
    media = [one["media"] for one in asked if one]
    return frozenset(one["id"] for one in media if one and one["kind"] == "photo" and one["id"] is not None)


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
        "question": asked(contest, event.index),
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
