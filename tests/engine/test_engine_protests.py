"""Protests: by whom, against what, until when; and what a decision does to the score."""

from __future__ import annotations

import pytest

from quizzes.engine import commands as c
from quizzes.engine import commands_bench as cb
from quizzes.engine import errors
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.bench import How, Verdict
from quizzes.engine.judge_rules import ProtestRules
from quizzes.engine.phases import Closing, Finished
from quizzes.engine.rules import BuzzerSegment
from tests.engine.bench import LI, WANG, Bout
from tests.engine.play import ANNA, BLUE, BO, BUZZER, CHEN, DING, EVERYONE, HOST, RED, but, questions, seconds


def test_an_upheld_protest_turns_the_ruling_and_is_given_back() -> None:
    """The team's wrong answer becomes right, the score follows, and the protest does not count."""
    play = Bout()
    play.answers(ANNA, 1)
    play.protests(ANNA, 0, "the book says so")

    play.votes(WANG, Verdict.OVERTURNED)
    events = play.votes(LI, Verdict.OVERTURNED)

    assert [type(event) for event in events] == [eb.BallotCast, eb.Decided, e.Overruled]
    assert play.scores[RED] == 10
    assert play.now_.bench.protests[0].is_upheld


def test_a_right_answer_can_be_protested_too() -> None:
    """Another captain doubts a right answer: it becomes wrong."""
    play = Bout()
    play.answers(ANNA, 0)
    play.protests(CHEN, 0)

    play.votes(WANG, Verdict.OVERTURNED)
    play.votes(LI, Verdict.OVERTURNED)

    assert play.scores[RED] == -10


def test_an_upheld_protest_takes_back_the_rebound() -> None:
    """Had the first answer been ruled right, the question would not have gone on."""
    play = Bout(but(BUZZER, questions=2, rebounds=1))
    play.answers(ANNA, 1)
    play.shows()
    play.buzzes(CHEN)
    play.chooses(CHEN, 0)
    play.protests(ANNA)

    play.votes(WANG, Verdict.OVERTURNED)
    play.votes(LI, Verdict.OVERTURNED)

    assert (play.scores[RED], play.scores[BLUE]) == (10, 0)


def test_a_void_verdict_takes_all_points_back() -> None:
    """The question does not count."""
    play = Bout()
    play.answers(ANNA, 1)
    play.protests(ANNA)

    play.votes(WANG, Verdict.VOID)
    play.votes(LI, Verdict.VOID)

    assert set(play.scores.values()) == {0}
    assert play.now_.bench.protests[0].is_upheld


def test_only_so_many_protests_may_fail() -> None:
    """Two rulings that stand use up a team's protests; another team has its own."""
    play = Bout(but(BUZZER, questions=3))
    for index in (0, 1):
        play.answers(ANNA, 1)
        play.protests(ANNA)
        play.votes(WANG, Verdict.STANDS, index + 1)
        play.votes(LI, Verdict.STANDS, index + 1)
    play.answers(ANNA, 1)

    with pytest.raises(errors.NoProtestLeft):
        play.protests(ANNA)
    assert play.protests(CHEN)


def test_wrong_people_and_wrong_times_are_refused() -> None:
    """Members, strangers, old rulings, a second protest on the same ruling: nothing changes."""
    play = Bout()
    play.asks()
    with pytest.raises(errors.NothingToProtest):
        play.protests(ANNA)
    play.answers(ANNA, 1)
    play.answers(ANNA, 1)
    with pytest.raises(errors.OnlyCaptainsProtest):
        play.protests(BO)
    with pytest.raises(errors.NotSeated):
        play.protests(WANG)
    with pytest.raises(errors.NothingToProtest):
        play.protests(ANNA, 0)
    play.protests(ANNA, 1)
    with pytest.raises(errors.AlreadyProtested):
        play.protests(CHEN, 1)
    play.votes(WANG, Verdict.STANDS)
    play.votes(LI, Verdict.STANDS)
    with pytest.raises(errors.AlreadyProtested):
        play.protests(ANNA, 1)
    with pytest.raises(errors.MatterClosed):
        play.votes(WANG, Verdict.STANDS)


def test_a_reason_may_follow() -> None:
    """The captain presses first and explains afterwards, once."""
    play = Bout()
    play.answers(ANNA, 1)
    play.protests(ANNA, 0)

    play.protests(ANNA, reason="  line\none ")

    assert play.now_.bench.protests[0].reason == "line one"
    with pytest.raises(errors.AlreadyProtested):
        play.protests(ANNA, reason="and another")


