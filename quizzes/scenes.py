"""The course of a contest as views: questions, rulings, what happens, the end. Pure."""

from __future__ import annotations

from html import escape
from typing import Any, Literal, cast

from quizzes.engine import events as e
from quizzes.engine.phases import Contest
from quizzes.engine.questions import Question
from quizzes.engine.rounds import answer_window
from quizzes.engine.rules import (
    BuzzerSegment,
    EveryoneSegment,
    Seating,
)
from quizzes.engine.scoring import QuestionState, Standings, value_right, value_wrong
from quizzes.engine.scoring import standings as standings_of
from quizzes.names import player_name, team_name
from quizzes.turn_scenes import fines, missed, order
from quizzes.views import (
    AnsweringCard,
    Asked,
    Happening,
    PlayerResult,
    QuestionCard,
    RulingCard,
    Score,
    StandingsCard,
    TeamResult,
    VoidCard,
)

_PLAYERS_SHOWN = 20
_FASTEST_SHOWN = 3
CAPTION_LIMIT = 1024
"""Telegram takes no longer caption."""
_WORDS_ROOM = 350
"""For the head, the verdict with its names, and the notes of a card."""


def lineup_change(event: e.CaptainAppointed | e.Substituted | e.SubstitutionAsked, contest: Contest) -> Happening:
    """Another captain, or a substitute who comes on."""
    players, team = contest.seats.players, team_name(contest, event.team)
    match event:
        case e.CaptainAppointed():
            return Happening(what="captain", team=team, player=players[event.player].name)
        case e.Substituted() | e.SubstitutionAsked():
            what = "substituted" if isinstance(event, e.Substituted) else "substitution_asked"
            on, off = players[event.on].name, players[event.off].name
            return Happening(what=cast(Any, what), team=team, player=on, other=off)


def asked(contest: Contest, index: int, number: int | None = None) -> Asked:
    """A question as everybody sees it, without its answer."""
    question = contest.setup.questions[index]
    return Asked(
        number=contest.course.slot + 1 if number is None else number,
        of=contest.planned,
        kind=question.kind.value,
        text=question.text,
        options=question.options,
        media=question.media,
        apart=bool(question.media) and _longest(contest, question) > CAPTION_LIMIT,
    )


def _longest(contest: Contest, question: Question) -> int:
    """About how long the card of a question can become, in HTML: with its ruling, its explanation and the score.

    The score may gain a team until then, so there is room for more than is there.
    """
    escaped = escape("".join((question.text, *question.options, question.explanation)), quote=False)
    names = [team.name for team in contest.seats.teams.values()][:_PLAYERS_SHOWN]
    score = sum(len(escape(name, quote=False)) + len(" · <b>-10000</b>") for name in names)
    return len(escaped) + len(question.options) * len("A. <b></b> ✅\n") + score + _WORDS_ROOM


def question(contest_id: int, contest: Contest, event: e.QuestionAsked, bot: str = "") -> QuestionCard:
    """A question that is asked now; ``bot``: our own user name, for typed answers in private."""
    segment = contest.rules.segment(event.segment)
    shown = contest.setup.questions[event.index]
    mode: Literal["buzzer", "everyone", "turn"] = "everyone" if event.team is None else "turn"
    length = answer_window(shown, segment)
    if isinstance(segment, BuzzerSegment):
        mode, length = "buzzer", segment.buzz
    start = None
    if mode == "turn" and not shown.kind.one_tap and not isinstance(segment, EveryoneSegment):
        start = segment.start.total_seconds()
    made_up = bool(contest.course.rulings)
    playing: tuple[str, ...] = ()
    if event.team is None and (event.excluded or event.contenders is not None):
        playing = tuple(team.name for team in contest.seats.teams.values() if team.id in contest.eligible)
    return QuestionCard(
        contest_id=contest_id,
        nonce=event.nonce,
        mode=mode,
        question=asked(contest, event.index, event.number),
        seconds=length.total_seconds(),
        reading=0.0 if event.reason is e.AskReason.REBOUND else segment.reading.total_seconds(),
        right=value_right(segment, shown, event.stake, made_up=made_up),
        wrong=value_wrong(segment, shown, event.stake, made_up=made_up),
        reason=event.reason.value,
        sudden_death=event.segment == len(contest.rules.segments),
        teams=playing,
        team=team_name(contest, event.team) or "",
        individuals=contest.rules.seating is Seating.INDIVIDUALS,
        answerer=segment.answerer.value,
        start=start,
        stake=event.stake,
        order=order(contest) if event.team is not None and event.stake is None else None,
        missed=missed(contest),
        bot=bot if mode == "everyone" and shown.kind.typed else "",
    )


