"""Events as stored: what goes out comes back, and what is not ours is refused."""

from __future__ import annotations

import json
import typing

import pytest

from quizzes.engine import commands as c
from quizzes.engine import errors, replay
from quizzes.engine import events as e
from quizzes.engine.codec import event_from_dict, event_to_dict, rules_from_dict, rules_to_dict
from quizzes.engine.rules import BuzzerSegment, FalseStart, RequiredSegment, RiskSegment, Rules
from tests.engine.bench import judged
from tests.engine.play import ANNA, BO, BUZZER, CHEN, EVERYONE, HOST, RED, Play, but, questions, seconds


def eventful() -> Play:
    """A contest in which everything happens that can happen."""
    play = Play(
        but(BUZZER, questions=3, reading=seconds(1), false_start=FalseStart.FINED, rebounds=1),
        but(EVERYONE, questions=1, speed_floor=50),
        bank=questions(7),
        tie_break=BuzzerSegment(),
    )
    play.seats()
    play.does(c.Ready(ANNA))
    play.does(c.Appoint(BO, HOST))
    play.does(c.Join(99, "Passing", team=RED))
    play.does(c.Leave(99))
    play.shows()
    play.presses(ANNA)
    play.wakes()
    play.buzzes(CHEN)
    play.chooses(CHEN, 0)
    play.asks()
    play.does(c.LoseShown(play.nonce))
    play.does(c.Recover())
    play.does(c.Pause(HOST, "tea"))
    play.does(c.Resume(HOST))
    play.does(c.ReplaceQuestion(HOST, "typo"))
    play.does(c.VoidQuestion(play.now_.course.index, HOST, "typo too"))
    play.does(c.Overrule(0, False, HOST, "book"))
    play.does(c.CorrectScore(RED, 20, HOST, "tug of war"))
    play.asks()
    play.shows()
    play.wakes()
    play.wakes()
    play.shows()
    play.chooses(ANNA, 0)
    play.wakes()
    play.wakes()
    play.does(c.CorrectScore(RED, 1, HOST, "count"))
    return play


def test_every_event_survives_being_stored() -> None:
    """Each type of event goes through JSON and comes back equal; so the replay is the same contest."""
    play = eventful()
    staked = Play(RiskSegment(questions=1))
    staked.does(c.Join(ANNA, "Anna", team_name="Red"))
    staked.does(c.Start(HOST))
    staked.wakes()
    staked.confirms()
    staked.stakes(ANNA, 30)
    aborted = Play()
    aborted.does(c.Abort(HOST, "rain"))
    log = play.log + staked.log + aborted.log + judged().log

    stored = [json.loads(json.dumps(event_to_dict(event))) for event in log]
    back = [event_from_dict(line) for line in stored]

    assert {type(event) for event in log} == set(typing.get_args(e.Event))
    assert back == log
    assert replay(back[: len(play.log)]) == play.contest


def test_rules_survive_being_stored() -> None:
    """All fields, segments of every kind, sudden death and none."""
    full = Rules(
        (BUZZER, EVERYONE, but(EVERYONE, speed_floor=30), RequiredSegment(make_up=5), RiskSegment(stakes=(20, 40))),
        settle=seconds(0.25),
        tie_break=BuzzerSegment(),
    )

    for rules in (full, Rules((BUZZER,))):
        assert rules_from_dict(json.loads(json.dumps(rules_to_dict(rules)))) == rules


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"v": 2}, "unknown_version"),
        ({"v": None}, "unknown_version"),
        ({"type": "Exploded"}, "unknown_type"),
        ({"type": 7}, "unknown_type"),
        ({"extra": 1}, "unknown_field"),
        ({"player": "Anna"}, "wrong_kind"),
        ({"player": True}, "wrong_kind"),
        ({"kind": "maybe"}, "unknown_value"),
        ({"at": "yesterday"}, "not_a_time"),
        ({"at": "2026-03-16T01:00:00"}, "not_a_time"),
        ({"at": 5}, "not_a_time"),
    ],
)
def test_lines_that_are_not_ours_are_refused(changed: dict[str, object], problem: str) -> None:
    """A stored line that says anything we do not know is named and not guessed at."""
    play = Play()
    play.shows()
    note, _ = play.presses(ANNA)

    with pytest.raises(errors.LogUnreadable) as refused:
        event_from_dict({**event_to_dict(note), **changed})

    assert refused.value.params["problem"] == problem


def test_missing_and_misshapen_parts_are_named() -> None:
    """The refusal says where in the line the fault is."""
    opened = event_to_dict(Play().log[0])
    rules = dict(opened["rules"])
    cases = {
        "Opened.bank": {key: value for key, value in opened.items() if key != "bank"},
        "Opened.rules": {**opened, "rules": 5},
        "Opened.questions": {**opened, "questions": "all"},
        "Opened.rules.grace": {**opened, "rules": {**rules, "grace": 0.5}},
        "Opened.rules.segments": {**opened, "rules": {**rules, "segments": [5]}},
        "Opened.rules.segments.segment": {**opened, "rules": {**rules, "segments": [{"segment": "riddle"}]}},
    }

    for where, line in cases.items():
        with pytest.raises(errors.LogUnreadable) as refused:
            event_from_dict(line)
        assert refused.value.params["field"] == where


def test_a_log_begins_with_the_opening() -> None:
    """An empty log, a log without its head and a second opening are refused."""
    play = Play()
    play.seats()

    with pytest.raises(errors.NotOpenedYet):
        replay([])
    with pytest.raises(errors.NotOpenedYet):
        replay(play.log[1:])
    with pytest.raises(errors.AlreadyOpened):
        replay([play.log[0], play.log[0]])
