"""Fill-in questions: what is the same answer, and whose words are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine import errors
from quizzes.engine import events as e
from quizzes.engine.phases import Answering, Collecting
from quizzes.engine.questions import Kind, Question
from quizzes.engine.rules import NotStarted, RequiredSegment
from quizzes.engine.typed import folded, same_answer
from tests.engine.play import ANNA, BO, BUZZER, CHEN, DING, EVERYONE, RED, Play, but, questions, seconds

BANK = questions(3, Kind.FILL_IN)


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("ｐｙｔｈｏｎ　３", "Python 3"),
        ("《论语》。", "论语"),
        ("民为贵 社稷次之 君为轻", "民为贵，社稷次之，君为轻"),
        ("1,000", "1000"),
        ("３．１４", "3.14"),
        ("５０％", "50%"),
        ("－5", "-5"),
        ("列夫托尔斯泰", "列夫·托尔斯泰"),
        ("e-mail", "Email"),
        ("STRASSE", "straße"),
        ("?", "？"),
    ],
)
def test_the_same_answer(typed: str, accepted: str) -> None:
    """Width, case, spaces and punctuation make no difference."""
    assert same_answer(typed, accepted)


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("314", "3.14"),
        ("5", "-5"),
        ("50", "50%"),
        ("12", "1/2"),
        ("32", "3:2"),
        ("1020", "10-20"),
        ("C", "C++"),
        ("", "x"),
        ("。", "x"),
        ("论", "论语"),
        ("", ""),
    ],
)
def test_another_answer(typed: str, accepted: str) -> None:
    """What makes another value stays, and nothing is no answer."""
    assert not same_answer(typed, accepted)


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(text: str) -> None:
    """However odd the text, it folds to something that is the same answer as itself."""
    assert same_answer(text, text) or not text.strip() or not folded(text)
    assert same_answer(f" {text}\n", text) == same_answer(text, text)


def test_first_at_the_buzzer_types() -> None:
    """One window of the time to begin and the time to answer; the first message of whoever was first counts."""
    play = Play(BUZZER, bank=BANK)
    play.shows()
    play.presses(ANNA)
    play.calls()
    assert isinstance(play.phase, Answering)
    assert play.phase.closes_at == play.at + seconds(8.5)

    assert play.types(CHEN, "beta") == ()
    assert play.types(BO, "beta") == ()
    chosen, ruled = play.types(ANNA, "ＢＥＴＡ！")

    assert isinstance(chosen, e.Chosen)
    assert (chosen.text, chosen.options, chosen.final) == ("ＢＥＴＡ！", (), True)
    assert isinstance(ruled, e.Ruled)
    assert (ruled.right, ruled.rulings[0].text) == (True, "ＢＥＴＡ！")


def test_words_from_before_the_press_are_no_answer() -> None:
    """Whoever wrote something and then pressed has not answered yet."""
    play = Play(BUZZER, bank=BANK)
    play.shows()
    assert play.types(ANNA, "beta") == ()
    play.buzzes(ANNA)

    assert play.types(ANNA, "beta", after=-1) == ()
    assert isinstance(play.phase, Answering)


def test_too_late_and_silent() -> None:
    """A message after the window is noted; at its end silence is wrong, or void if the rules say so."""
    play = Play(but(BUZZER, not_started=NotStarted.VOID), bank=BANK)
    play.shows()
    play.buzzes(ANNA)

    (late,) = play.types(ANNA, "beta", after=9)
    play.wakes()

    assert isinstance(late, e.PressNoted)
    assert late.kind is e.PressKind.TOO_LATE
    assert (play.last(e.Ruled).right, play.last(e.Ruled).reason) == (None, e.RulingReason.NOT_STARTED)


def test_any_member_types_where_teams_take_turns() -> None:
    """Words of the others say nothing, and neither do words about another kind of question."""
    play = Play(RequiredSegment(questions=3), bank=BANK)
    other = Play(RequiredSegment(questions=3))
    play.shows()
    other.shows()

    assert play.types(CHEN, "beta") == ()
    assert other.types(ANNA, "a") == ()
    ruled = play.types(BO, "gamma")[-1]

    assert isinstance(ruled, e.Ruled)
    assert (ruled.right, ruled.team, ruled.player) == (False, RED, BO)


def test_everyone_types_and_all_are_judged_at_once() -> None:
    """Each player once; whoever sits in no team is not heard; the close is early once all have answered."""
    play = Play(EVERYONE, bank=BANK)
    play.shows()
    assert isinstance(play.phase, Collecting)

    assert play.types(99, "beta") == ()
    play.types(ANNA, "beta")
    (again,) = play.types(ANNA, "gamma")
    play.types(BO, "gamma")
    play.types(CHEN, "Beta.")
    ruled = play.types(DING, "alpha")[-1]

    assert isinstance(again, e.PressNoted)
    assert again.kind is e.PressKind.SECOND
    assert isinstance(ruled, e.Ruled)
    assert [(ruling.text, ruling.right) for ruling in ruled.rulings] == [
        ("beta", True), ("gamma", False), ("Beta.", True), ("alpha", False),
    ]  # fmt: skip


def test_nobody_types_between_questions() -> None:
    """Before the start, in a pause and after the end, words are only words."""
    play = Play(EVERYONE, bank=BANK)

    assert play.types(ANNA, "beta") == ()
    play.shows()
    play.wakes()
    assert play.types(ANNA, "beta") == ()


def test_buttons_are_no_answer_to_a_typed_question() -> None:
    """There are no options."""
    play = Play(RequiredSegment(questions=3), bank=BANK)
    play.shows()

    for act in (lambda: play.chooses(ANNA, 0), lambda: play.toggles(ANNA, 0)):
        with pytest.raises(errors.ChoiceUnusable):
            act()


@pytest.mark.parametrize(
    "question",
    [
        Question("q", Kind.FILL_IN, "?", ("a", "b"), (), accepted=("x",)),
        Question("q", Kind.FILL_IN, "?", (), (0,), accepted=("x",)),
        Question("q", Kind.FILL_IN, "?", (), ()),
        Question("q", Kind.FILL_IN, "?", (), (), accepted=(" ",)),
    ],
)
def test_questions_that_cannot_be_asked(question: Question) -> None:
    """No options, no positions, and at least one text that can be typed."""
    with pytest.raises(errors.QuestionUnusable):
        Play(RequiredSegment(questions=3), bank=(question,) * 3)
