"""The buzzer segment, as histories of commands."""

from __future__ import annotations

import pytest

from quizzes.engine import commands as c
from quizzes.engine import errors, wake_at
from quizzes.engine import events as e
from quizzes.engine.phases import Answering, Asking, Buzzing, Called, Interval, Reading, Settling, Starting
from quizzes.engine.questions import Kind
from quizzes.engine.rules import Answerer, FalseStart
from quizzes.engine.scoring import Award, AwardKind, Ruling
from tests.engine.play import ANNA, BLUE, BO, BUZZER, CHEN, DING, GREEN, RED, START, Play, but, questions, seconds


def test_a_question_from_asked_to_ruled_in_exact_events() -> None:
    """Asked, shown, pressed, called, answered right, ruled: these events and no others."""
    play = Play(base=100)
    play.asks()
    asked_at = play.at

    play.passes(1)
    shown = play.does(c.ConfirmShown(1, play.at))
    opened_at = play.at
    play.passes(2)
    buzzed = play.presses(ANNA, update_id=7)
    pressed_at = play.at
    play.passes(1)
    called = play.calls()
    called_at = play.at
    play.passes(2)
    ruled = play.does(c.Choose(ANNA, (0,), 8, play.at, 1))

    assert asked_at == START + seconds(4)
    assert play.last(e.QuestionAsked) == e.QuestionAsked(asked_at, 1, 0, 1, 2, 0, e.AskReason.NEXT)
    assert shown == (e.QuestionOpened(opened_at, 1, 0, opened_at, opened_at, opened_at + seconds(20.5)),)
    assert buzzed == (
        e.PressNoted(pressed_at, ANNA, RED, 7, pressed_at, 1, 0, e.PressKind.FIRST),
        e.Buzzed(pressed_at, 1, 0, ANNA, RED, 7, pressed_at),
    )
    assert called == (e.AnsweringOpened(called_at, 1, 0, called_at, None, called_at + seconds(3.5)),)
    assert ruled == (
        e.Chosen(play.at, ANNA, RED, (0,), 8, play.at, 1, 0, True),
        e.Ruled(
            at=play.at,
            index=0,
            right=True,
            answer=(0,),
            team=RED,
            player=ANNA,
            points=10,
            reason=e.RulingReason.ANSWERED,
            rulings=(Ruling(ANNA, RED, (0,), True, seconds(5)),),
            awards=(Award(AwardKind.ANSWER, 0, RED, ANNA, 10, 10, 0, True),),
            sizes=(),
            closes=True,
            next_at=play.at + seconds(4),
        ),
    )
    assert play.scores == {RED: 110, BLUE: 100, GREEN: 100}
    assert wake_at(play.now_) == play.at + seconds(4)


def test_wrong_answer_costs_points_and_closes_without_rebound() -> None:
    """Without rebound a wrong answer ends the question."""
    play = Play(base=100)

    events = play.answers(CHEN, 1)

    assert isinstance(events[-1], e.Ruled)
    assert (events[-1].right, events[-1].points, events[-1].closes) == (False, -10, True)
    assert play.scores == {RED: 100, BLUE: 90, GREEN: 100}


def test_nothing_is_timed_until_the_question_is_confirmed() -> None:
    """The window opens with the confirmed message, however long that takes, and is judged by its time."""
    play = Play()
    play.asks()

    assert wake_at(play.now_) is None
    play.passes(30)
    confirmed_at = play.at - seconds(3)
    play.does(c.ConfirmShown(play.nonce, confirmed_at))

    assert isinstance(play.phase, Buzzing)
    assert wake_at(play.now_) == confirmed_at + seconds(20.5)


def test_nobody_buzzes() -> None:
    """After the window and its grace the question is closed without points, and the next one follows."""
    play = Play()
    play.shows()

    (ruled,) = play.wakes()

    assert isinstance(ruled, e.Ruled)
    assert (ruled.right, ruled.reason, ruled.awards) == (None, e.RulingReason.NOBODY_BUZZED, ())
    assert isinstance(play.phase, Interval)
    play.asks()
    assert play.now_.course.index == 1


