"""Draws, who goes on, ties, withdrawals and changed results, example by example."""

from __future__ import annotations

import hashlib

import pytest

from quizzes.tournament import commands as c
from quizzes.tournament import errors
from quizzes.tournament import events as e
from quizzes.tournament.plan import Plan, Stage, check_plan
from quizzes.tournament.results import Source
from quizzes.tournament.state import BoutState
from tests.tournament.course import FINAL, HOST, Course, Drawing, stage


def reasoned(course: Course, name: str, reason: str = "病假") -> tuple[e.Event, ...]:
    """A team withdraws."""
    return course.does(c.Withdraw(name, HOST, reason, course.seed))


def test_twelve_bouts_within_branches_and_the_best_six() -> None:
    """E5: each branch plays for its one place, and the six best winners are in the final."""
    course = Course(
        stage(drawing=Drawing.WITHIN, top=1, one_a_unit=True, most=6), FINAL, units={f"U{n:02}": 3 for n in range(12)}
    )
    course.draws()

    for bout in course.waiting:
        course.plays(bout, 100 + bout, 50, 20)

    assert len(course.now.rounds[0].bouts) == 12
    assert all(len({name[:3] for name in course.teams(bout)}) == 1 for bout in course.now.rounds[0].bouts)
    assert course.through(0) == [course.teams(bout)[0] for bout in range(7, 13)]
    assert sorted(course.teams(13)) == sorted(course.through(0))


def test_three_groups_whose_first_three_go_on() -> None:
    """Nine of twelve teams are in the final."""
    course = Course(stage(bouts=3, top=3), FINAL, units={"A": 6, "B": 6})
    course.draws()

    for bout in course.waiting:
        course.plays(bout, 40, 30, 20, 10)

    assert [len(course.teams(bout)) for bout in (1, 2, 3)] == [4, 4, 4]
    assert course.through(0) == [name for bout in (1, 2, 3) for name in course.teams(bout)[:3]]
    assert len(course.teams(4)) == 9


def test_draw_can_be_worked_out_from_its_seed() -> None:
    """A bout's teams follow from SHA-256 of the seed alone, with nothing but a hash at hand."""
    course = Course(stage(teams=2), FINAL, units={"A": 1, "B": 1, "C": 1, "D": 1}, seed="2026")
    course.draws()

    def lot(what: str) -> str:
        return hashlib.sha256(f"2026:{what}".encode()).hexdigest()

    deck = sorted(("-1", "-2", "-3", "-4"), key=lambda unit: lot(f"unit {unit}"))
    dealt = [{deck[0], deck[2]}, {deck[1], deck[3]}]
    first, second = sorted((0, 1), key=lambda number: lot(f"bout {number}"))
    names = {"-1": "A1", "-2": "B1", "-3": "C1", "-4": "D1"}
    assert set(course.teams(1)) == {names[key] for key in dealt[first]}
    assert set(course.teams(2)) == {names[key] for key in dealt[second]}


def test_odd_team_has_a_bye() -> None:
    """Three teams, two a bout: one goes on without playing, and is known to."""
    course = Course(stage(teams=2), FINAL, units={"A": 1, "B": 1, "C": 1})
    course.draws()
    (bye,) = [bout for bout in course.now.bouts.values() if len(bout.entrants) == 1]

    course.plays(course.waiting[0], 20, 10)

    assert bye.result is not None
    assert bye.result.source is Source.BYE
    ways = {one.entrant: one.way for one in course.now.rounds[0].advanced or ()}
    assert ways[bye.entrants[0]] is e.Way.BYE
    assert len(course.teams(3)) == 2


def test_knockout_repeats_until_the_final_holds_them() -> None:
    """Eleven teams: 6, 3 and 2 bouts before the final of two."""
    course = Course(
        stage(teams=2, repeat=True),
        Stage(FINAL.titles, "buzzer", bouts=1, seats=2),
        units={f"U{n}": 1 for n in range(11)},
    )
    while not course.now.is_over:
        if course.now.to_draw is not None:
            course.draws()
        for bout in course.waiting:
            course.plays(bout, 20, 10)

    assert [len(round_.bouts) for round_ in course.now.rounds] == [6, 3, 2, 1]
    assert [place.place for place in course.now.places] == [1, 2]


