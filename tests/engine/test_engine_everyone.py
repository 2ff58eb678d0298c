"""Questions that everyone answers."""

from __future__ import annotations

import pytest

from quizzes.engine import commands as c
from quizzes.engine import events as e
from quizzes.engine import standings
from quizzes.engine.phases import Collecting, Interval
from quizzes.engine.questions import Kind
from quizzes.engine.rules import Answerer, Seating, TeamScore
from tests.engine.play import ANNA, BLUE, BO, CHEN, DING, EVERYONE, GREEN, RED, Play, but, questions, seconds


def kinds(events: tuple[e.Event, ...]) -> list[e.PressKind]:
    return [event.kind for event in events if isinstance(event, e.PressNoted)]


def test_all_answers_are_judged_at_the_close() -> None:
    """Nothing is scored before the window closes; then each right answer counts once."""
    play = Play(EVERYONE)
    play.shows()

    play.chooses(ANNA, 0)
    play.chooses(BO, 0)
    play.chooses(CHEN, 1)
    assert play.scores == {RED: 0, BLUE: 0, GREEN: 0}
    play.passes(15.5)
    (ruled,) = play.does(c.Wake())

    assert isinstance(ruled, e.Ruled)
    assert (ruled.right, ruled.reason, ruled.sizes) == (
        None,
        e.RulingReason.EVERYONE,
        ((RED, 2), (BLUE, 1), (GREEN, 1)),
    )
    assert [(ruling.player, ruling.right) for ruling in ruled.rulings] == [(ANNA, True), (BO, True), (CHEN, False)]
    assert play.scores == {RED: 20, BLUE: 0, GREEN: 0}


def test_closes_early_when_everyone_has_answered() -> None:
    """With the last answer nothing is left to wait for."""
    play = Play(EVERYONE)
    play.shows()

    for player in (ANNA, BO, CHEN, DING):
        events = play.chooses(player, 0)

    assert [type(event) for event in events] == [e.Chosen, e.Ruled]
    assert isinstance(play.phase, Interval)


def test_second_answer_is_noted_unless_changes_are_allowed() -> None:
    """One answer a player; with changes the last one before the close counts."""
    strict, loose = Play(EVERYONE), Play(but(EVERYONE, changes=True))
    for play in (strict, loose):
        play.shows()
        play.chooses(ANNA, 1)

    assert kinds(strict.chooses(ANNA, 0)) == [e.PressKind.SECOND]
    assert kinds(loose.chooses(ANNA, 0)) == []
    strict.wakes()
    loose.wakes()

    assert strict.scores[RED] == 0
    assert loose.scores[RED] == 10
    assert len(loose.now_.records[0].rulings) == 1


def test_changes_keep_the_window_open() -> None:
    """Where answers may change, the question stays open to the end even if all have answered."""
    play = Play(but(EVERYONE, changes=True))
    play.shows()

    for player in (ANNA, BO, CHEN, DING):
        play.chooses(player, 0)

    assert isinstance(play.phase, Collecting)


@pytest.mark.parametrize(("after", "noted"), [(15.5, []), (15.6, [e.PressKind.TOO_LATE])])
def test_window_and_grace(after: float, noted: list[e.PressKind]) -> None:
    """An answer counts up to the end of the grace by when it was received."""
    play = Play(EVERYONE)
    play.shows()

    assert kinds(play.chooses(ANNA, 0, after=after)) == noted


def test_answer_before_the_confirmation_counts_in_full() -> None:
    """Who answers before we hear that the message arrived loses nothing, speed included."""
    play = Play(but(EVERYONE, speed_floor=50))
    play.asks()

    play.chooses(ANNA, 0)
    play.passes(2)
    play.shows()
    play.wakes()

    assert play.scores[RED] == 10


