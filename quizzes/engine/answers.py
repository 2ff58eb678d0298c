"""Whoever is called answers: a team or one player of it, because they were first or because it is their turn."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine import commands as c
from quizzes.engine import events as e
from quizzes.engine.acts import PlayerAct, checked, chosen, noted, seated, toggled
from quizzes.engine.errors import NotAnswering, NothingChosen
from quizzes.engine.evolve import evolve
from quizzes.engine.phases import Answering, Called, Contest, RoundPhase, Starting
from quizzes.engine.rounds import ask_again
from quizzes.engine.rules import Answerer, BuzzerSegment
from quizzes.engine.scoring import Ruling, awards_for
from quizzes.engine.teams import Team

AnswerPhase = Called | Starting | Answering


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
    if not may_answer(settings, phase, command, team):
        return (noted(contest, command, team, e.PressKind.NOT_YOUR_TURN, now),)
    if is_late(phase, command.received_at):
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


def may_answer(settings: BuzzerSegment, phase: AnswerPhase, command: PlayerAct, team: Team) -> bool:
    """Whether this person is the one who was called, or may speak for the team that was."""
    turn = phase.turn
    if team.id != turn.team:
        return False
    match settings.answerer:
        case Answerer.PRESSER:
            return turn.player in (None, command.player)
        case Answerer.CAPTAIN:
            return command.player == team.captain
        case Answerer.MEMBER:
            return True


def is_late(phase: AnswerPhase, received_at: datetime) -> bool:
    """Whether the time to begin, or to answer, was over."""
    match phase:
        case Starting():
            return received_at > phase.starts_by
        case Answering():
            return received_at > phase.closes_at
        case Called():
            return False


def out_of_time(
    contest: Contest, phase: Starting | Answering, settings: BuzzerSegment, now: datetime
) -> tuple[e.Event, ...]:
    """Whoever was called did not answer in time: that is wrong."""
    reason = e.RulingReason.NOT_STARTED if isinstance(phase, Starting) else e.RulingReason.NOT_ANSWERED
    ruling = Ruling(phase.turn.player, phase.turn.team, (), False, now - phase.opened_at)
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
