"""Saying which questions of a bank are meant."""

import pytest

from quizzes.draw_words import read_wishes
from quizzes.draws import Wanted
from quizzes.errors import UnknownWish


@pytest.mark.parametrize(
    ("written", "others", "wanted"),
    [
        ("buzzer 公文 与法规 10", "buzzer 公文 与法规 10", Wanted()),
        ("公文 难度:2 10", "公文 10", Wanted(easiest=2, hardest=2)),
        ("公文 难度：易-中", "公文", Wanted(easiest=1, hardest=3)),
        ("公文 difficulty:4~2", "公文", Wanted(easiest=2, hardest=4)),
        (
            "公文 分类:公文格式,安全/消防 标签：必考",
            "公文",
            Wanted(categories=("公文格式", "安全/消防"), tags=("必考",)),
        ),
        ("公文 题型:单选题、判断", "公文", Wanted(kinds=("single", "true_false"))),
        ("公文:2026版 5", "公文:2026版 5", Wanted()),
    ],
)
def test_wishes_are_taken_out_of_the_words(written: str, others: str, wanted: Wanted) -> None:
    """What is no wish stays, in its order; a name with a colon is a name."""
    assert read_wishes(written.split()) == (others.split(), wanted)


@pytest.mark.parametrize("word", ["难度:极", "难度:1-2-3", "难度:0", "题型:连线"])
def test_what_cannot_be_read_is_named(word: str) -> None:
    """A wish that is misspelt is refused, not ignored."""
    with pytest.raises(UnknownWish) as refused:
        read_wishes(["公文", word])

    assert refused.value.params == {"word": word}
