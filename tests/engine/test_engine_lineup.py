"""Captains, substitutes and people's own units."""

from __future__ import annotations

import pytest

from quizzes.engine import commands as c
from quizzes.engine import errors, standings
from quizzes.engine import events as e
from quizzes.engine.phases import Called, Collecting
from quizzes.engine.rules import Answerer, Rules, TeamScore
from tests.engine.play import ANNA, BLUE, BO, BUZZER, CHEN, EVERYONE, HOST, RED, Play, but, questions


def full(*segments: object, **rules: object) -> Play:
    """Anna plays for the red team and Bo waits on its bench; Chen plays for the blue one."""
    play = Play(*segments, members_most=1, bench_most=1, **rules)  # type: ignore[arg-type]
    play.does(c.Join(ANNA, "Anna", team_name="Red"))
    play.does(c.Join(BO, "Bo", team=RED))
    play.does(c.Join(CHEN, "Chen", team_name="Blue"))
    return play


def test_full_team_takes_substitutes() -> None:
    """Who comes to a full team sits on its bench; when the bench is full too, nobody else is taken."""
    play = full()

    red = play.now_.seats.teams[RED]
    assert (red.members, red.bench, red.captain) == ((ANNA,), (BO,), ANNA)
    with pytest.raises(errors.BenchFull) as refused:
        play.does(c.Join(99, "Late", team=RED))
    assert refused.value.params == {"team": "Red", "most": 1, "bench": 1}


def test_first_substitute_takes_the_place_of_whoever_leaves() -> None:
    """In the lobby a free place goes to the bench, and so does the captaincy if nobody else is there."""
    play = full()

    play.does(c.Leave(ANNA))

    red = play.now_.seats.teams[RED]
    assert (red.members, red.bench, red.captain) == ((BO,), (), BO)
    assert play.now_.seats.players[BO].played


def test_substitute_neither_buzzes_nor_answers_nor_leads() -> None:
    """The bench is refused, and nothing is noted."""
    play = full()
    play.shows()

    with pytest.raises(errors.OnBench) as refused:
        play.presses(BO)
    with pytest.raises(errors.OnBench):
        play.does(c.Appoint(BO, HOST))

    assert refused.value.params == {"name": "Bo", "team": "Red"}
    assert play.count(e.PressNoted) == 0


def test_question_for_everyone_does_not_wait_for_the_bench() -> None:
    """Those who play are all that can answer: the question closes, and the mean is theirs."""
    play = full(but(EVERYONE, team_score=TeamScore.MEAN))
    play.shows()

    with pytest.raises(errors.OnBench):
        play.chooses(BO, 0)
    play.chooses(CHEN, 0)
    assert isinstance(play.phase, Collecting)
    play.chooses(ANNA, 0)

    assert play.last(e.Ruled).sizes == ((RED, 1), (BLUE, 1))
    assert play.scores == {RED: 10, BLUE: 10}


def test_substitution_between_questions() -> None:
    """Between questions it is made at once, and the one who came off does not play any more."""
    play = full(but(BUZZER, questions=2))
    play.answers(ANNA, 0)

    made = play.does(c.Substitute(BO, ANNA, HOST))
    play.shows()
    with pytest.raises(errors.OnBench):
        play.presses(ANNA)
    play.buzzes(BO)
    play.chooses(BO, 0)

    assert made == (e.Substituted(made[0].at, RED, BO, ANNA, HOST, counted=True),)
    assert play.now_.seats.teams[RED].captain == BO
    assert play.scores[RED] == 20
    lines = standings(play.now_.rules, play.now_.seats, play.now_.awards).players
    assert {line.player: line.score for line in lines} == {ANNA: 10, BO: 10, CHEN: 0}


def test_substitution_waits_for_the_open_question() -> None:
    """Whoever is called finishes; the substitute is on from the next question."""
    play = full(but(BUZZER, questions=2))
    play.shows()
    play.presses(ANNA)

    asked = play.does(c.Substitute(BO, ANNA, HOST))
    again = play.does(c.Substitute(BO, ANNA, HOST))
    assert isinstance(play.phase, Called)
    play.calls()
    play.chooses(ANNA, 0)
    play.wakes()

    assert asked == (e.SubstitutionAsked(asked[0].at, RED, BO, ANNA, HOST),)
    assert again == ()
    assert [type(event) for event in play.log[-2:]] == [e.Substituted, e.QuestionAsked]
    assert play.now_.seats.teams[RED].members == (BO,)
    assert play.now_.seats.waiting == ()


def test_substitutions_are_counted_after_the_start_only() -> None:
    """In the lobby a team tries out as it likes; then the rules say how often."""
    play = full(but(BUZZER, questions=3), substitutions=1, bank=questions(3))
    play.does(c.Substitute(BO, ANNA, HOST))
    play.does(c.Substitute(ANNA, BO, HOST))
    assert not play.now_.seats.players[BO].played
    play.asks()
    play.does(c.Pause(HOST))

    play.does(c.Substitute(BO, ANNA, HOST))
    with pytest.raises(errors.NoSubstitutionsLeft):
        play.does(c.Substitute(ANNA, BO, HOST))

    assert play.now_.seats.teams[RED].swaps == 1


def test_only_a_substitute_for_a_member_of_the_same_team() -> None:
    """Everything else is refused with the reason."""
    play = full()
    wrong = {
        (CHEN, ANNA): errors.OtherTeams,
        (ANNA, ANNA): errors.NotOnBench,
        (BO, BO): errors.NotOnField,
        (99, ANNA): errors.NotSeated,
    }

    for (on, off), error in wrong.items():
        with pytest.raises(error):
            play.does(c.Substitute(on, off, HOST))


def test_who_never_came_on_is_not_in_the_standings() -> None:
    """Players are those who played."""
    play = full()
    play.asks()

    lines = standings(play.now_.rules, play.now_.seats, play.now_.awards).players

    assert [line.player for line in lines] == [ANNA, CHEN]


def test_captain_answers_for_the_team() -> None:
    """Where the captain answers, any member may buzz, and only the captain of that moment is heard."""
    play = Play(but(BUZZER, answerer=Answerer.CAPTAIN))
    play.seats()
    play.shows()
    play.buzzes(BO)

    play.chooses(BO, 0)
    assert play.last(e.PressNoted).kind is e.PressKind.NOT_YOUR_TURN
    play.chooses(ANNA, 0)

    assert play.scores[RED] == 10


def test_own_units_team_only() -> None:
    """With ``own_unit`` the roster decides; whoever has no unit here cannot join."""
    play = Play()
    play.contest, play.log = None, []
    rules = Rules((BUZZER,), own_unit=True)
    play.does(c.Open("c", "p", rules, "b", questions(2), HOST, teams=("Red", "Blue")))

    with pytest.raises(errors.NoUnitsTeam):
        play.does(c.Join(ANNA, "Anna", team=RED))
    with pytest.raises(errors.OtherUnitsTeam) as refused:
        play.does(c.Join(ANNA, "Anna", team=RED, home="Blue"))
    play.does(c.Join(ANNA, "Anna", team=BLUE, home="Blue"))

    assert refused.value.params == {"team": "Blue"}
    assert play.now_.seats.teams[BLUE].members == (ANNA,)