@pytest.mark.parametrize(("after", "points"), [(0, 10), (7.5, 7), (15, 5), (15.5, 5)])
def test_speed_weighs_in_whole_points(after: float, points: int) -> None:
    """From all points at once down to the floor at the end; correctness is counted apart."""
    play = Play(but(EVERYONE, speed_floor=50))
    play.shows()

    play.chooses(ANNA, 0, after=after)
    play.wakes()

    contest = play.now_
    table = standings(contest.rules, contest.seats, contest.awards)
    assert (table.players[0].score, table.players[0].right, table.players[0].wrong) == (points, 1, 0)
    assert table.teams[0].score == points


@pytest.mark.parametrize(
    ("how", "best", "points"), [(TeamScore.SUM, 3, 20), (TeamScore.MEAN, 3, 7), (TeamScore.BEST, 1, 10)]
)
def test_how_members_make_a_team_score(how: TeamScore, best: int, points: int) -> None:
    """Two of three are right: the sum, the mean over all who could answer (rounded half up), or the best."""
    play = Play(but(EVERYONE, team_score=how, best=best))
    play.seats()
    play.does(c.Join(13, "Cai", RED))
    play.shows()

    play.chooses(ANNA, 0)
    play.chooses(BO, 0)
    play.wakes()

    assert play.scores[RED] == points


def test_only_captains_answer() -> None:
    """One answer a team if the rules say captains; the question closes when all captains have answered."""
    play = Play(but(EVERYONE, answerer=Answerer.CAPTAIN))
    play.shows()

    assert kinds(play.chooses(BO, 0)) == [e.PressKind.NOT_YOUR_TURN]
    for captain in (ANNA, CHEN, DING):
        play.chooses(captain, 0)

    assert play.last(e.Ruled).sizes == ((RED, 1), (BLUE, 1), (GREEN, 1))


def test_another_captain_does_not_answer_again() -> None:
    """A team that has answered by its captain has answered, whoever becomes captain then."""
    play = Play(but(EVERYONE, answerer=Answerer.CAPTAIN))
    play.shows()
    play.chooses(ANNA, 0)

    play.does(c.Appoint(BO, 1))

    assert kinds(play.chooses(BO, 0)) == [e.PressKind.SECOND]


def test_several_marks_are_each_players_own() -> None:
    """Everyone marks and submits; marks without submission are no answer."""
    play = Play(EVERYONE, bank=questions(2, Kind.SEVERAL))
    play.shows()

    play.toggles(ANNA, 0)
    play.toggles(CHEN, 0)
    play.toggles(ANNA, 1)
    play.submits(ANNA)
    play.wakes()

    assert [ruling.player for ruling in play.now_.records[0].rulings] == [ANNA]
    assert play.scores == {RED: 10, BLUE: 0, GREEN: 0}


def test_reading_time() -> None:
    """Answers during the reading time are noted as false starts; the window opens at its own moment."""
    play = Play(but(EVERYONE, reading=seconds(5)))
    play.asks()
    assert kinds(play.chooses(ANNA, 0)) == [e.PressKind.FALSE_START]
    play.shows()

    assert kinds(play.chooses(ANNA, 0)) == [e.PressKind.FALSE_START]
    events = play.chooses(ANNA, 0, after=5)
    early = play.chooses(CHEN, 0, after=4)

    assert [type(event) for event in events] == [e.ReadingEnded, e.Chosen]
    assert kinds(early) == [e.PressKind.FALSE_START]


def test_individuals_are_teams_of_one() -> None:
    """Without teams every player stands alone, the base included."""
    play = Play(EVERYONE, seating=Seating.INDIVIDUALS, base=100)
    play.does(c.Join(ANNA, "Anna"))
    play.does(c.Join(BO, "Anna"))
    play.shows()

    play.chooses(BO, 0)
    play.wakes()

    contest = play.now_
    table = standings(contest.rules, contest.seats, contest.awards)
    assert [(line.player, line.rank, line.score) for line in table.players] == [(BO, 1, 110), (ANNA, 2, 100)]
    assert [(line.rank, line.score) for line in table.teams] == [(1, 110), (2, 100)]