def test_one_a_unit_lets_the_next_of_the_bout_move_up() -> None:
    """Two winners of one unit: the better stays, and in the other bout the second goes on."""
    course = Course(stage(bouts=2, top=1, one_a_unit=True), FINAL, units={"A": 2, "B": 2})
    course.draws()
    a1 = next(bout for bout in (1, 2) if "A1" in course.teams(bout))
    a2 = 3 - a1

    for bout, winner, score in ((a1, "A1", 90), (a2, "A2", 80)):
        course.plays(bout, *(score if name == winner else 10 for name in course.teams(bout)))

    assert "A1" in course.through(0)
    assert "A2" not in course.through(0)
    assert [name for name in course.through(0) if name != "A1"] == [name for name in course.teams(a2) if name != "A2"]


def test_best_losers_by_score_if_bouts_asked_alike() -> None:
    """The two losers with the most points go on."""
    course = Course(stage(bouts=3, top=1, best_losers=2), FINAL, units={f"U{n}": 1 for n in range(6)})
    course.draws()
    for bout, second in ((1, 40), (2, 60), (3, 50)):
        course.plays(bout, 100, second)

    assert course.through(0)[3:] == [course.teams(2)[1], course.teams(3)[1]]


def test_best_losers_by_share_if_bouts_asked_differently() -> None:
    """40 of 50 attainable points are more than 60 of 100."""
    course = Course(stage(bouts=2, top=1, best_losers=1), FINAL, units={f"U{n}": 1 for n in range(4)})
    course.draws()
    course.plays(1, 100, 60, asked=10, attainable=100)
    course.plays(2, 50, 40, asked=5, attainable=50)

    assert course.through(0)[2:] == [course.teams(2)[1]]


def test_equal_losers_are_drawn_and_the_lot_is_on_record() -> None:
    """Same score, same right answers: the seed decides, and the event says that it was a lot."""
    course = Course(stage(bouts=2, top=1, best_losers=1), FINAL, units={f"U{n}": 1 for n in range(4)})
    course.draws()
    course.plays(1, 100, 60)
    course.plays(2, 100, 60)

    ended = next(event for event in course.log if isinstance(event, e.RoundEnded))
    assert [one.by_lot for one in ended.advanced] == [False, False, True]
    assert ended.seed == "s"


def test_tie_across_the_cut_waits_for_a_lot() -> None:
    """Nobody goes on before it is broken; the same report afterwards changes nothing."""
    course = Course(stage(bouts=2, top=1), FINAL, units={f"U{n}": 1 for n in range(4)})
    course.draws()
    course.plays(1, 100, 60)
    contest = course.plays(2, 50, 50)
    tied = course.now.bouts[2].state

    course.does(c.BreakTie(2, "lot", HOST))

    assert tied is BoutState.TIED
    assert len(course.through(0)) == 2
    assert course.reports(contest, 50, 50) == ()
    assert course.now.bouts[2].state is BoutState.DECIDED
    with pytest.raises(errors.NotTied):
        course.does(c.BreakTie(2, "again", HOST))


def test_repeated_report_says_nothing() -> None:
    """Known by its contest: once is enough."""
    course = Course(stage(bouts=2, top=1), FINAL, units={f"U{n}": 1 for n in range(4)})
    course.draws()
    contest = course.plays(1, 100, 60)

    assert course.reports(contest, 100, 60) == ()
    assert course.does(c.Report("999", (), 0, 0, "s")) == ()


def test_changed_result_before_the_next_stage_changes_who_goes_on() -> None:
    """A protest is upheld in time: the other team is in the final."""
    course = Course(stage(bouts=2, top=1), FINAL, units={f"U{n}": 1 for n in range(4)})
    course.draws()
    contest = course.plays(1, 100, 60)
    course.plays(2, 100, 60)

    course.reports(contest, 90, 95)

    assert course.through(0) == [course.teams(1)[1], course.teams(2)[0]]
    assert set(course.teams(3)) == set(course.through(0))


