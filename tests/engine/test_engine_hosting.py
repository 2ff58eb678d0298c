"""What hosts, judges, outages and restarts do to a contest, and how it ends."""

from __future__ import annotations

import pytest

from quizzes.engine import commands as c
from quizzes.engine import errors, standings, wake_at
from quizzes.engine import events as e
from quizzes.engine.phases import Aborted, Asking, Buzzing, Finished, Interval, Lobby, Paused
from quizzes.engine.rules import BuzzerSegment, FalseStart
from quizzes.engine.scoring import QuestionState
from tests.engine.play import ANNA, BLUE, BUZZER, CHEN, DING, EVERYONE, GREEN, HOST, RED, Play, but, questions, seconds

JUDGE = 2


def finishes(play: Play) -> None:
    """Everything that is left is asked, shown and not answered."""
    while not isinstance(play.phase, Finished):
        if isinstance(play.phase, Asking):
            play.shows()
        else:
            play.wakes()


def test_pause_voids_the_open_question_and_resume_asks_it_again() -> None:
    """A pause takes the round back; nothing is timed; the same question comes with a new nonce."""
    play = Play()
    play.shows()
    play.presses(ANNA)

    (paused,) = play.does(c.Pause(HOST, "noise"))
    assert paused == e.PausedBy(play.at, HOST, "noise", 0)
    assert wake_at(play.now_) is None
    assert play.does(c.Wake()) == ()
    with pytest.raises(errors.AlreadyPaused):
        play.does(c.Pause(HOST))
    with pytest.raises(errors.RoundOver):
        play.presses(CHEN)
    resumed = play.does(c.Resume(HOST))

    assert [type(event) for event in resumed] == [e.Resumed, e.QuestionAsked]
    assert (play.nonce, play.now_.course.index) == (2, 0)
    with pytest.raises(errors.NotPaused):
        play.does(c.Resume(HOST))


def test_pause_between_questions_goes_on_with_the_next() -> None:
    """Nothing was open: the next question follows at once."""
    play = Play()
    play.answers(ANNA, 0)

    play.does(c.Pause(HOST))
    play.does(c.Resume(HOST))

    assert play.now_.course.index == 1


def test_pause_in_the_lobby_returns_to_the_lobby() -> None:
    """A paused lobby is a lobby again."""
    play = Play()
    play.seats()

    play.does(c.Pause(HOST))
    with pytest.raises(errors.AlreadyStarted):
        play.does(c.Start(HOST))
    play.does(c.Resume(HOST))

    assert isinstance(play.phase, Lobby)


def test_abort_from_anywhere_ends_it() -> None:
    """After giving up nothing more is accepted; what was scored stays."""
    play = Play()
    play.answers(ANNA, 0)

    play.does(c.Abort(HOST, "fire drill"))

    assert play.phase == Aborted(HOST, "fire drill", play.at)
    assert play.scores[RED] == 10
    for command in (c.Abort(HOST), c.Pause(HOST), c.Resume(HOST), c.Start(HOST), c.VoidQuestion(0, JUDGE, "")):
        with pytest.raises(errors.ContestOver):
            play.does(command)
    assert play.does(c.Recover()) == ()


@pytest.mark.parametrize(("since", "until", "voided"), [(-2, 1, True), (1, 2, True), (-5, -1, False), (21, 30, False)])
def test_outage_during_the_window_voids_the_question(since: float, until: float, voided: bool) -> None:
    """Only an outage that overlaps the window counts; it asks the same question again."""
    play = Play()
    play.shows()
    shown_at = play.at

    events = play.does(c.LoseConnection(shown_at + seconds(since), shown_at + seconds(until)))

    assert bool(events) is voided
    if voided:
        assert [type(event) for event in events] == [e.RoundLost, e.QuestionAsked]
        assert (play.nonce, play.now_.course.index) == (2, 0)


def test_outage_noticed_after_the_ruling_undoes_it() -> None:
    """The window had closed with a ruling when we learned that nobody could be heard: the question is asked again."""
    play = Play()
    play.shows()
    shown_at = play.at
    play.wakes()
    assert play.now_.records[0].state is QuestionState.NOBODY

    play.does(c.LoseConnection(shown_at + seconds(3), shown_at + seconds(22)))

    assert play.now_.records == ()
    assert play.now_.course.index == 0
    assert isinstance(play.phase, Asking)


