"""Speeches: one after another is called, speaks, and gets the judges' scores."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from quizzes.engine import commands_bench as c
from quizzes.engine import errors, panel
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.evolve import evolve
from quizzes.engine.phases import Contest
from quizzes.engine.rules import SpeechOrder, SpeechSegment
from quizzes.engine.scoring import Award, AwardKind
from quizzes.engine.stage import STAGE_PHASES, Scoring, StagePhase, Summoned, Talking, Unscored
from quizzes.engine.teams import PlayerId, TeamId

PLACES = 2
"""Judges' scores are kept in hundredths."""


def next_speaker(contest: Contest, limit: int, now: datetime) -> tuple[e.Event, ...]:
    """Call the next speaker of the segments before ``limit``; nothing if all have had their turn."""
    for number in contest.rules.speeches:
        if number < limit and (events := _call(contest, number, now)):
            return events
    return ()


def _call(contest: Contest, number: int, now: datetime) -> tuple[e.Event, ...]:
    settings = contest.rules.speech(number)
    events: tuple[e.Event, ...] = ()
    speakers = contest.bench.round_of(number)
    if speakers is None:
        drawn = settings.order is SpeechOrder.DRAWN
        order = tuple(team.id for team in contest.seats.manned)
        events = (eb.SpeakersDrawn(now, number, _by_lot(contest, number, order) if drawn else order, drawn),)
        contest = evolve(contest, events[0])
        speakers = contest.bench.round_of(number)
    assert speakers is not None
    waiting = speakers.order[speakers.place :]
    if contest.course.segment == number:
        waiting += tuple(team.id for team in contest.seats.manned if team.id not in speakers.order)
    if not waiting:
        return events
    place = speakers.place + 1
    of = speakers.place + len(waiting)
    called = eb.SpeakerCalled(now, contest.course.nonce + 1, number, place, of, waiting[0], now + settings.start)
    return *events, called


def _by_lot(contest: Contest, number: int, teams: tuple[TeamId, ...]) -> tuple[TeamId, ...]:
    """An order that nobody can foresee who does not know the contest's seed."""

    def ticket(team: TeamId) -> bytes:
        return sha256(f"{contest.setup.seed}:{number}:{team}".encode()).digest()

    return tuple(sorted(teams, key=ticket))


def _settings(contest: Contest) -> SpeechSegment:
    return contest.rules.speech(contest.course.segment)


def _on_stage(contest: Contest, nonce: int) -> StagePhase:
    phase = contest.phase
    if not isinstance(phase, STAGE_PHASES) or phase.nonce != nonce:
        raise errors.NothingBegins
    return phase


def _admit(contest: Contest, team: TeamId, command: c.BeginTalk | c.EndTalk) -> None:
    if not command.host and command.by not in contest.seats.teams[team].members:
        raise errors.NotYourTalk


def begin(contest: Contest, command: c.BeginTalk, now: datetime) -> tuple[e.Event, ...]:
    """Raises: NothingBegins, NotYourTalk."""
    phase = _on_stage(contest, command.nonce)
    if not isinstance(phase, Summoned):
        raise errors.NothingBegins
    _admit(contest, phase.team, command)
    return (_begun(contest, phase, command.by, now),)


def _begun(contest: Contest, phase: Summoned, by: PlayerId | None, now: datetime) -> eb.TalkBegun:
    settings = _settings(contest)
    closes_at = now + settings.talk
    warns_at = closes_at - settings.warning if settings.warning and settings.warning < settings.talk else None
    return eb.TalkBegun(now, phase.nonce, phase.team, by, closes_at, warns_at)


def end(contest: Contest, command: c.EndTalk, now: datetime) -> tuple[e.Event, ...]:
    """Raises: NothingBegins, NotYourTalk."""
    phase = _on_stage(contest, command.nonce)
    if not isinstance(phase, Talking):
        raise errors.NothingBegins
    _admit(contest, phase.team, command)
    return (_ended(contest, phase, command.by, now),)


