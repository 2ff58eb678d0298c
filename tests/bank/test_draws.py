"""Drawing questions: chance, but never at the cost of what was wanted, and no repeats while there is another."""

import random

from hypothesis import given
from hypothesis import strategies as st

from quizzes.draws import Candidate, Drawn, Shortage, Wanted, draw

_CATEGORIES = ("公文", "公文/格式", "安全", "")
_candidates = st.lists(
    st.builds(
        Candidate,
        id=st.integers(1, 60),
        kind=st.sampled_from(("single", "several")),
        category=st.sampled_from(_CATEGORIES),
        difficulty=st.sampled_from((None, 1, 3, 5)),
        tags=st.sampled_from(((), ("必考",))),
    ),
    unique_by=lambda one: one.id,
    max_size=30,
)
_wanted = st.builds(
    Wanted,
    categories=st.sampled_from(((), ("公文",), ("安全", "公文/格式"))),
    tags=st.sampled_from(((), ("必考",))),
    easiest=st.sampled_from((1, 3)),
    hardest=st.sampled_from((3, 5)),
)


def _most(questions: list[Candidate], places: list[Wanted]) -> int:
    """How many places can be served at once, found by trying everything from the last place on."""
    best: dict[int, int | None] = {}

    def serve(place: int, seen: set[int]) -> bool:
        for at, one in enumerate(questions):
            if places[place].fits(one) and at not in seen:
                seen.add(at)
                holder = best.get(at)
                if holder is None or serve(holder, seen):
                    best[at] = place
                    return True
        return False

    return sum(serve(place, set()) for place in range(len(places)))


@given(
    questions=_candidates,
    places=st.lists(_wanted, max_size=12),
    asked=st.dictionaries(st.integers(1, 60), st.integers(0, 99), max_size=30),
    spare=st.integers(0, 5),
    seed=st.integers(),
)
def test_what_can_be_served_is_served_with_the_fewest_repeats(
    questions: list[Candidate], places: list[Wanted], asked: dict[int, int], spare: int, seed: int
) -> None:
    """Every place gets a fitting question of its own if that is possible at all, and fresh ones wherever possible."""
    drawn = draw(questions, places, spare, asked, random.Random(seed))

    if _most(questions, places) < len(places):
        assert isinstance(drawn, Shortage)
        assert drawn.given < drawn.needed or not drawn.wanted.categories
        return
    assert isinstance(drawn, Drawn)
    by_id = {one.id: one for one in questions}
    assert len({*drawn.places, *drawn.reserve}) == len(drawn.places) + len(drawn.reserve)
    assert all(want.fits(by_id[id_]) for want, id_ in zip(places, drawn.places, strict=True))
    fresh = [one for one in questions if one.id not in asked]
    assert drawn.repeats == len(places) - _most(fresh, places)
    assert len(drawn.reserve) <= spare


def test_scarce_questions_are_left_to_whoever_needs_them() -> None:
    """The only easy question goes to the place that wants an easy one, whatever the dice say."""
    questions = [Candidate(1, "single", difficulty=1), Candidate(2, "single", difficulty=5)]
    places = [Wanted(), Wanted(hardest=2)]

    seen = {draw(questions, places, 0, {}, random.Random(seed)) for seed in range(20)}

    assert seen == {Drawn((2, 1), (), 0)}


def test_what_was_asked_longest_ago_comes_back_first() -> None:
    """When all were asked, the oldest returns."""
    questions = [Candidate(number, "single") for number in (1, 2, 3)]

    drawn = draw(questions, [Wanted()], 2, {1: 30, 2: 10, 3: 20}, random.Random(1))

    assert drawn == Drawn((2,), (3, 1), 1)


def test_shortage_names_the_want_and_the_numbers() -> None:
    """An organiser has to learn which questions are too few."""
    questions = [Candidate(number, "single", difficulty=3) for number in range(5)] + [
        Candidate(9, "single", difficulty=1)
    ]
    easy = Wanted(hardest=2)

    assert draw(questions, [Wanted(), easy, easy], 0, {}, random.Random(1)) == Shortage(easy, 1, 2)


def test_two_hundred_places_of_one_bank() -> None:
    """Long chains of places that push each other on neither fail nor overflow."""
    questions = [Candidate(number, "single", difficulty=1 + number % 5) for number in range(200)]
    places = [Wanted(easiest=1 + number % 5, hardest=5) for number in range(200)]

    drawn = draw(questions, list(reversed(places)), 3, {}, random.Random(4))

    assert isinstance(drawn, Drawn)
    assert len(set(drawn.places)) == 200


def test_two_wants_meet_in_the_narrower_one() -> None:
    """A segment's want and the host's own are both kept, or nothing is left."""
    paper, form = Wanted(categories=("公文",), hardest=3), Wanted(categories=("公文/格式", "安全"), easiest=2)

    assert paper.and_(form) == Wanted(categories=("公文/格式",), easiest=2, hardest=3)
    assert paper.and_(Wanted(categories=("安全",))) is None
    assert paper.and_(Wanted(easiest=4)) is None
    assert Wanted(tags=("A",)).and_(Wanted(tags=("a",), kinds=("oral",))) == Wanted(tags=("A",), kinds=("oral",))