def test_outage_takes_back_what_a_rebound_had_cost() -> None:
    """The whole question begins afresh: the wrong answer before the rebound is not held against the team."""
    play = Play(but(BUZZER, rebounds=1))
    play.answers(ANNA, 1)
    play.shows()
    assert play.scores[RED] == -10

    play.does(c.LoseConnection(play.at, play.at + seconds(1)))

    assert play.scores[RED] == 0
    assert RED in play.now_.eligible


def test_lost_rebound_keeps_the_ruling_before_it() -> None:
    """If only the rebound's message was lost, the wrong answer stands and its team stays out."""
    play = Play(but(BUZZER, rebounds=1))
    play.answers(ANNA, 1)

    play.does(c.LoseShown(play.nonce))

    assert play.scores[RED] == -10
    assert play.last(e.QuestionAsked).excluded == (RED,)
    play.shows()
    play.buzzes(CHEN)
    play.chooses(CHEN, 0)
    assert play.scores == {RED: -10, BLUE: 10, GREEN: 0}
    assert len(play.now_.records[0].rulings) == 2


def test_recover_asks_an_open_question_again() -> None:
    """After a restart the round is void; a contest between questions simply goes on."""
    play = Play()
    play.seats()
    assert play.does(c.Recover()) == (e.Recovered(play.at, None),)
    play.shows()
    play.buzzes(ANNA)

    events = play.does(c.Recover())

    assert events[0] == e.Recovered(play.at, 0)
    assert isinstance(events[1], e.QuestionAsked)
    assert (play.nonce, play.now_.course.index) == (2, 0)
    play.answers(ANNA, 0)
    before = play.phase
    play.does(c.Recover())
    assert play.phase == before


def test_voided_question_gives_nothing() -> None:
    """A closed question is taken back with all it gave; a second time is refused, an unknown one too."""
    play = Play(base=100)
    play.answers(ANNA, 0)

    play.does(c.VoidQuestion(0, JUDGE, "two right answers"))

    assert play.scores == {RED: 100, BLUE: 100, GREEN: 100}
    assert play.now_.records[0].state is QuestionState.VOID
    with pytest.raises(errors.QuestionAlreadyVoid):
        play.does(c.VoidQuestion(0, JUDGE, ""))
    with pytest.raises(errors.QuestionUnknown):
        play.does(c.VoidQuestion(1, JUDGE, ""))
    assert play.does(c.LoseConnection(play.at - seconds(60), play.at)) == ()


def test_voiding_the_open_question_goes_on_with_the_next() -> None:
    """The fine for a false start goes with it; the next question comes after the pause."""
    play = Play(but(BUZZER, reading=seconds(5), false_start=FalseStart.FINED))
    play.shows()
    play.presses(ANNA)

    (voided,) = play.does(c.VoidQuestion(0, JUDGE, "typo"))

    assert voided == e.QuestionVoided(play.at, 0, JUDGE, "typo", play.at + seconds(4))
    assert play.scores[RED] == 0
    play.asks()
    assert play.now_.course.index == 1


def test_voiding_while_paused_does_not_ask_it_again() -> None:
    """Resuming goes on with the next question."""
    play = Play()
    play.shows()
    play.does(c.Pause(HOST))

    play.does(c.VoidQuestion(0, JUDGE, "typo"))
    play.does(c.Resume(HOST))

    assert play.now_.course.index == 1


@pytest.mark.parametrize("paused", [False, True])
def test_replaced_question_comes_from_the_reserve(paused: bool) -> None:
    """The replacement takes the place and the number of the bad one, and the plan goes on after it."""
    play = Play(bank=questions(3))
    play.shows()
    if paused:
        play.does(c.Pause(HOST))

    play.does(c.ReplaceQuestion(JUDGE, "typo"))
    if paused:
        assert isinstance(play.phase, Paused)
        play.does(c.Resume(HOST))

    asked = play.last(e.QuestionAsked)
    assert (asked.index, asked.number) == (2, 1)
    play.answers(ANNA, 0)
    play.asks()
    assert play.now_.course.index == 1
    with pytest.raises(errors.NoReserve):
        play.does(c.ReplaceQuestion(JUDGE, "another"))


def test_question_just_closed_can_be_replaced() -> None:
    """In the pause after it, the last question is taken back and another asked in its place."""
    play = Play(bank=questions(3))
    play.answers(ANNA, 0)

    play.does(c.ReplaceQuestion(JUDGE, "typo"))

    assert play.scores[RED] == 0
    assert play.last(e.QuestionAsked).reason is e.AskReason.REPLACED