def _ended(contest: Contest, phase: Talking | Unscored, by: PlayerId | None, now: datetime) -> eb.TalkEnded:
    due_at = now + _settings(contest).scoring
    return eb.TalkEnded(now, phase.nonce, phase.team, by, due_at, repeated=isinstance(phase, Unscored))


def score(contest: Contest, command: c.GiveScore, now: datetime) -> tuple[e.Event, ...]:
    """A judge's score; when all have given theirs the result follows.

    Raises:
        MatterClosed, IsRecused, NotOnPanel, AlreadyVoted, ScoreUnusable.
    """
    phase = contest.phase
    if not isinstance(phase, Scoring) or phase.nonce != command.nonce:
        raise errors.MatterClosed
    panel.admit(contest, command.judge)
    if command.judge in phase.scores:
        raise errors.AlreadyVoted
    settings = _settings(contest)
    hundred = 10**PLACES
    fits = settings.least * hundred <= command.score <= settings.most * hundred
    if not fits or command.score % 10 ** (PLACES - settings.places):
        raise errors.ScoreUnusable(least=settings.least, most=settings.most, places=settings.places)
    given = eb.ScoreGiven(now, command.judge, phase.nonce, command.score)
    after = evolve(contest, given)
    assert isinstance(after.phase, Scoring)
    if any(judge not in after.phase.scores for judge in contest.bench.sitting(contest.setup.by)):
        return (given,)
    return given, _scored(after, after.phase, now)


def _scored(contest: Contest, phase: Scoring, now: datetime) -> eb.TalkScored | eb.ScoringEmpty:
    """The mean of what counts, rounded half up; judges who were silent are left out."""
    settings, rules = _settings(contest), contest.rules
    sitting = contest.bench.sitting(contest.setup.by)
    given = sorted((phase.scores[judge], place, judge) for place, judge in enumerate(sitting) if judge in phase.scores)
    if not given:
        return eb.ScoringEmpty(now, phase.nonce, phase.team, now + rules.judges.chief)
    drop = settings.drop if len(given) >= settings.drop_from and len(given) > 2 * settings.drop else 0
    kept = {judge for _, _, judge in given[drop : len(given) - drop]}
    marks = tuple(eb.Mark(judge, phase.scores[judge], judge in kept) for judge in sitting if judge in phase.scores)
    total, parts = sum(mark.score for mark in marks if mark.counts), len(kept) * 10 ** (PLACES - rules.decimals)
    points = (2 * total + parts) // (2 * parts)
    award = Award(AwardKind.SPEECH, None, phase.team, None, points)
    return eb.TalkScored(now, phase.nonce, phase.team, marks, points, (award,), now + rules.pause)


def skip(contest: Contest, command: c.SkipSpeaker, now: datetime) -> tuple[e.Event, ...]:
    """Raises: NothingBegins."""
    phase = _on_stage(contest, command.nonce)
    return (_skipped(contest, phase, command.by, command.reason, now),)


def _skipped(contest: Contest, phase: StagePhase, by: PlayerId | None, reason: str, now: datetime) -> eb.SpeakerSkipped:
    return eb.SpeakerSkipped(now, phase.nonce, phase.team, by, reason, now + contest.rules.pause)


def repeat(contest: Contest, command: c.RepeatScoring, now: datetime) -> tuple[e.Event, ...]:
    """Raises: NothingBegins."""
    phase = _on_stage(contest, command.nonce)
    if not isinstance(phase, Unscored):
        raise errors.NothingBegins
    return (_ended(contest, phase, command.by, now),)


def woken(contest: Contest, phase: StagePhase, now: datetime) -> tuple[e.Event, ...]:
    """What was timed on the stage has come."""
    match phase:
        case Summoned():
            return (_begun(contest, phase, None, now),)
        case Talking(warns_at=warns_at) if warns_at is not None and now < phase.closes_at:
            return (eb.TalkWarned(now, phase.nonce, phase.closes_at),)
        case Talking():
            return (_ended(contest, phase, None, now),)
        case Scoring():
            return (_scored(contest, phase, now),)
        case Unscored():
            return (_skipped(contest, phase, None, "", now),)