def answering(contest_id: int, contest: Contest, event: e.Buzzed) -> AnsweringCard:
    """Somebody was first."""
    segment = contest.segment
    assert isinstance(segment, BuzzerSegment)
    shown = contest.setup.questions[event.index]
    return AnsweringCard(
        contest_id=contest_id,
        nonce=event.nonce,
        question=asked(contest, event.index),
        team=team_name(contest, event.team) or "",
        player=contest.seats.players[event.player].name,
        individuals=contest.rules.seating is Seating.INDIVIDUALS,
        seconds=answer_window(shown, segment).total_seconds(),
        start=None if shown.kind.one_tap else segment.start.total_seconds(),
        answerer=segment.answerer.value,
    )


def ruling(contest: Contest, event: e.Ruled, contest_id: int = 0) -> RulingCard:
    """A question that was just closed."""
    question = contest.setup.questions[event.index]
    right = [one for one in event.rulings if one.right]
    fastest = sorted(right, key=lambda one: one.after)[:_FASTEST_SHOWN]
    last = event.rulings[-1] if event.rulings else None
    player = contest.seats.players.get(event.player) if event.player is not None else None
    return RulingCard(
        question=asked(contest, event.index),
        answer=event.answer,
        explanation=question.explanation,
        reason=event.reason.value,
        right=event.right,
        team=team_name(contest, event.team),
        player=None if player is None else player.name,
        individuals=contest.rules.seating is Seating.INDIVIDUALS,
        chosen=last.options if last is not None else (),
        points=event.points,
        answered=len(event.rulings),
        correct=len(right),
        fastest=tuple(f"{player_name(contest, one.player) or ''} {one.after.total_seconds():.1f}s" for one in fastest),
        accepted=question.accepted,
        text=last.text if last is not None else "",
        stake=contest.course.stake,
        fines=fines(contest, event.index),
        protest=(contest_id, event.index) if _can_protest(contest, event) else None,
        decimals=contest.rules.decimals,
        scores=scores(contest),
    )


def _can_protest(contest: Contest, event: e.Ruled) -> bool:
    record = contest.record(event.index)
    return contest.rules.protests is not None and record is not None and record.state is not QuestionState.VOID


def void(contest: Contest, index: int, reason: str) -> VoidCard:
    """A question whose round does not count."""
    return VoidCard(question=asked(contest, index), reason=cast(Any, reason))


def scores(contest: Contest) -> tuple[Score, ...]:
    """The score now, best first."""
    now = standings_of(contest.rules, contest.seats, contest.awards)
    decimals = contest.rules.decimals
    return tuple(
        Score(name=line.name, score=line.score, rank=line.rank, decimals=decimals)
        for line in now.teams[:_PLAYERS_SHOWN]
    )


def happening(what: str, *, reason: str = "", scores: tuple[Score, ...] = ()) -> Happening:
    """Something that the group has to know."""
    return Happening(what=cast(Any, what), reason=reason, scores=scores)


def revision(
    event: e.QuestionVoided | e.QuestionReplaced | e.Overruled | e.ScoreCorrected, contest: Contest
) -> Happening:
    """A change by hand, with the score that follows from it."""
    common = {"reason": event.reason, "scores": scores(contest), "decimals": contest.rules.decimals}
    match event:
        case e.QuestionVoided():
            return Happening(what="voided", number=contest.number_of(event.index), **cast(Any, common))
        case e.QuestionReplaced():
            return Happening(what="replaced", number=contest.course.slot + 1, **cast(Any, common))
        case e.Overruled():
            number = contest.number_of(event.index)
            return Happening(what="overruled", number=number, right=event.right, **cast(Any, common))
        case e.ScoreCorrected():
            team = team_name(contest, event.team)
            return Happening(what="corrected", team=team, points=event.points, **cast(Any, common))


def standings(
    contest_id: int, contest: Contest, result: Standings, title: dict[str, str], *, revised: bool
) -> StandingsCard:
    """The end."""
    teams = {team.id: team.name for team in contest.seats.teams.values()}
    return StandingsCard(
        contest_id=contest_id,
        title=title,
        bank=contest.setup.bank,
        individuals=contest.rules.seating is Seating.INDIVIDUALS,
        revised=revised,
        decimals=contest.rules.decimals,
        teams=tuple(
            TeamResult(rank=line.rank, name=line.name, score=line.score, right=line.right, wrong=line.wrong)
            for line in result.teams[:_PLAYERS_SHOWN]
        ),
        players=tuple(
            PlayerResult(
                rank=line.rank,
                name=line.name,
                team=teams[line.team],
                score=line.score,
                right=line.right,
                wrong=line.wrong,
            )
            for line in result.players[:_PLAYERS_SHOWN]
        ),
    )