@pytest.mark.parametrize(("chosen", "score"), [(0, -10), (1, 10)])
def test_overruling_turns_points_around(chosen: int, score: int) -> None:
    """Wrong becomes right and right becomes wrong, with the points and the counts."""
    play = Play()
    play.answers(ANNA, chosen)
    right = chosen == 1

    play.does(c.Overrule(0, right, JUDGE, "see the book"))

    assert play.scores[RED] == score
    contest = play.now_
    line = next(row for row in standings(contest.rules, contest.seats, contest.awards).players if row.player == ANNA)
    assert (line.right, line.wrong) == ((1, 0) if right else (0, 1))
    with pytest.raises(errors.NothingToOverrule):
        play.does(c.Overrule(0, right, JUDGE, "again"))


def test_overruling_before_a_rebound_takes_the_rebound_back() -> None:
    """Had the first answer been ruled right, the question would never have gone to the others."""
    play = Play(but(BUZZER, rebounds=1))
    play.answers(ANNA, 1)
    with pytest.raises(errors.QuestionStillOpen):
        play.does(c.Overrule(0, True, JUDGE, ""))
    play.shows()
    play.buzzes(CHEN)
    play.chooses(CHEN, 0)

    play.does(c.Overrule(0, True, JUDGE, "also right", team=RED))

    assert play.scores == {RED: 10, BLUE: 0, GREEN: 0}


def test_overruling_a_question_for_everyone() -> None:
    """One player's answer, or all of them, by the rules of the segment."""
    play = Play(EVERYONE)
    play.shows()
    play.chooses(ANNA, 1)
    play.chooses(CHEN, 1)
    play.wakes()

    play.does(c.Overrule(0, True, JUDGE, "synonym", player=ANNA))
    assert play.scores == {RED: 10, BLUE: 0, GREEN: 0}
    play.does(c.Overrule(0, True, JUDGE, "wrong key"))

    assert play.scores == {RED: 10, BLUE: 10, GREEN: 0}


def test_overruling_what_was_never_ruled() -> None:
    """Unknown, void and unanswered questions have nothing to overrule; fines stay when a ruling changes."""
    play = Play(but(BUZZER, questions=3, reading=seconds(5), false_start=FalseStart.FINED))
    play.shows()
    play.presses(ANNA)
    play.wakes()
    play.buzzes(CHEN)
    play.chooses(CHEN, 1)

    play.does(c.Overrule(0, True, JUDGE, ""))
    assert play.scores == {RED: -10, BLUE: 10, GREEN: 0}
    with pytest.raises(errors.QuestionUnknown):
        play.does(c.Overrule(7, True, JUDGE, ""))
    play.shows()
    play.wakes()
    play.wakes()
    with pytest.raises(errors.NothingToOverrule):
        play.does(c.Overrule(1, True, JUDGE, ""))
    play.does(c.VoidQuestion(0, JUDGE, ""))
    with pytest.raises(errors.QuestionAlreadyVoid):
        play.does(c.Overrule(0, True, JUDGE, ""))


def test_points_by_hand() -> None:
    """Corrections add up and are refused where they mean nothing."""
    play = Play(base=100)
    with pytest.raises(errors.WrongPhase):
        play.does(c.CorrectScore(RED, 5, JUDGE, ""))
    play.asks()

    play.does(c.CorrectScore(RED, 30, JUDGE, "tug of war"))
    play.does(c.CorrectScore(RED, -5, JUDGE, "late"))

    assert play.scores == {RED: 125, BLUE: 100, GREEN: 100}
    with pytest.raises(errors.TeamUnknown):
        play.does(c.CorrectScore(77, 5, JUDGE, ""))
    with pytest.raises(errors.NoPoints):
        play.does(c.CorrectScore(RED, 0, JUDGE, ""))


def test_finished_with_shared_ranks() -> None:
    """Without sudden death equals share a rank and leave the next one free; the standings are announced."""
    play = Play(base=100)
    play.answers(ANNA, 1)

    finishes(play)

    finished = play.last(e.ContestFinished)
    assert [(line.name, line.rank, line.score) for line in finished.standings.teams] == [
        ("Blue", 1, 100),
        ("Green", 1, 100),
        ("Red", 3, 90),
    ]
    assert wake_at(play.now_) is None
    with pytest.raises(errors.ContestOver):
        play.presses(ANNA)


