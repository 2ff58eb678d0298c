"""A question as one person gets it: judging, shuffling, what is typed."""

import random

import pytest

from quizzes.bank.items import Item, Kind
from quizzes.posing import can_be_posed, chosen_at, is_right, order_of, pose, typed_answer

SINGLE = Item(Kind.SINGLE, "甲？", ("一", "二", "三"), (2,))
SEVERAL = Item(Kind.SEVERAL, "乙？", ("一", "二", "三"), (0, 2))
TRUE_FALSE = Item(Kind.TRUE_FALSE, "丙。", (), (1,))


def fill_in(*accepted: str) -> Item:
    """A fill-in question."""
    return Item(Kind.FILL_IN, "丁____", accepted=accepted)


@pytest.mark.parametrize(
    ("accepted", "said", "right"),
    [
        ("为人民服务", " 为人民 服务。", True),
        ("为人民服务", "为人民", False),
        ("《公文处理条例》", "公文处理条例", True),
        ("Party", "ＰＡＲＴＹ", True),
        ("3.14", "3.14", True),
        ("3.14", "314", False),
        ("-5", "5", False),
        ("50%", "50", False),
        ("1921", "1921。", True),
        (">=", ">=", True),
        (">=", "<=", False),
        ("北京", "，。", False),
    ],
)
def test_typed_words_are_compared_as_people_read_them(accepted: str, said: str, right: bool) -> None:
    """Width, case, spaces and punctuation do not matter; what changes a number does."""
    assert is_right(fill_in(accepted), said) is right


def test_any_variant_is_right() -> None:
    """The bank gives several."""
    assert is_right(fill_in("北京", "北京市"), "北京市")


def test_choice_is_right_only_as_a_whole() -> None:
    """Half of several is wrong; no answer is wrong; words are no choice."""
    assert is_right(SEVERAL, (2, 0))
    assert not is_right(SEVERAL, (0,))
    assert not is_right(SINGLE, ())
    assert not is_right(SINGLE, "三")
    assert not is_right(fill_in("三"), (2,))


def test_shuffled_options_are_judged_by_the_bank() -> None:
    """Whatever the order on the screen, the same option is right."""
    for seed in range(20):
        order = order_of(SINGLE, random.Random(seed))
        place = pose(SINGLE, order, None, reveal=True).right[0]

        assert pose(SINGLE, order, None).options[place] == "三"
        assert is_right(SINGLE, chosen_at(order, (place,)))


def test_nothing_tells_the_answer_before_it_may_be_known() -> None:
    """No right option, no accepted words, no explanation in what is shown."""
    shown = pose(Item(Kind.SINGLE, "甲？", ("一", "二"), (1,), explanation="因为"), (0, 1), (0,))

    assert (shown.right, shown.accepted, shown.explanation) == ((), (), "")
    assert shown.chosen == (0,)


def test_true_and_false_keep_their_places() -> None:
    """Nobody expects false to stand first."""
    assert order_of(TRUE_FALSE, random.Random(1)) == (0, 1)


@pytest.mark.parametrize(
    ("item", "said", "answer"),
    [
        (SINGLE, "b", (1,)),
        (SINGLE, "AB", None),
        (SINGLE, "D", None),
        (SINGLE, "不知道", None),
        (SEVERAL, "Ａ、C", (0, 2)),
        (TRUE_FALSE, "对", (0,)),
        (TRUE_FALSE, "错误", (1,)),
        (TRUE_FALSE, "B", (1,)),
        (fill_in("北京"), " 北京 ", "北京"),
        (fill_in("北京"), "  ", None),
    ],
)
def test_written_answers_are_read(item: Item, said: str, answer: object) -> None:
    """Letters as shown, true or false in words, the words of a fill-in question; anything else is no answer."""
    assert typed_answer(item, tuple(range(max(2, len(item.options)))), said) == answer


def test_oral_questions_and_pictures_are_left_out() -> None:
    """They cannot be answered alone in one message of text."""
    assert can_be_posed(SINGLE)
    assert not can_be_posed(Item(Kind.ORAL, "谈谈。", accepted=("要点",)))
    assert not can_be_posed(Item(Kind.SINGLE, "图中是？", ("一", "二"), (0,), media="a.png"))