def test_early_and_repeated_wakes_do_nothing() -> None:
    """A wake-up before its time, or a second one, changes nothing."""
    play = Play()
    play.shows()

    play.passes(20.4)
    assert play.does(c.Wake()) == ()
    play.passes(0.1)
    assert len(play.does(c.Wake())) == 1
    assert play.does(c.Wake()) == ()


@pytest.mark.parametrize(("after", "kind"), [(20.5, e.PressKind.FIRST), (20.501, e.PressKind.TOO_LATE)])
def test_presses_are_judged_by_when_they_were_received(after: float, kind: e.PressKind) -> None:
    """A press within the grace counts even if it is looked at later; one after it never does."""
    play = Play()
    play.shows()
    press = play.press(ANNA, after=after)

    play.passes(25)
    events = play.does(press)

    assert isinstance(events[0], e.PressNoted)
    assert events[0].kind is kind
    assert any(isinstance(event, e.Buzzed) for event in events) is (kind is e.PressKind.FIRST)


def test_settling_names_the_smallest_update_id() -> None:
    """Presses that arrive out of order within the settling window: the smallest update id is first."""
    play = Play(settle=seconds(0.25))
    play.shows()

    first = play.presses(CHEN, update_id=52)
    assert isinstance(play.phase, Settling)
    second = play.presses(ANNA, after=0.2, update_id=51)
    outside = play.presses(DING, after=0.3, update_id=50)
    named = play.wakes()

    kinds = [event.kind for event in (*first, *second, *outside) if isinstance(event, e.PressNoted)]
    assert kinds == [e.PressKind.IN_TIME, e.PressKind.IN_TIME, e.PressKind.LATER]
    assert isinstance(named[0], e.Buzzed)
    assert (named[0].player, named[0].update_id) == (ANNA, 51)


def test_masher_presses_once() -> None:
    """A second press of the same person is noted and nothing else."""
    play = Play()
    play.shows()
    play.presses(ANNA)
    before = play.contest

    again = play.presses(ANNA)
    other = play.presses(CHEN)

    assert [event.kind for event in (*again, *other) if isinstance(event, e.PressNoted)] == [
        e.PressKind.SECOND,
        e.PressKind.LATER,
    ]
    assert play.contest == before


@pytest.mark.parametrize("settle", [0, 0.25])
def test_press_before_the_confirmation_counts(settle: float) -> None:
    """Players see the message before we hear that it arrived: their press waits and counts from the opening."""
    play = Play(settle=seconds(settle))
    play.asks()

    (note,) = play.presses(ANNA, update_id=5)
    play.presses(CHEN, update_id=4)
    assert isinstance(note, e.PressNoted)
    assert note.kind is e.PressKind.IN_TIME
    play.passes(1)
    play.shows()
    if settle:
        play.wakes()

    assert isinstance(play.phase, Called)
    assert play.phase.turn.player == CHEN


def test_answer_before_the_call_is_confirmed_counts() -> None:
    """The same for the answer: a slow confirmation never costs the player anything."""
    play = Play()
    play.shows()
    play.presses(ANNA)

    events = play.chooses(ANNA, 0)

    assert isinstance(events[-1], e.Ruled)
    assert events[-1].right
    assert play.does(c.ConfirmAnswering(1, play.at)) == ()


@pytest.mark.parametrize(("after", "right"), [(3.5, True), (3.6, False)])
def test_three_seconds_to_answer(after: float, right: bool) -> None:
    """An answer after 3 s and the grace is noted as late; the wake-up then rules it wrong."""
    play = Play()
    play.shows()
    play.buzzes(ANNA)

    events = play.chooses(ANNA, 0, after=after)
    if not right:
        assert [type(event) for event in events] == [e.PressNoted]
        play.wakes()

    ruled = play.last(e.Ruled)
    assert ruled.right is right
    assert ruled.reason is (e.RulingReason.ANSWERED if right else e.RulingReason.NOT_ANSWERED)