def test_change_after_the_end_revises_the_standings() -> None:
    """A protest upheld after the end is followed by the standings that hold from now."""
    play = Play()
    play.answers(ANNA, 1)
    finishes(play)

    events = play.does(c.Overrule(0, True, JUDGE, "upheld"))

    assert isinstance(events[-1], e.StandingsRevised)
    assert events[-1].standings.leaders == (RED,)
    assert isinstance(play.phase, Finished)
    with pytest.raises(errors.ContestOver):
        play.does(c.ReplaceQuestion(JUDGE, ""))


def test_sudden_death_among_the_tied() -> None:
    """Only the tied teams play; the question decides the rank and leaves the scores alone."""
    play = Play(base=100, bank=questions(4), tie_break=BuzzerSegment())
    play.answers(ANNA, 0)
    play.answers(CHEN, 0)

    play.asks()
    asked = play.last(e.QuestionAsked)
    play.shows()
    (note,) = play.presses(DING)
    play.buzzes(CHEN)
    play.chooses(CHEN, 0)
    play.wakes()

    assert (asked.index, asked.number, asked.segment, asked.contenders) == (2, 3, 1, (RED, BLUE))
    assert isinstance(note, e.PressNoted)
    assert note.kind is e.PressKind.NOT_YOUR_TURN
    assert isinstance(play.phase, Finished)
    assert play.scores == {RED: 110, BLUE: 110, GREEN: 100}
    assert play.ranks == {RED: 2, BLUE: 1, GREEN: 3}


def test_sudden_death_ends_with_the_reserve() -> None:
    """Wrong answers narrow the circle; when the reserve is empty the rank is shared."""
    play = Play(bank=questions(4), tie_break=BuzzerSegment())
    play.shows()
    play.wakes()
    play.shows()
    play.wakes()

    play.answers(ANNA, 1)
    play.shows()
    narrowed = play.last(e.QuestionAsked).contenders
    play.wakes()
    play.wakes()

    assert narrowed == (BLUE, GREEN)
    assert isinstance(play.phase, Finished)
    assert play.ranks == {RED: 3, BLUE: 1, GREEN: 1}


def test_segments_follow_each_other() -> None:
    """Any order and number of segments, each with its own rules."""
    play = Play(but(EVERYONE, questions=1), but(BUZZER, questions=1), but(EVERYONE, questions=1, right=30))

    play.shows()
    play.chooses(ANNA, 0)
    with pytest.raises(errors.NotBuzzing):
        play.presses(ANNA)
    play.wakes()
    play.shows()
    assert isinstance(play.phase, Buzzing)
    play.wakes()
    play.shows()
    play.chooses(CHEN, 0)
    play.wakes()
    assert isinstance(play.phase, Interval)
    play.wakes()

    assert isinstance(play.phase, Finished)
    assert play.scores == {RED: 10, BLUE: 30, GREEN: 0}


def test_tie_across_the_cut_is_settled_there() -> None:
    """Three of four would go on: the two that share the third place play for it, the first two stay as they are."""
    play = Play(BuzzerSegment(questions=2), bank=questions(4), tie_break=BuzzerSegment(), tie_places=(3,))
    play.seats()
    play.does(c.Join(41, "Eve", team_name="Gold"))
    play.answers(ANNA, 0)
    play.answers(DING, 0)
    play.asks()

    asked = play.last(e.QuestionAsked)
    play.does(c.ConfirmShown(play.nonce, play.at))
    play.buzzes(CHEN)
    play.chooses(CHEN, 0)
    play.wakes()

    assert asked.contenders == (BLUE, 4)
    assert play.ranks == {RED: 1, GREEN: 1, BLUE: 3, 4: 4}
    assert play.count(e.ContestFinished) == 1


def test_tie_above_the_cut_is_left_alone() -> None:
    """Who shares the first place goes on all the same when two do."""
    play = Play(BuzzerSegment(questions=2), bank=questions(4), tie_break=BuzzerSegment(), tie_places=(2,))
    play.answers(ANNA, 0)
    play.answers(CHEN, 0)
    play.wakes()

    assert play.ranks == {RED: 1, BLUE: 1, GREEN: 3}
    assert play.count(e.ContestFinished) == 1
