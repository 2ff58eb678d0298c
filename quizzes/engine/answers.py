"""Whoever is called answers: a team or one player of it, because they were first or because it is their turn."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine import commands as c
from quizzes.engine import events as e
from quizzes.engine import panel
from quizzes.engine.acts import AnswerAct, checked, chosen, noted, seated, toggled
from quizzes.engine.errors import NotAnswering, NothingChosen
from quizzes.engine.evolve import evolve
from quizzes.engine.phases import Answering, Asking, Called, Contest, Reading, RoundPhase, Starting, Turn
from quizzes.engine.rounds import answer_window, ask_again, time_to_answer
from quizzes.engine.rules import Answerer, BuzzerSegment, CalledSegment, EveryoneSegment, NotStarted, RequiredSegment
from quizzes.engine.scoring import Ruling, awards_for
from quizzes.engine.teams import PlayerId, Team
from quizzes.engine.turns import after_wrong

AnswerPhase = Called | Starting | Answering


def answer(
    contest: Contest, command: AnswerAct, phase: RoundPhase, settings: CalledSegment, now: datetime
) -> tuple[e.Event, ...]:
    """Take a mark or an answer of whoever was called.

    Where teams take turns they are called by the question itself, so what comes before its message is confirmed counts.

    Raises:
        NotAnswering: nobody is called.
        ChoiceUnusable: no such answer can be given.
        NothingChosen: there is nothing to submit.
    """
    team = seated(contest, command)
    turn = turn_of(contest, phase)
    if turn is None:
        raise NotAnswering
    if isinstance(phase, Reading) and command.received_at >= phase.opens_at:
        ended = reading_ended(contest, settings, now)
        after = _all(contest, ended)
        assert isinstance(after.phase, Called | Starting | Answering)
        return *ended, *answer(after, command, after.phase, settings, now)
    if not may_answer(settings, turn, command.player, team):
        return (noted(contest, command, team, e.PressKind.NOT_YOUR_TURN, now),)
    if isinstance(phase, Reading) or (isinstance(phase, Asking) and settings.reading and not phase.rebound):
        return (noted(contest, command, team, e.PressKind.FALSE_START, now),)
    if is_late(phase, command.received_at):
        return (noted(contest, command, team, e.PressKind.TOO_LATE, now),)
    return _taken(contest, command, phase, settings, team, now)


def turn_of(contest: Contest, phase: RoundPhase) -> Turn | None:
    """Who is called; None while nobody is."""
    match phase:
        case Called() | Starting() | Answering():
            return phase.turn
        case Asking() | Reading():
            team = contest.course.team
            return None if team is None else Turn(team)
        case _:
            return None


def may_type(contest: Contest, phase: RoundPhase) -> frozenset[PlayerId]:
    """The players whose written words would be an answer now."""
    turn, settings = turn_of(contest, phase), contest.segment
    if turn is None or isinstance(settings, EveryoneSegment):
        return frozenset()
    team = contest.seats.teams[turn.team]
    return frozenset(player for player in team.members if may_answer(settings, turn, player, team))


def is_wanted(contest: Contest, phase: RoundPhase, command: c.Type, settings: CalledSegment) -> bool:
    """Whether somebody's written words are meant as an answer: they are called, and did not write before they were."""
    turn, team = turn_of(contest, phase), contest.team_of(command.player)
    if turn is None or team is None or not may_answer(settings, turn, command.player, team):
        return False
    return turn.received_at is None or command.received_at >= turn.received_at


def _taken(
    contest: Contest, command: AnswerAct, phase: RoundPhase, settings: CalledSegment, team: Team, now: datetime
) -> tuple[e.Event, ...]:
    draft = _draft(phase)
    text = ""
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
        case c.Type():
            options, text = (), command.text
    given = chosen(contest, command, team, options, True, now, text=text)
    if contest.question.kind in contest.rules.judges.kinds:
        return given, panel.answer_ended(
            contest, team.id, command.player, command.player, command.received_at, now, text
        )
    right = contest.question.is_right(options, text)
    opened_at = phase.opened_at if isinstance(phase, AnswerPhase) else command.received_at
    ruling = Ruling(command.player, team.id, options, right, command.received_at - opened_at, text)
    return given, *rule(contest, settings, ruling, e.RulingReason.ANSWERED, now)