def test_changed_result_that_ties_reopens_the_round() -> None:
    """A change that ties the cut takes the final back until the tie is broken."""
    course = Course(stage(bouts=2, top=1), FINAL, units={f"U{n}": 1 for n in range(4)})
    course.draws()
    contest = course.plays(1, 100, 60)
    course.plays(2, 100, 60)

    course.reports(contest, 80, 80)

    assert course.now.rounds[0].advanced is None
    assert 3 not in course.now.bouts
    course.does(c.BreakTie(1, "x", HOST))
    assert 3 in course.now.bouts


def test_changed_result_after_the_next_stage_began_is_flagged() -> None:
    """The bracket stays; once the final is annulled the change can be taken up."""
    course = Course(stage(bouts=2, top=1), FINAL, units={f"U{n}": 1 for n in range(4)})
    course.draws()
    contest = course.plays(1, 100, 60)
    course.plays(2, 100, 60)
    final = course.opens(3)
    before = course.now.rounds

    course.reports(contest, 60, 100)
    flagged = course.now

    assert flagged.rounds == before
    assert flagged.bouts[1].flagged is not None
    with pytest.raises(errors.StageBegun):
        course.does(c.Accept(1, HOST, "改判", "s"))
    assert course.reports(contest, 60, 100) == ()
    course.does(c.Abandon(final, "停电"))
    course.does(c.Accept(1, HOST, "改判", "s"))
    assert course.through(0) == [course.teams(1)[1], course.teams(2)[0]]


def test_changed_back_in_time_leaves_nothing_to_look_at() -> None:
    """A change that is taken back clears the flag."""
    course = Course(stage(bouts=2, top=1), FINAL, units={f"U{n}": 1 for n in range(4)})
    course.draws()
    contest = course.plays(1, 100, 60)
    course.plays(2, 100, 60)
    course.opens(3)
    course.reports(contest, 60, 100)

    course.reports(contest, 100, 60)

    assert course.now.bouts[1].flagged is None


def test_withdrawal_before_the_bout_is_a_walk_over() -> None:
    """One of two does not come: the other goes on without a game."""
    course = Course(stage(teams=2), FINAL, units={f"U{n}": 1 for n in range(4)})
    course.draws()

    reasoned(course, course.teams(1)[0])

    result = course.now.bouts[1].result
    assert result is not None
    assert result.source is Source.WALK_OVER
    course.plays(2, 20, 10)
    assert course.through(0) == [course.teams(1)[1], course.teams(2)[0]]


def test_withdrawal_after_qualifying_lets_the_next_move_up() -> None:
    """The second of that bout is in the final instead."""
    course = Course(stage(bouts=2, top=1), FINAL, units={f"U{n}": 1 for n in range(6)})
    course.draws()
    course.plays(1, 100, 60, 20)
    course.plays(2, 100, 60, 20)
    first, second, _ = course.teams(1)

    reasoned(course, first)

    assert second in course.teams(3)
    assert first not in course.teams(3)


def test_withdrawal_once_the_final_has_begun_is_refused_while_it_is_played() -> None:
    """A contest under way is not taken apart."""
    course = Course(stage(bouts=2, top=1), FINAL, units={f"U{n}": 1 for n in range(4)})
    course.draws()
    course.plays(1, 100, 60)
    course.plays(2, 100, 60)
    course.opens(3)

    with pytest.raises(errors.BoutOpen):
        reasoned(course, course.teams(3)[0])


def test_annulled_bout_is_played_again() -> None:
    """The old contest says nothing any more, the new one decides."""
    course = Course(stage(bouts=2, top=1), FINAL, units={f"U{n}": 1 for n in range(4)})
    course.draws()
    old = course.plays(1, 100, 60)
    course.plays(2, 100, 60)

    course.does(c.Annul(1, HOST, "题目泄露"))
    assert course.now.rounds[0].advanced is None
    course.does(c.Report(old, (), 0, 0, "s"))
    course.plays(1, 10, 20)

    assert course.through(0) == [course.teams(1)[1], course.teams(2)[0]]


