"""Random contests, for what has to hold after every event of every contest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from quizzes.engine import commands as c
from quizzes.engine.errors import ContestError
from quizzes.engine.events import Event
from quizzes.engine.phases import Aborted, Asking, Called, Finished, Lobby, Offering, Paused, Staking
from quizzes.engine.questions import Kind, Question
from quizzes.engine.rules import BuzzerSegment, EveryoneSegment, FalseStart, RequiredSegment, RiskSegment
from quizzes.engine.wake import wake_at
from tests.engine.play import BO, CHEN, DING, HOST, Play, seconds

PLAYERS = (11, BO, CHEN, DING)


def random_questions(dice: Random, count: int) -> tuple[Question, ...]:
    """Questions of both kinds with answers anywhere."""
    made = []
    for number in range(count):
        kind = dice.choice([Kind.SINGLE, Kind.SEVERAL])
        size = dice.randint(2, 8)
        answer = sorted(dice.sample(range(size), 1 if kind is Kind.SINGLE else dice.randint(1, size)))
        options = tuple(f"option {number}.{place}" for place in range(size))
        made.append(Question(f"q{number}", kind, f"text {number}", options, tuple(answer), f"because {number}"))
    return tuple(made)


def random_contest(dice: Random, steps: int = 60) -> list[Event]:
    """The log of a contest in which people do this and that, most of it fitting."""
    buzzer = BuzzerSegment(
        questions=dice.randint(1, 2),
        reading=seconds(dice.choice([0, 2])),
        rebounds=dice.choice([0, 1, 2]),
        false_start=dice.choice(list(FalseStart)),
    )
    everyone = EveryoneSegment(
        questions=dice.randint(1, 2), reading=seconds(dice.choice([0, 2])), changes=dice.random() < 0.5
    )
    required, risk = RequiredSegment(questions=3), RiskSegment(questions=3)
    segments = dice.choice([(buzzer, everyone), (everyone, buzzer), (required,), (risk,), (required, buzzer, risk)])
    planned = sum(segment.questions for segment in segments)
    play = Play(
        *segments,
        bank=random_questions(dice, planned + 2),
        settle=timedelta(milliseconds=dice.choice([0, 250])),
        tie_break=replace(buzzer, rebounds=0),
        base=100,
    )
    play.seats()
    for _ in range(steps):
        if isinstance(play.phase, Finished | Aborted):
            break
        try:
            _does_something(play, dice)
        except ContestError:
            continue
    return play.log


def _does_something(play: Play, dice: Random) -> None:
    phase, nonce = play.phase, play.nonce
    if dice.random() < 0.12:
        _interferes(play, dice)
    elif isinstance(phase, Lobby):
        play.does(dice.choice([c.Start(HOST), c.Ready(dice.choice(PLAYERS)), c.Appoint(BO, HOST)]))
    elif isinstance(phase, Paused):
        play.does(c.Resume(HOST))
    elif isinstance(phase, Staking) and dice.random() < 0.7:
        team = play.now_.seats.teams[play.now_.course.team or 1]
        play.update_id += 1
        play.does(c.Stake(team.members[0], dice.choice([10, 30, None]), play.update_id, play.at, nonce))
    elif isinstance(phase, Asking | Offering) and dice.random() < 0.7:
        play.does(c.LoseShown(nonce) if dice.random() < 0.1 else c.ConfirmShown(nonce, play.at))
    elif isinstance(phase, Called) and dice.random() < 0.7:
        play.does(c.LoseAnswering(nonce) if dice.random() < 0.1 else c.ConfirmAnswering(nonce, play.at))
    elif dice.random() < 0.6:
        play.at += seconds(dice.choice([0.1, 0.4, 1]))
        player = dice.choice(PLAYERS)
        if hasattr(phase, "turn") and phase.turn.player and dice.random() < 0.8:
            player = phase.turn.player
        size = len(play.now_.question.options)
        option = dice.randrange(size)
        if dice.random() < 0.5:
            play.presses(player)
        elif play.now_.question.kind is Kind.SINGLE or dice.random() < 0.4:
            play.chooses(player, *(play.now_.question.answer if dice.random() < 0.5 else (option,)))
        else:
            play.toggles(player, option)
    elif wake_at(play.now_) is not None:
        play.wakes()


def _interferes(play: Play, dice: Random) -> None:
    index = play.now_.course.index
    play.does(
        dice.choice(
            [
                c.Pause(HOST, "tea"),
                c.VoidQuestion(index, HOST, "typo"),
                c.ReplaceQuestion(HOST, "typo"),
                c.Overrule(index, dice.random() < 0.5, HOST, "protest"),
                c.CorrectScore(dice.choice([1, 2, 3]), dice.choice([-5, 5]), HOST, "by hand"),
                c.LoseConnection(play.at - seconds(1), play.at),
                c.Recover(),
                c.Join(99, "Late", 1),
            ]
        )
    )
