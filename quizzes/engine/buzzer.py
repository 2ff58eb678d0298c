"""The buzzer: who pressed first."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine import commands as c
from quizzes.engine import events as e
from quizzes.engine.acts import noted, seated
from quizzes.engine.answers import unanswered
from quizzes.engine.evolve import evolve
from quizzes.engine.phases import Answering, Asking, Buzzing, Called, Contest, Reading, Settling, Starting
from quizzes.engine.rounds import name_first
from quizzes.engine.rules import BuzzerSegment, FalseStart
from quizzes.engine.teams import Team


def press(contest: Contest, command: c.Press, settings: BuzzerSegment, now: datetime) -> tuple[e.Event, ...]:
    """Take a press on the living round. Judged by when it was received, never by when it is looked at."""
    team = seated(contest, command)
    phase = contest.phase
    if not contest.may_play(team.id):
        return (noted(contest, command, team, e.PressKind.NOT_YOUR_TURN, now),)
    match phase:
        case Reading() if command.received_at >= phase.opens_at:
            ended = reading_ended(contest, settings, now)
            return ended, *press(evolve(contest, ended), command, settings, now)
        case Reading():
            return _false_start(contest, command, team, settings, now)
        case Asking() if settings.reading and not phase.rebound:
            return _false_start(contest, command, team, settings, now)
        case Buzzing() if command.received_at < phase.opens_at and phase.opens_at > phase.opened_at:
            return _false_start(contest, command, team, settings, now)
        case Asking():
            kind = e.PressKind.SECOND if command.player in phase.pressed else e.PressKind.IN_TIME
            return (noted(contest, command, team, kind, now),)
        case Buzzing() if command.received_at > phase.closes_at:
            return (noted(contest, command, team, e.PressKind.TOO_LATE, now),)
        case Buzzing() if contest.rules.settle:
            return (noted(contest, command, team, e.PressKind.IN_TIME, now),)
        case Buzzing():
            first = noted(contest, command, team, e.PressKind.FIRST, now)
            return first, name_first(evolve(contest, first), now)
        case _:
            return (noted(contest, command, team, _kind_after_the_first(phase, command), now),)


def _kind_after_the_first(phase: object, command: c.Press) -> e.PressKind:
    match phase:
        case Settling() if command.received_at < phase.opens_at and phase.opens_at > phase.opened_at:
            # Somebody has pressed properly by now; a false start that arrives this late is kept without its fine.
            return e.PressKind.FALSE_START
        case Settling() if command.received_at > phase.settles_at:
            return e.PressKind.LATER
        case Settling():
            return e.PressKind.SECOND if command.player in phase.pressed else e.PressKind.IN_TIME
        case Called() | Starting() | Answering() if command.player == phase.turn.player:
            return e.PressKind.SECOND
        case _:
            return e.PressKind.LATER


def _false_start(
    contest: Contest, command: c.Press, team: Team, settings: BuzzerSegment, now: datetime
) -> tuple[e.Event, ...]:
    note = noted(contest, command, team, e.PressKind.FALSE_START, now)
    if settings.false_start is FalseStart.REFUSED:
        return (note,)
    # Sudden death decides ranks, not scores: a fine costs the question there, but no points.
    points = settings.fine * contest.rules.unit if contest.course.contenders is None else 0
    fined = e.Fined(now, contest.course.index, team.id, command.player, points)
    if settings.false_start is FalseStart.VOID:
        return note, fined, unanswered(contest, e.RulingReason.FALSE_START, now)
    after = evolve(contest, fined)
    if not after.eligible:
        return note, fined, unanswered(after, e.RulingReason.NOBODY_BUZZED, now)
    return note, fined


def reading_ended(contest: Contest, settings: BuzzerSegment, now: datetime) -> e.ReadingEnded:
    """The buzzers open at the moment that was announced, however late we look."""
    reading = contest.phase
    assert isinstance(reading, Reading)
    closes_at = reading.opens_at + settings.buzz + contest.rules.grace
    return e.ReadingEnded(now, reading.nonce, reading.index, reading.opens_at, closes_at)
