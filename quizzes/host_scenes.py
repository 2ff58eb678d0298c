"""The host's panel: how far a contest is, and what was done to it by hand. Pure."""

from __future__ import annotations

from typing import Any, Literal, cast

from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.bench_desk import can_extend
from quizzes.engine.phases import Aborted, Contest, Finished, Lobby, Paused
from quizzes.engine.stage import STAGE_PHASES, Scoring, Summoned, Talking, Unscored
from quizzes.engine.teams import PlayerId
from quizzes.names import player_name, team_name
from quizzes.views import (
    ActLine,
    HostPanel,
)


def panel(contest_id: int, contest: Contest, group: str, acts: tuple[e.Event, ...] = ()) -> HostPanel:
    """The host's controls, with what was done by hand."""
    phase = contest.phase
    state: Literal["lobby", "running", "paused", "finished", "aborted"] = "running"
    reason = ""
    match phase:
        case Lobby():
            state = "lobby"
        case Paused():
            state, reason = "paused", phase.reason
        case Finished():
            state = "finished"
        case Aborted():
            state, reason = "aborted", phase.reason
    return HostPanel(
        contest_id=contest_id,
        bank=contest.setup.bank,
        group=group,
        state=state,
        number=max(contest.course.slot + 1, 0),
        of=contest.planned,
        reserve=len(contest.setup.questions) - contest.course.reserve,
        reason=reason,
        can_extend=can_extend(contest),
        stage=_STAGES.get(type(phase), ""),
        nonce=contest.course.nonce,
        speaker=team_name(contest, phase.team) or "" if isinstance(phase, STAGE_PHASES) else "",
        unreachable=tuple(judge.name for judge in contest.bench.judges if judge.unreachable),
        open_protests=len(contest.bench.open_protests),
        decimals=contest.rules.decimals,
        acts=tuple(line for event in acts if (line := _act(contest, event)) is not None),
    )


_STAGES: dict[type[object], Literal["called", "talking", "scoring", "unscored"]] = {
    Summoned: "called",
    Talking: "talking",
    Scoring: "scoring",
    Unscored: "unscored",
}


def _act(contest: Contest, event: e.Event) -> ActLine | None:
    match event:
        case e.QuestionVoided() | e.QuestionReplaced():
            what = "voided" if isinstance(event, e.QuestionVoided) else "replaced"
            return _by(contest, event.by, event, what, number=_number(contest, event.index))
        case e.Overruled():
            return _by(contest, event.by, event, "overruled", number=_number(contest, event.index), right=event.right)
        case e.ScoreCorrected():
            return _by(
                contest, event.by, event, "corrected", team=team_name(contest, event.team) or "", points=event.points
            )
        case eb.Extended():
            return _by(contest, event.by, event, "extended", seconds=event.seconds)
        case eb.SpeakerSkipped() if event.by is not None:
            return _by(contest, event.by, event, "skipped", team=team_name(contest, event.team) or "")
        case e.PausedBy() if event.by is not None:
            return _by(contest, event.by, event, "paused")
        case e.Resumed():
            return ActLine(at=event.at, who=_person(contest, event.by), what="resumed")
        case _:
            return None


def _by(contest: Contest, by: PlayerId, event: Any, what: str, **more: Any) -> ActLine:
    return ActLine(at=event.at, who=_person(contest, by), what=cast(Any, what), reason=event.reason, **more)


def _person(contest: Contest, by: PlayerId) -> str:
    """A judge's or player's name; empty for the host and other organisers, who are not in the contest."""
    judge = contest.bench.judge(by)
    return judge.name if judge is not None else player_name(contest, by) or ""


def _number(contest: Contest, index: int) -> int:
    record = contest.record(index)
    return record.number if record is not None and record.number else index + 1
