"""What players do with buttons, as the record keeps it."""

from __future__ import annotations

from datetime import datetime

from quizzes.engine import commands as c
from quizzes.engine import events as e
from quizzes.engine.errors import ChoiceUnusable, NotSeated
from quizzes.engine.phases import Contest
from quizzes.engine.teams import Team

AnswerAct = c.Choose | c.Toggle | c.Submit | c.Type
ButtonAct = c.Press | c.Stake | c.Choose | c.Toggle | c.Submit
PlayerAct = c.Press | c.Stake | AnswerAct


def seated(contest: Contest, act: PlayerAct) -> Team:
    """The team of whoever acts.

    Raises:
        NotSeated: the person plays in no team.
    """
    team = contest.team_of(act.player)
    if team is None:
        raise NotSeated(player=act.player)
    return team


def noted(contest: Contest, act: PlayerAct, team: Team, kind: e.PressKind, now: datetime) -> e.PressNoted:
    """The act for the record, with what became of it."""
    course = contest.course
    return e.PressNoted(now, act.player, team.id, act.update_id, act.received_at, course.nonce, course.index, kind)


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
    command: AnswerAct,
    team: Team,
    options: tuple[int, ...],
    final: bool,
    now: datetime,
    closes_at: datetime | None = None,
    text: str = "",
) -> e.Chosen:
    """The act for the record."""
    return e.Chosen(
        at=now,
        player=command.player,
        team=team.id,
        options=options,
        update_id=command.update_id,
        received_at=command.received_at,
        nonce=contest.course.nonce,
        index=contest.course.index,
        final=final,
        closes_at=closes_at,
        text=text,
    )