def _draft(phase: RoundPhase) -> tuple[int, ...]:
    match phase:
        case Called() | Answering():
            return phase.draft
        case Asking():
            return next(iter(phase.drafts.values()), ())
        case _:
            return ()


def may_answer(settings: CalledSegment, turn: Turn, player: PlayerId, team: Team) -> bool:
    """Whether this person is the one who was called, or may speak for the team that was."""
    if team.id != turn.team:
        return False
    match settings.answerer:
        case Answerer.PRESSER:
            return turn.player in (None, player)
        case Answerer.CAPTAIN:
            return player == team.captain
        case Answerer.MEMBER:
            return True


def is_late(phase: RoundPhase, received_at: datetime) -> bool:
    """Whether the time to begin, or to answer, was over."""
    match phase:
        case Starting():
            return received_at > phase.starts_by
        case Answering():
            return received_at > phase.closes_at
        case _:
            return False


def reading_ended(contest: Contest, settings: CalledSegment, now: datetime) -> tuple[e.Event, ...]:
    """The team's time begins at the moment that was announced, however late we look."""
    reading = contest.phase
    assert isinstance(reading, Reading)
    closes_at = reading.opens_at + answer_window(contest.question, settings) + contest.rules.grace
    ended = e.ReadingEnded(now, reading.nonce, reading.index, reading.opens_at, closes_at)
    return ended, time_to_answer(evolve(contest, ended), reading.opens_at, now)


def out_of_time(
    contest: Contest, phase: Starting | Answering, settings: CalledSegment, now: datetime
) -> tuple[e.Event, ...]:
    """Whoever was called did not answer in time: that is wrong; if they did nothing at all, it may cost nothing."""
    if settings.not_started is NotStarted.VOID and not _draft(phase):
        return (unanswered(contest, e.RulingReason.NOT_STARTED, now, phase.turn),)
    reason = e.RulingReason.NOT_STARTED if isinstance(phase, Starting) else e.RulingReason.NOT_ANSWERED
    ruling = Ruling(phase.turn.player, phase.turn.team, (), False, now - phase.opened_at)
    return rule(contest, settings, ruling, reason, now)


def rule(
    contest: Contest, settings: CalledSegment, ruling: Ruling, reason: e.RulingReason, now: datetime
) -> tuple[e.Event, ...]:
    """The ruling, and where it leads: the question closes or goes to the other teams."""
    course = contest.course
    awards = awards_for(
        contest.rules,
        course.segment,
        course.index,
        contest.question,
        (ruling,),
        stake=course.stake,
        earlier=len(course.rulings),
    )
    closes = ruling.right or not _others_may_try(contest, settings, ruling)
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


def _others_may_try(contest: Contest, settings: CalledSegment, ruling: Ruling) -> bool:
    match settings:
        case BuzzerSegment():
            return len(contest.course.rulings) < settings.rebounds and bool(contest.eligible - {ruling.team})
        case RequiredSegment():
            return after_wrong(contest, ruling.team) is not None
        case _:
            return False


def unanswered(contest: Contest, reason: e.RulingReason, now: datetime, turn: Turn | None = None) -> e.Ruled:
    """The question closes without an answer and without points; ``turn``: who was called and did nothing."""
    return e.Ruled(
        at=now,
        index=contest.course.index,
        right=None,
        answer=contest.question.answer,
        team=None if turn is None else turn.team,
        player=None if turn is None else turn.player,
        points=0,
        reason=reason,
        rulings=(),
        awards=(),
        sizes=(),
        closes=True,
        next_at=now + contest.rules.pause,
    )


def _all(contest: Contest, events: tuple[e.Event, ...]) -> Contest:
    for event in events:
        contest = evolve(contest, event)
    return contest
