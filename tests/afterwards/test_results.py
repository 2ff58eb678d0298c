"""Results as rows and what is counted in them."""

from quizzes.account import asked_questions
from quizzes.engine import commands as c
from quizzes.engine.questions import Kind
from quizzes.engine.rules import EveryoneSegment
from quizzes.records import record
from quizzes.results import results
from quizzes.statistics import tallies
from tests.afterwards.grand import ZONE, history, played, question
from tests.engine.play import ANNA, BO, CHEN, DING, HOST, Play


def test_right_answers_are_told_apart_from_the_score() -> None:
    """The full ranking with accuracy and mean times, whatever the score says."""
    found = history(played())
    rows = results(found.contest, asked_questions(found.contest, found.events), ZONE)
    anna = next(row for row in rows.players if row["name"] == "Anna")

    assert [(row["name"], row["score"], row["right"], row["wrong"]) for row in rows.teams] == [
        ("Red", 160, 4, 1), ("Blue", 115, 1, 1), ("Green", 100, 1, 2),
    ]  # fmt: skip
    assert (anna["right"], anna["wrong"], anna["accuracy"]) == (3, 0, 1)
    assert anna["mean_ms"] == round((1250 + 4000 + 1000) / 3)
    assert rows.teams[0]["accuracy"] == 0.8


def test_every_question_has_its_row() -> None:
    """How it was asked, who buzzed when, what came of it; stakes and turns, typed answers too."""
    found = history(played())
    rows = results(found.contest, asked_questions(found.contest, found.events), ZONE)
    by_number = {row["index"]: row for row in rows.questions}

    assert list(by_number) == [1, 2, 3, 4, 5, 6, 7, 9]
    assert [by_number[n]["segment_kind"] for n in (1, 4, 6, 9)] == ["required", "buzzer", "risk", "everyone"]
    assert (by_number[3]["kind"], by_number[3]["answer"], by_number[3]["team"]) == ("fill_in", "实事求是", "Green")
    assert (by_number[4]["buzzed_by"], by_number[4]["buzz_ms"], by_number[4]["presses"]) == ("Bo", 800, 2)
    assert (by_number[4]["ruling"], by_number[4]["won_by"]) == ("right", "Red")
    assert (by_number[5]["state"], by_number[5]["answered"], by_number[5]["right_share"]) == ("nobody", 0, None)
    assert (by_number[6]["stake"], by_number[6]["won_by"]) == (30, "Red")
    assert (by_number[9]["answered"], by_number[9]["right"], by_number[9]["right_share"]) == (4, 2, 0.5)
    assert [row["chosen"] for row in rows.presses if row["index"] == 3] == ["实事求是。"]


def test_json_keeps_its_public_shape() -> None:
    """What scripts rely on is there, with the stakes beside it."""
    found = record(history(played()), ZONE)

    assert {"index", "question", "answer", "state", "won_by", "ruling", "presses"} <= found["questions"][0].keys()
    assert found["questions"][0]["answer"] == "乙"
    assert found["questions"][2]["answer"] == "实事求是"
    assert [stake["stake"] for stake in found["stakes"]] == [30, 10, None]


def test_a_voided_question_counts_for_nobody() -> None:
    """Its answers are in no figure, and the statistics say that it was void."""
    play = Play(EveryoneSegment(questions=2), bank=(question(1), question(2)))
    for right in (ANNA, BO):
        play.shows()
        for player in (ANNA, BO, CHEN, DING):
            play.chooses(player, 1 if player == right else 0)
    play.does(c.VoidQuestion(0, HOST, "题目有误"))

    first, second = tallies(play.now_, play.at)
    rows = results(play.now_, asked_questions(play.now_, play.log), ZONE)
    anna = next(row for row in rows.players if row["name"] == "Anna")

    assert {
        one.question_id: (one.state, one.answered, one.right_answers, one.wrong_answers) for one in (first, second)
    } == {
        "1": ("void", 0, 0, 0),
        "2": ("ruled", 4, 1, 3),
    }
    assert (anna["right"], anna["wrong"]) == (0, 1)


def test_who_stayed_silent_is_no_answer_but_no_right_one_either() -> None:
    """Nothing in time lowers the share of right answers and leaves the mean time alone."""
    play = Play(EveryoneSegment(questions=1), bank=(question(1, kind=Kind.SINGLE),))
    play.shows()
    play.passes(2)
    play.chooses(ANNA, 1)
    play.wakes()

    (one,) = tallies(play.now_, play.at)

    assert (one.answered, one.right_answers, one.took_ms) == (1, 1, 2000)