def test_a_protest_may_come_while_the_next_question_is_open() -> None:
    """Until the next question closes; the contest goes on meanwhile, and what follows is counted anew."""
    play = Bout()
    play.answers(ANNA, 1)
    play.shows()
    play.protests(ANNA, 0)
    play.votes(WANG, Verdict.OVERTURNED)
    play.buzzes(CHEN)
    play.chooses(CHEN, 0)
    play.votes(LI, Verdict.OVERTURNED)

    assert (play.scores[RED], play.scores[BLUE]) == (10, 10)


def test_nobody_judges_a_protest() -> None:
    """The panel's time, the chief's time, then the ruling stands; the log says that nobody judged."""
    play = Bout(but(BUZZER, questions=1))
    play.answers(ANNA, 1)
    play.protests(ANNA)
    play.wakes()
    assert isinstance(play.phase, Closing)

    play.wakes()
    play.wakes()

    decided = play.last(eb.Decided)
    assert (decided.verdict, decided.how) == (None, How.NOBODY)
    assert play.scores[RED] == -10
    play.wakes()
    assert isinstance(play.phase, Finished)


def test_the_last_ruling_can_be_protested_for_a_while() -> None:
    """The end waits for the window, then for the protest; the standings announced are those after it."""
    play = Bout(but(BUZZER, questions=1))
    play.answers(ANNA, 1)
    play.wakes()
    assert isinstance(play.phase, Closing)
    play.passes(30)
    play.protests(ANNA)
    play.passes(40)
    assert play.does(c.Wake()) == ()
    play.votes(WANG, Verdict.OVERTURNED)
    play.votes(LI, Verdict.OVERTURNED)

    play.wakes()

    assert play.last(e.ContestFinished).standings.teams[0].score == 10
    with pytest.raises(errors.ContestOver):
        play.protests(ANNA)


def test_a_protest_decides_whether_there_is_sudden_death() -> None:
    """A tie that a protest makes is settled after it."""
    play = Bout(but(BUZZER, questions=1, wrong=0), bank=questions(3), tie_break=BuzzerSegment())
    play.answers(ANNA, 0)
    play.wakes()
    play.protests(CHEN)
    play.votes(WANG, Verdict.VOID)
    play.votes(LI, Verdict.VOID)

    play.wakes()

    assert play.last(e.QuestionAsked).contenders is not None


def test_rules_without_protests_end_at_once() -> None:
    """No window, no protest."""
    play = Bout(but(BUZZER, questions=1), protests=None)
    play.answers(ANNA, 1)
    with pytest.raises(errors.NoProtests):
        play.protests(ANNA)

    play.wakes()

    assert isinstance(play.phase, Finished)


def test_no_window_means_no_wait() -> None:
    """A window of nothing: the end comes at once unless a protest is open."""
    play = Bout(but(BUZZER, questions=1), protests=ProtestRules(window=seconds(0)))
    play.answers(ANNA, 1)

    play.wakes()

    assert isinstance(play.phase, Finished)


def test_a_question_voided_by_hand_leaves_the_protest_without_effect() -> None:
    """The verdict is noted; nothing is taken back twice."""
    play = Bout()
    play.answers(ANNA, 1)
    play.protests(ANNA)
    play.does(c.VoidQuestion(0, HOST, "misprint"))

    with pytest.raises(errors.VerdictUnfit):
        play.votes(WANG, Verdict.OVERTURNED)
    play.votes(WANG, Verdict.VOID)
    events = play.votes(LI, Verdict.VOID)

    assert [type(event) for event in events] == [eb.BallotCast, eb.Decided]


def test_everyone_questions_are_protested_team_by_team() -> None:
    """The team's own answers become right, the others' stay."""
    play = Bout(but(EVERYONE, questions=1))
    play.shows()
    play.chooses(ANNA, 1)
    play.chooses(CHEN, 0)
    play.wakes()
    play.protests(ANNA)
    with pytest.raises(errors.AlreadyProtested):
        play.protests(DING)

    play.votes(WANG, Verdict.OVERTURNED)
    play.votes(LI, Verdict.OVERTURNED)

    assert (play.scores[RED], play.scores[BLUE]) == (10, 10)


def test_without_a_panel_the_host_decides() -> None:
    """The host's word is enough."""
    play = Bout(panel=False)
    play.answers(ANNA, 1)
    play.protests(ANNA)

    play.does(cb.JudgeProtest(HOST, 1, Verdict.OVERTURNED))

    assert play.scores[RED] == 10


def test_protests_are_judged_while_the_contest_is_paused() -> None:
    """A pause stops the questions, not the panel."""
    play = Bout()
    play.answers(ANNA, 1)
    play.protests(ANNA)
    play.does(c.Pause(HOST, "tea"))

    play.votes(WANG, Verdict.OVERTURNED)
    play.votes(LI, Verdict.OVERTURNED)

    assert play.scores[RED] == 10
