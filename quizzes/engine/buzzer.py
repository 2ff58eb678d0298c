"""The buzzer: who pressed first, and whether the answer is right."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine import commands as c
from quizzes.engine import events as e
from quizzes.engine.errors import ChoiceUnusable, NotAnswering, NothingChosen, NotSeated, OnBench
from quizzes.engine.evolve import evolve
from quizzes.engine.phases import (
    Answering,
    Asking,
    Buzzing,
    Called,
    Contest,
    Reading,
    RoundPhase,
    Settling,
    Starting,
)
from quizzes.engine.rounds import ask_again, name_first
from quizzes.engine.rules import Answerer, BuzzerSegment, FalseStart
from quizzes.engine.scoring import Ruling, awards_for
from quizzes.engine.teams import Team

AnswerPhase = Called | Starting | Answering
PlayerAct = c.Press | c.Choose | c.Toggle | c.Submit


def seated(contest: Contest, act: PlayerAct) -> Team:
    """The team of whoever acts.

    Raises:
        NotSeated: the person plays in no team.
        OnBench: a substitute who has not come on.
    """
    team = contest.team_of(act.player)
    if team is None:
        raise NotSeated(player=act.player)
    if act.player in team.bench:
        raise OnBench(name=contest.seats.players[act.player].name, team=team.name)
    return team


def noted(contest: Contest, act: PlayerAct, team: Team, kind: e.PressKind, now: datetime) -> e.PressNoted:
    """The act for the record, with what became of it."""
    course = contest.course
    return e.PressNoted(now, act.player, team.id, act.update_id, act.received_at, act.nonce, course.index, kind)


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
        case Called() | Starting() | Answering() if command.player == phase.buzz.player:
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
    points = settings.fine if contest.course.contenders is None else 0
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


def answer(
    contest: Contest,
    command: c.Choose | c.Toggle | c.Submit,
    phase: RoundPhase,
    settings: BuzzerSegment,
    now: datetime,
) -> tuple[e.Event, ...]:
    """Take a mark or an answer of whoever was called.

    Raises:
        NotAnswering: nobody is called.
        ChoiceUnusable: no such answer can be given.
        NothingChosen: there is nothing to submit.
    """
    team = seated(contest, command)
    if not isinstance(phase, Called | Starting | Answering):
        raise NotAnswering
    if not _may_answer(settings, phase, command, team):
        return (noted(contest, command, team, e.PressKind.NOT_YOUR_TURN, now),)
    if _is_late(phase, command.received_at):
        return (noted(contest, command, team, e.PressKind.TOO_LATE, now),)
    draft = () if isinstance(phase, Starting) else phase.draft
    match command:
        case c.Toggle():
            closes_at = None
            if isinstance(phase, Starting):
                closes_at = command.received_at + settings.answer + contest.rules.grace
            return (chosen(contest, command, team, toggled(contest, draft, command.option), False, now, closes_at),)
        case c.Submit():
            if not draft:
                raise NothingChosen
            options = draft
        case c.Choose():
            options = checked(contest, command.options)
    given = chosen(contest, command, team, options, True, now)
    right = contest.question.is_right(options)
    ruling = Ruling(command.player, team.id, options, right, command.received_at - phase.opened_at)
    return given, *rule(contest, settings, ruling, e.RulingReason.ANSWERED, now)


def _may_answer(settings: BuzzerSegment, phase: AnswerPhase, command: PlayerAct, team: Team) -> bool:
    if team.id != phase.buzz.team:
        return False
    match settings.answerer:
        case Answerer.PRESSER:
            return command.player == phase.buzz.player
        case Answerer.CAPTAIN:
            return command.player == team.captain
        case Answerer.MEMBER:
            return True


def _is_late(phase: AnswerPhase, received_at: datetime) -> bool:
    match phase:
        case Starting():
            return received_at > phase.starts_by
        case Answering():
            return received_at > phase.closes_at
        case Called():
            return False


def checked(contest: Contest, options: tuple[int, ...]) -> tuple[int, ...]:
    """The options in ascending order.

    Raises:
        ChoiceUnusable: they cannot be an answer to the question.
    """
    if not contest.question.fits(options):
        raise ChoiceUnusable(options=options)
    return tuple(sorted(options))


def toggled(contest: Contest, draft: tuple[int, ...], option: int) -> tuple[int, ...]:
    """The marks with this one set or taken away.

    Raises:
        ChoiceUnusable: there is no such option, or the question takes one tap only.
    """
    if contest.question.kind.one_tap or not contest.question.fits((option,)):
        raise ChoiceUnusable(options=(option,))
    return tuple(sorted(set(draft) ^ {option}))


def chosen(
    contest: Contest,
    command: c.Choose | c.Toggle | c.Submit,
    team: Team,
    options: tuple[int, ...],
    final: bool,
    now: datetime,
    closes_at: datetime | None = None,
) -> e.Chosen:
    """The act for the record."""
    return e.Chosen(
        at=now,
        player=command.player,
        team=team.id,
        options=options,
        update_id=command.update_id,
        received_at=command.received_at,
        nonce=command.nonce,
        index=contest.course.index,
        final=final,
        closes_at=closes_at,
    )


def out_of_time(
    contest: Contest, phase: Starting | Answering, settings: BuzzerSegment, now: datetime
) -> tuple[e.Event, ...]:
    """Whoever was called did not answer in time: that is wrong."""
    reason = e.RulingReason.NOT_STARTED if isinstance(phase, Starting) else e.RulingReason.NOT_ANSWERED
    ruling = Ruling(phase.buzz.player, phase.buzz.team, (), False, now - phase.opened_at)
    return rule(contest, settings, ruling, reason, now)


def rule(
    contest: Contest, settings: BuzzerSegment, ruling: Ruling, reason: e.RulingReason, now: datetime
) -> tuple[e.Event, ...]:
    """The ruling, and where it leads: the question closes or goes to the other teams."""
    course = contest.course
    awards = awards_for(contest.rules, course.segment, course.index, contest.question, (ruling,))
    others = contest.eligible - {ruling.team}
    closes = ruling.right or len(course.rulings) >= settings.rebounds or not others
    ruled = e.Ruled(
        at=now,
        index=course.index,
        right=ruling.right,
        answer=contest.question.answer,
        team=ruling.team,
        player=ruling.player,
        points=sum(award.points for award in awards),
        reason=reason,
        rulings=(ruling,),
        awards=awards,
        sizes=(),
        closes=closes,
        next_at=now + contest.rules.pause,
    )
    if closes:
        return (ruled,)
    return ruled, ask_again(evolve(contest, ruled), now, e.AskReason.REBOUND)


def unanswered(contest: Contest, reason: e.RulingReason, now: datetime) -> e.Ruled:
    """The question closes without an answer and without points."""
    return e.Ruled(
        at=now,
        index=contest.course.index,
        right=None,
        answer=contest.question.answer,
        team=None,
        player=None,
        points=0,
        reason=reason,
        rulings=(),
        awards=(),
        sizes=(),
        closes=True,
        next_at=now + contest.rules.pause,
    )
