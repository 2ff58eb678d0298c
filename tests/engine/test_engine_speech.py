"""Speeches: the order, the clock, the scores, and what happens when nobody scores."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine import commands as c
from quizzes.engine import commands_bench as cb
from quizzes.engine import errors
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.phases import Asking, Finished, Interval
from quizzes.engine.rules import AnySegment, SpeechOrder
from quizzes.engine.stage import Scoring, Summoned, Talking, Unscored
from tests.engine.bench import LI, SPEECH, WANG, ZHAO, Bout
from tests.engine.play import ANNA, BUZZER, CHEN, DING, HOST, RED, but, questions, seconds

SEATED = but(SPEECH, order=SpeechOrder.SEAT)


def stage(*segments: AnySegment, **rules: Any) -> Bout:
    return Bout(*(segments or (SEATED,)), bank=(), decimals=2, **rules)


def test_speakers_come_by_lot_or_as_they_sit() -> None:
    """Each team once; the draw is recorded and depends on the contest's seed alone."""
    orders = set()
    for seed in range(12):
        play = stage(SPEECH, seed=seed)
        play.seats()
        play.does(c.Start(HOST))
        play.wakes()
        orders.add(play.last(eb.SpeakersDrawn).order)

    assert len(orders) > 1
    assert {tuple(sorted(order)) for order in orders} == {(1, 2, 3)}


def test_the_mean_has_two_decimals_and_no_floats() -> None:
    """91.5, 88 and 90.2 are 89.90 on the mean: 8990 hundredths in the ledger."""
    play = stage()
    play.talks()

    play.scores_with((WANG, 9150), (LI, 8800), (ZHAO, 9020))

    assert play.scores[RED] == 8990
    assert isinstance(play.phase, Interval)


def test_highest_and_lowest_are_dropped_if_there_are_enough() -> None:
    """Five judges: the extremes go, one each; four: none."""
    marks = ((WANG, 9000), (LI, 6000), (ZHAO, 10000), (504, 9000), (505, 9300))
    five, four = stage(), stage()
    for play, count in ((five, 5), (four, 4)):
        for judge in (504, 505)[: count - 3]:
            play.does(cb.NameJudge(judge, str(judge), HOST))
        play.talks()
        play.scores_with(*marks[:count])

    assert five.scores[RED] == 9100
    assert [mark.counts for mark in five.last(eb.TalkScored).marks] == [True, False, False, True, True]
    assert four.scores[RED] == 8500


@given(st.lists(st.integers(0, 1000).map(lambda tenths: tenths * 10), min_size=1, max_size=3))
def test_the_mean_is_rounded_half_up(scores: list[int]) -> None:
    """Whatever the scores, the points are the nearest hundredth."""
    play = stage()
    for judge in (LI, ZHAO)[: 3 - len(scores)]:
        play.does(cb.DismissJudge(judge, HOST))
    left = [judge.id for judge in play.now_.bench.judges]
    play.talks()

    play.scores_with(*zip(left, scores, strict=True))

    assert abs(2 * sum(scores) - 2 * len(scores) * play.scores[RED]) <= len(scores)


def test_a_silent_judge_is_left_out() -> None:
    """The time for scores ends: the mean is of those that are there."""
    play = stage()
    play.talks()
    play.scores_with((WANG, 9000))

    play.wakes()

    assert play.scores[RED] == 9000


def test_no_scores_at_all_are_the_hosts_matter() -> None:
    """The host repeats the scoring or skips; if the host is silent too, the speaker is skipped."""
    play = stage()
    play.talks()
    play.wakes()
    assert isinstance(play.phase, Unscored)
    play.does(cb.RepeatScoring(HOST, play.nonce))
    assert isinstance(play.phase, Scoring)
    play.wakes()
    play.wakes()

    assert play.last(eb.SpeakerSkipped).by is None
    assert play.scores[RED] == 0