def test_result_by_hand_needs_a_reason_and_every_team() -> None:
    """Nothing is guessed."""
    course = Course(stage(bouts=2, top=1), FINAL, units={f"U{n}": 1 for n in range(4)})
    course.draws()
    first, second = course.teams(1)
    stranger = course.teams(2)[0]

    with pytest.raises(errors.ReasonMissing):
        course.does(c.EnterResult(1, ((first, 1), (second, 2)), HOST, " ", "s"))
    with pytest.raises(errors.ResultIncomplete):
        course.does(c.EnterResult(1, ((first, 1),), HOST, "手工", "s"))
    with pytest.raises(errors.ResultIncomplete):
        course.does(c.EnterResult(1, ((first, 1), (stranger, 2)), HOST, "手工", "s"))
    with pytest.raises(errors.EntrantUnknown):
        course.does(c.EnterResult(1, ((first, 1), ("谁", 2)), HOST, "手工", "s"))
    course.does(c.EnterResult(1, ((first, 1), (second, 2)), HOST, "手工", "s"))

    result = course.now.bouts[1].result
    assert result is not None
    assert [line.rank for line in result.lines] == [1, 2]


def test_redraw_only_before_the_stage_begins() -> None:
    """With a reason, and never once a lobby was open."""
    course = Course(stage(teams=2), FINAL, units={f"U{n}": 1 for n in range(8)})
    course.draws()
    before = [course.teams(bout) for bout in course.waiting]

    course.does(c.Redraw("other", HOST, "漏了一个队"))
    after = [course.teams(bout) for bout in course.waiting]
    course.opens(1)

    assert before != after
    with pytest.raises(errors.StageBegun):
        course.does(c.Redraw("third", HOST, "再来"))


def test_list_is_closed_by_the_draw() -> None:
    """Before it teams come and go; names are told apart whatever their case."""
    course = Course(stage(teams=2), FINAL, units={"A": 1, "B": 1})
    with pytest.raises(errors.NameTaken):
        course.does(c.Enter((("a1", "A"),), HOST))
    with pytest.raises(errors.NameUnusable):
        course.does(c.Enter((("a=1", "A"),), HOST))
    course.does(c.Enter((("C1", ""),), HOST))
    course.does(c.Strike("c1", HOST))
    course.draws()

    with pytest.raises(errors.EntriesClosed):
        course.does(c.Enter((("D", "D"),), HOST))
    with pytest.raises(errors.NothingToDraw):
        course.draws()


def test_called_off_is_over() -> None:
    """Reports that come later change nothing."""
    course = Course(stage(teams=2), FINAL, units={"A": 1, "B": 1})
    course.draws()
    contest = course.opens(1)
    course.does(c.CallOff(HOST, "疫情"))

    assert course.reports(contest, 1, 2) == ()
    with pytest.raises(errors.TournamentOver):
        course.opens(2)


def test_changed_final_changes_the_places() -> None:
    """The podium follows the final's standings, also when they are revised."""
    course = Course(stage(bouts=1, top=2), FINAL, units={"A": 1, "B": 1, "C": 1})
    course.draws()
    course.plays(1, 30, 20, 10)
    contest = course.plays(2, 20, 10)
    first = course.now.places

    course.reports(contest, 10, 20)

    assert [place.entrant for place in course.now.places] == [place.entrant for place in reversed(first)]


@pytest.mark.parametrize(
    ("stages", "problem"),
    [
        ((), "no_stages"),
        ((stage(teams=2),), "no_final"),
        ((stage(), FINAL), "teams_or_bouts"),
        ((stage(teams=2, bouts=2), FINAL), "teams_or_bouts"),
        ((stage(teams=1), FINAL), "bad_number"),
        ((stage(teams=2, repeat=True), FINAL), "endless"),
        ((stage(teams=4, top=3, repeat=True), Stage(FINAL.titles, "b", bouts=1, seats=4)), "endless"),
    ],
)
def test_plan_that_cannot_be_played_is_refused(stages: tuple[Stage, ...], problem: str) -> None:
    """Each with what is wrong."""
    with pytest.raises(errors.PlanUnusable) as refused:
        check_plan(Plan(stages))

    assert refused.value.params["problem"] == problem
