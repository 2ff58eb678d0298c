"""A player's own review: what may be seen in it and what not, and its pages."""

from dataclasses import replace

from quizzes.account import asked_questions
from quizzes.engine.rules import Answerer, EveryoneSegment
from quizzes.reviews import entries, paged, talks
from tests.afterwards.benches import judged_bout, speeches
from tests.afterwards.grand import played, question
from tests.engine.play import ANNA, BO, CHEN, DING, Play


def seen_by(play: Play, player: int) -> dict[int, tuple[str, str, bool, str]]:
    """Verdict, answer, whether one's own and whose, by the question's number."""
    found = entries(play.now_, asked_questions(play.now_, play.log), player)
    return {one.number: (one.verdict, one.chosen, one.own, one.by) for one in found}


def test_a_team_sees_its_own_answers_and_no_others() -> None:
    """What a member answered for the team is the team's; what other teams answered is told as theirs, without it."""
    play = played()

    assert seen_by(play, BO) == {
        1: ("right", "B", False, "Anna"),
        2: ("others", "", False, ""),
        3: ("others", "", False, ""),
        4: ("right", "D", True, ""),
        5: ("nobody", "", False, ""),
        6: ("right", "B", False, "Anna"),
        7: ("others", "", False, ""),
        9: ("wrong", "A", True, ""),
    }


def test_everyone_answers_for_themselves() -> None:
    """Whoever said nothing in a question for everyone learns nothing of a team mate's answer."""
    play = Play(EveryoneSegment(questions=1), bank=(question(1),))
    play.shows()
    play.chooses(ANNA, 1)
    play.wakes()

    assert seen_by(play, ANNA)[1] == ("right", "B", True, "")
    assert seen_by(play, BO)[1] == ("silent", "", False, "")


def test_a_captain_answers_for_all() -> None:
    """Where a team has one answer, each member sees it."""
    play = Play(EveryoneSegment(questions=1, answerer=Answerer.CAPTAIN), bank=(question(1),))
    play.shows()
    play.chooses(ANNA, 1)
    play.chooses(CHEN, 0)
    play.chooses(DING, 0)

    assert seen_by(play, BO)[1] == ("right", "B", False, "Anna")
    assert seen_by(play, CHEN)[1] == ("wrong", "A", True, "")


def test_long_reviews_are_split_and_none_is_lost() -> None:
    """Pages hold about so many characters; one that is longer has a page of its own; nothing at all is one page."""
    play = played()
    found = entries(play.now_, asked_questions(play.now_, play.log), ANNA)
    long = [replace_text(found[0], "长" * 3000), *found[1:]]

    pages = paged(long, 300)

    assert [one for page in pages for one in page] == long
    assert len(pages[0]) == 1
    assert len(pages) > 2
    assert paged([]) == [()]


def replace_text(entry, text):  # type: ignore[no-untyped-def]
    """The same entry about another text."""
    return entry.model_copy(update={"text": text})


def test_an_open_question_stays_closed() -> None:
    """A contest that was called off in the middle of a question does not give its answer away."""
    play = Play(EveryoneSegment(questions=2), bank=(question(1), replace(question(2), text="秘密")))
    play.shows()
    for player in (ANNA, BO, CHEN, DING):
        play.chooses(player, 1)
    play.shows()

    assert list(seen_by(play, ANNA)) == [1]


def test_spoken_answers_come_with_the_end_of_every_protest() -> None:
    """What was said aloud has the ruling that holds now; each protest tells how it ended."""
    play = judged_bout()
    found = entries(play.now_, asked_questions(play.now_, play.log), ANNA)

    first, _, third = found
    assert (first.verdict, first.own, first.spoken, first.points) == ("right", True, True, 10)
    assert first.protests == (("红队", "overturned"),)
    assert third.protests == (("绿队", "stands"),)


def test_speakers_learn_their_scores_and_no_judges_names() -> None:
    """What counted and what was dropped, in hundredths."""
    play = speeches()
    found = talks(play.log)[play.now_.seats.players[CHEN].team]

    assert (found.points, found.counted, found.dropped) == (8783, (8550, 8800, 9000), (9250, 7900))