def test_scores_out_of_range_or_with_too_many_decimals_are_refused() -> None:
    """Nothing is stored; the judge may try again, but only once it counts."""
    play = stage()
    play.talks()
    for score in (-100, 10010, 9001):
        with pytest.raises(errors.ScoreUnusable):
            play.scores_with((WANG, score))
    with pytest.raises(errors.NotOnPanel):
        play.scores_with((ANNA, 9000))
    play.scores_with((WANG, 9010))
    with pytest.raises(errors.AlreadyVoted):
        play.scores_with((WANG, 9500))
    with pytest.raises(errors.MatterClosed):
        play.does(cb.GiveScore(LI, play.nonce + 1, 9000))


def test_the_talk_has_a_clock() -> None:
    """It begins by a press of the speaker's team or by itself, warns, and ends by itself."""
    play = stage()
    play.seats()
    play.does(c.Start(HOST))
    play.wakes()
    with pytest.raises(errors.NotYourTalk):
        play.does(cb.BeginTalk(CHEN, play.nonce))
    play.does(cb.BeginTalk(ANNA, play.nonce))
    began = play.at
    with pytest.raises(errors.NothingBegins):
        play.does(cb.BeginTalk(ANNA, play.nonce))

    play.wakes()
    assert play.at == began + seconds(150)
    assert play.count(eb.TalkWarned) == 1
    play.does(cb.Extend(HOST, seconds(20)))
    play.wakes()

    assert play.at == began + seconds(200)
    assert isinstance(play.phase, Scoring)


def test_speeches_need_judges() -> None:
    """A contest of speeches does not start without a panel."""
    play = Bout(SEATED, bank=(), panel=False)
    play.seats()

    with pytest.raises(errors.NoJudges):
        play.does(c.Start(HOST))


def test_a_pause_calls_the_same_speaker_again() -> None:
    """What was going on is begun anew; scores of others stay."""
    play = stage()
    play.talks()
    play.scores_with((WANG, 9000), (LI, 9000), (ZHAO, 9000))
    play.wakes()
    team = play.phase.team
    play.does(cb.BeginTalk(HOST, play.nonce, host=True))
    play.does(c.Pause(HOST, "tea"))

    play.does(c.Resume(HOST))

    assert isinstance(play.phase, Summoned)
    assert play.phase.team == team
    assert play.scores[RED] == 9000


def test_a_restart_lets_the_talk_go_on() -> None:
    """Who speaks in the hall is not interrupted."""
    play = stage()
    play.seats()
    play.does(c.Start(HOST))
    play.wakes()
    play.does(cb.BeginTalk(ANNA, play.nonce))
    phase = play.phase

    play.does(c.Recover())

    assert play.phase == phase
    assert isinstance(phase, Talking)


def test_a_lost_call_pauses_and_calls_again() -> None:
    """Nobody may know who is to speak."""
    play = stage()
    play.seats()
    play.does(c.Start(HOST))
    play.wakes()

    play.does(c.LoseShown(play.nonce))
    assert play.last(e.PausedBy).by is None
    play.does(c.Resume(HOST))

    assert isinstance(play.phase, Summoned)


def test_speeches_and_questions_make_one_contest() -> None:
    """Segments come in their order; points of questions are whole, those of speeches have decimals, sums agree."""
    play = Bout(but(BUZZER, questions=1), SEATED, but(BUZZER, questions=1), bank=questions(2), decimals=2, base=100)
    play.answers(ANNA, 0)
    for _ in range(3):
        play.talks()
        play.scores_with((WANG, 9050), (LI, 9050), (ZHAO, 9050))
    play.wakes()

    assert isinstance(play.phase, Asking)
    assert play.scores[RED] == 10000 + 1000 + 9050
    play.does(c.CorrectScore(RED, -50, HOST, "over time"))
    assert play.scores[RED] == 20000


def test_newcomers_speak_last() -> None:
    """Who joins while others speak is called after them."""
    play = stage()
    play.talks()
    play.does(c.Join(77, "Late", team_name="Late"))
    called = []
    while not isinstance(play.phase, Finished):
        if isinstance(play.phase, Scoring):
            play.scores_with((WANG, 9000), (LI, 9000), (ZHAO, 9000))
        elif isinstance(play.phase, Summoned):
            called.append(play.phase.team)
            play.talks()
        else:
            play.wakes()

    assert called == [2, 3, 4]
    assert play.scores[play.now_.seats.players[DING].team] == 9000