@pytest.mark.parametrize(
    ("answerer", "answers", "allowed"),
    [
        (Answerer.PRESSER, BO, True),
        (Answerer.PRESSER, ANNA, False),
        (Answerer.CAPTAIN, ANNA, True),
        (Answerer.CAPTAIN, BO, False),
        (Answerer.MEMBER, ANNA, True),
        (Answerer.MEMBER, CHEN, False),
    ],
)
def test_who_may_answer(answerer: Answerer, answers: int, allowed: bool) -> None:
    """Bo pressed, Anna is the captain: the rules say whose tap counts, anybody else's is noted."""
    play = Play(but(BUZZER, answerer=answerer))
    play.shows()
    play.buzzes(BO)

    events = play.chooses(answers, 0)

    if allowed:
        assert isinstance(events[-1], e.Ruled)
    else:
        assert [event.kind for event in events if isinstance(event, e.PressNoted)] == [e.PressKind.NOT_YOUR_TURN]
        assert isinstance(play.phase, Answering)


def test_rebound_goes_to_the_others_once() -> None:
    """After a wrong answer the others buzz anew with a new nonce, the wrong team may not, and one rebound is all."""
    play = Play(but(BUZZER, rebounds=1))
    events = play.answers(ANNA, 1)

    assert [type(event) for event in events] == [e.Chosen, e.Ruled, e.QuestionAsked]
    assert play.last(e.Ruled).closes is False
    assert play.last(e.QuestionAsked).reason is e.AskReason.REBOUND
    assert play.last(e.QuestionAsked).excluded == (RED,)
    with pytest.raises(errors.RoundOver):
        play.presses(CHEN, nonce=1)
    play.shows()
    (note,) = play.presses(BO)
    assert isinstance(note, e.PressNoted)
    assert note.kind is e.PressKind.NOT_YOUR_TURN
    play.buzzes(CHEN)
    play.chooses(CHEN, 2)

    assert play.last(e.Ruled).closes is True
    assert play.scores == {RED: -10, BLUE: -10, GREEN: 0}
    record = play.now_.records[0]
    assert [(ruling.team, ruling.right) for ruling in record.rulings] == [(RED, False), (BLUE, False)]


def test_several_taps_start_in_five_seconds_then_three_to_finish() -> None:
    """The first mark ends the time to start and begins the time to answer; the marks are then submitted."""
    play = Play(bank=questions(2, Kind.SEVERAL))
    play.shows()
    play.buzzes(ANNA)
    assert isinstance(play.phase, Starting)
    assert wake_at(play.now_) == play.at + seconds(5.5)

    play.passes(5)
    play.toggles(ANNA, 1)
    assert wake_at(play.now_) == play.at + seconds(3.5)
    play.toggles(ANNA, 2)
    play.toggles(ANNA, 0)
    play.toggles(ANNA, 2)
    play.submits(ANNA)

    assert play.last(e.Chosen).options == (0, 1)
    assert play.last(e.Ruled).right is True


def test_not_starting_is_wrong() -> None:
    """No first tap within the time to start counts as wrong."""
    play = Play(bank=questions(2, Kind.SEVERAL))
    play.shows()
    play.buzzes(ANNA)

    play.wakes()

    assert play.last(e.Ruled).reason is e.RulingReason.NOT_STARTED
    assert play.scores[RED] == -10


def test_marks_that_were_not_submitted_are_wrong() -> None:
    """The right marks without the submission do not count."""
    play = Play(bank=questions(2, Kind.SEVERAL))
    play.shows()
    play.buzzes(ANNA)
    with pytest.raises(errors.NothingChosen):
        play.submits(ANNA)
    play.toggles(ANNA, 0)
    play.toggles(ANNA, 1)

    play.wakes()

    assert play.last(e.Ruled).reason is e.RulingReason.NOT_ANSWERED
    assert play.last(e.Ruled).right is False


def test_reading_time_refuses_false_starts() -> None:
    """By default a press during the reading time costs nothing and wins nothing."""
    play = Play(but(BUZZER, reading=seconds(5)))
    play.shows()
    assert isinstance(play.phase, Reading)

    (note,) = play.presses(ANNA)
    (ended,) = play.wakes()
    play.presses(ANNA)

    assert isinstance(note, e.PressNoted)
    assert note.kind is e.PressKind.FALSE_START
    assert isinstance(ended, e.ReadingEnded)
    assert isinstance(play.phase, Called)


