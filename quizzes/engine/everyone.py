"""Questions that everyone answers within one window."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from quizzes.engine import commands as c
from quizzes.engine import events as e
from quizzes.engine.acts import AnswerAct, checked, chosen, noted, seated, toggled
from quizzes.engine.errors import NothingChosen
from quizzes.engine.evolve import evolve
from quizzes.engine.phases import Answer, Asking, Collecting, Contest, Reading, RoundPhase
from quizzes.engine.rules import Answerer, EveryoneSegment
from quizzes.engine.scoring import Ruling, awards_for, window_after
from quizzes.engine.teams import PlayerId, Team


def answer(
    contest: Contest, command: AnswerAct, phase: RoundPhase, settings: EveryoneSegment, now: datetime
) -> tuple[e.Event, ...]:
    """Take a mark or an answer; the question closes early once nobody is left who could still answer.

    Raises:
        ChoiceUnusable: no such answer can be given.
        NothingChosen: there is nothing to submit.
    """
    team = seated(contest, command)
    if isinstance(phase, Reading) and command.received_at >= phase.opens_at:
        ended = reading_ended(contest, settings, now)
        after = evolve(contest, ended)
        assert isinstance(after.phase, Collecting)
        return ended, *answer(after, command, after.phase, settings, now)
    too_early = isinstance(phase, Reading) or (isinstance(phase, Asking) and settings.reading)
    if too_early or not isinstance(phase, Asking | Collecting):
        return (noted(contest, command, team, e.PressKind.FALSE_START, now),)
    refusal = _refusal(contest, command, phase, settings, team)
    if refusal is not None:
        return (noted(contest, command, team, refusal, now),)
    return _taken(contest, command, phase, settings, team, now)


def _refusal(
    contest: Contest, command: AnswerAct, phase: Asking | Collecting, settings: EveryoneSegment, team: Team
) -> e.PressKind | None:
    if isinstance(phase, Collecting):
        if command.received_at > phase.closes_at:
            return e.PressKind.TOO_LATE
        if command.received_at < phase.opens_at and phase.opens_at > phase.opened_at:
            return e.PressKind.FALSE_START
    if not contest.may_play(team.id) or (settings.answerer is Answerer.CAPTAIN and command.player != team.captain):
        return e.PressKind.NOT_YOUR_TURN
    if settings.answerer is Answerer.CAPTAIN and any(
        given.team == team.id and player != command.player for player, given in phase.answers.items()
    ):
        # Another captain was appointed after the first had answered: the team has had its answer.
        return e.PressKind.SECOND
    known = phase.answers.get(command.player)
    if known is not None and (not settings.changes or command.received_at < known.received_at):
        return e.PressKind.SECOND
    return None


def _taken(
    contest: Contest,
    command: AnswerAct,
    phase: Asking | Collecting,
    settings: EveryoneSegment,
    team: Team,
    now: datetime,
) -> tuple[e.Event, ...]:
    draft, text = phase.drafts.get(command.player, ()), ""
    match command:
        case c.Toggle():
            return (chosen(contest, command, team, toggled(contest, draft, command.option), False, now),)
        case c.Submit():
            if not draft:
                raise NothingChosen
            options = draft
        case c.Choose():
            options = checked(contest, command.options)
        case c.Type():
            options, text = (), command.text
    given = chosen(contest, command, team, options, True, now, text=text)
    if settings.changes or not isinstance(phase, Collecting):
        return (given,)
    if len(phase.answers) + 1 < _answerers_count(contest, settings):
        return (given,)
    return given, close(evolve(contest, given), settings, now)


def _answerers(contest: Contest, settings: EveryoneSegment) -> tuple[PlayerId, ...]:
    """Everybody who may give an answer of their own."""
    if settings.answerer is Answerer.CAPTAIN:
        return tuple(team.captain for team in contest.seats.teams.values() if team.captain is not None)
    return tuple(player for team in contest.seats.teams.values() for player in team.members)


def _answerers_count(contest: Contest, settings: EveryoneSegment) -> int:
    seats = contest.seats
    if settings.answerer is Answerer.CAPTAIN:
        return len(seats.manned)
    return sum([len(team.members) for team in seats.teams.values()])


def reading_ended(contest: Contest, settings: EveryoneSegment, now: datetime) -> e.ReadingEnded:
    """The window opens at the moment that was announced, however late we look."""
    reading = contest.phase
    assert isinstance(reading, Reading)
    closes_at = reading.opens_at + settings.answer + contest.rules.grace
    return e.ReadingEnded(now, reading.nonce, reading.index, reading.opens_at, closes_at)


def close(contest: Contest, settings: EveryoneSegment, now: datetime) -> e.Ruled:
    """All answers are judged at once."""
    collecting, course, question = contest.phase, contest.course, contest.question
    assert isinstance(collecting, Collecting)

    def ruling(player: PlayerId, given: Answer) -> Ruling:
        after = window_after(given.received_at, collecting.opens_at)
        right = question.is_right(given.options, given.text)
        return Ruling(player, given.team, given.options, right, after, given.text)

    rulings = tuple(ruling(player, given) for player, given in collecting.answers.items())
    players = contest.seats.players
    counted = Counter(players[player].team for player in _answerers(contest, settings))
    sizes = tuple(sorted(counted.items()))
    return e.Ruled(
        at=now,
        index=course.index,
        right=None,
        answer=question.answer,
        team=None,
        player=None,
        points=0,
        reason=e.RulingReason.EVERYONE,
        rulings=rulings,
        awards=awards_for(contest.rules, course.segment, course.index, question, rulings, sizes),
        sizes=sizes,
        closes=True,
        next_at=now + contest.rules.pause,
    )