def test_press_received_after_the_reading_time_needs_no_wake_up() -> None:
    """The buzzers open at their moment even if the wake-up is late."""
    play = Play(but(BUZZER, reading=seconds(5)))
    play.shows()

    events = play.presses(ANNA, after=5)

    assert [type(event) for event in events] == [e.ReadingEnded, e.PressNoted, e.Buzzed]


def test_fined_false_start_leaves_the_question_to_the_others() -> None:
    """The fine is paid once, the team is out of this question and back in the next."""
    play = Play(but(BUZZER, reading=seconds(5), false_start=FalseStart.FINED))
    play.shows()

    events = play.presses(ANNA)
    more = play.presses(BO)
    play.wakes()
    play.buzzes(CHEN)
    play.chooses(CHEN, 0)

    assert [type(event) for event in events] == [e.PressNoted, e.Fined]
    assert [event.kind for event in more if isinstance(event, e.PressNoted)] == [e.PressKind.NOT_YOUR_TURN]
    assert play.scores == {RED: -10, BLUE: 10, GREEN: 0}
    play.asks()
    assert RED in play.now_.eligible


def test_question_closes_when_every_team_started_falsely() -> None:
    """Nobody is left to buzz: the question ends at once instead of waiting."""
    play = Play(but(BUZZER, reading=seconds(5), false_start=FalseStart.FINED))
    play.shows()

    for player in (ANNA, CHEN, DING):
        play.presses(player)

    assert play.last(e.Ruled).reason is e.RulingReason.NOBODY_BUZZED
    assert play.scores == {RED: -10, BLUE: -10, GREEN: -10}


@pytest.mark.parametrize("confirmed", [True, False])
def test_false_start_that_voids_the_question(confirmed: bool) -> None:
    """The fine stays, the question is void, even if the press came before the confirmation."""
    play = Play(but(BUZZER, reading=seconds(5), false_start=FalseStart.VOID))
    play.asks()
    if confirmed:
        play.shows()

    play.presses(ANNA)

    assert play.last(e.Ruled).reason is e.RulingReason.FALSE_START
    assert play.scores == {RED: -10, BLUE: 0, GREEN: 0}
    assert play.does(c.ConfirmShown(1, play.at)) == ()


def test_dead_buttons_strangers_and_nonsense_are_refused() -> None:
    """Refusals are typed and change nothing."""
    play = Play()
    with pytest.raises(errors.WrongPhase):
        play.presses(ANNA)
    play.shows()
    before = play.contest

    with pytest.raises(errors.RoundOver):
        play.presses(ANNA, nonce=99)
    with pytest.raises(errors.NotSeated):
        play.presses(4711)
    with pytest.raises(errors.NotAnswering):
        play.chooses(ANNA, 0)
    play.buzzes(ANNA)
    for options in ((), (4,), (-1,), (0, 1)):
        with pytest.raises(errors.ChoiceUnusable):
            play.chooses(ANNA, *options)
    with pytest.raises(errors.ChoiceUnusable):
        play.toggles(ANNA, 0)

    assert before is not None
    assert isinstance(play.phase, Answering)


def test_question_worth_its_own_points() -> None:
    """A question's own value counts, won or lost, where the rules say so."""
    bank = tuple(but(question, points=30) for question in questions(2))
    play = Play(but(BUZZER, own_points=True), bank=bank)

    play.answers(ANNA, 0)
    play.answers(CHEN, 1)

    assert play.scores == {RED: 30, BLUE: -30, GREEN: 0}


def test_lost_message_is_asked_again_and_three_in_a_row_pause() -> None:
    """Each loss gets a new nonce; after the third a person has to look; resuming asks the same question."""
    play = Play()
    play.asks()

    play.does(c.LoseShown(1))
    assert play.last(e.QuestionAsked).reason is e.AskReason.AGAIN
    assert play.does(c.LoseShown(1)) == ()
    play.shows()
    play.presses(ANNA)
    play.does(c.LoseAnswering(2))
    assert play.nonce == 3
    play.does(c.LoseShown(3))

    paused = play.last(e.PausedBy)
    assert (paused.by, paused.reason, paused.voided) == (None, "not_shown", 0)
    play.does(c.Resume(1))
    assert isinstance(play.phase, Asking)
    assert (play.nonce, play.now_.course.index) == (4, 0)
